/**
 * Every call that the DocuSign connector makes, and those that only the sandbox has, with what the sandbox answers, held against
 * DocuSign's published description.
 */
import * as people from '../../local/vendors/docusign/people';
import { docusign } from '../../src/connectors/docusign';
import { Bench, DAY, leaseOffer, onePerson } from '../connectors/docusign-office';
import { ANNE, BOB, DocusignTalk, wanted } from './docusign-talk';
import { fitsWhatIsPublished } from './published';
import { har } from './talk';

const talk = DocusignTalk.signedIn();
const OLIVIA = 'olivia@landlord.example';

function tour(): void {
  const template = talk.lease();
  talk.get('/templates?count=50&order_by=name&order=asc&include=recipients');
  talk.get(`/templates/${template}?include=tabs`);
  const notification = {
    useAccountDefaults: 'false',
    reminders: { reminderEnabled: 'true', reminderDelay: '3', reminderFrequency: '3' },
    expirations: { expireEnabled: 'true', expireAfter: '14', expireWarn: '2' },
  };
  const customFields = { textCustomFields: [{ name: 'lease', value: 'L-1', show: 'false', required: 'false' }] };
  const more = { notification, customFields, transactionId: 'RL-1', emailBlurb: 'Please sign.' };
  const [signed, declined, ended, draft] = [more, {}, {}, { status: 'created' }].map((each) =>
    talk.sent(template, each),
  ) as [string, string, string, string];
  talk.get('/envelopes?transaction_ids=RL-1');
  talk.done('PUT', `/envelopes/${signed}?resend_envelope=true`, {});
  for (const email of [ANNE, BOB, OLIVIA]) people.signEnvelope(talk.state, signed, email, talk.nowMs);
  people.declineEnvelope(talk.state, declined, BOB, 'The rent is wrong', talk.nowMs);
  talk.done('PUT', `/envelopes/${ended}`, { status: 'voided', voidedReason: 'Paid in full' });
  talk.done('PUT', `/envelopes/${draft}`, { status: 'sent' });
  people.bounceMail(talk.state, draft, ANNE, talk.nowMs);
  const list = `/envelopes?from_date=2026-12-01T00:00:00Z&include=recipients,custom_fields&order=asc&count=3`;
  for (const start of [0, 3]) talk.get(`${list}&order_by=status_changed&start_position=${start}`);
  talk.get(`/envelopes?envelope_ids=${signed}&status=completed`);
  talk.get(`/envelopes/${signed}?include=recipients,tabs`);
  talk.get(`/envelopes/${signed}/recipients?include_tabs=true`);
  // Refusals have a published shape too.
  talk.call('POST', '/envelopes', { ...wanted(template), templateId: 'nobody' });
  talk.call('PUT', `/envelopes/${signed}`, { status: 'voided', voidedReason: 'Too late' });
}
tour();

const bench = new Bench();

/** All that the connector can do, some of it refused. */
function connectorTour(): void {
  if (docusign.test) bench.run(docusign.test({ DOCUSIGN_ENVIRONMENT: 'demo' }));
  for (const list of Object.values(docusign.lists ?? {})) bench.run(list(bench.account));
  const [signed, voided] = [bench.sends('lease'), bench.sends('plan', leaseOffer({ note: 'Three times 400.00' }))];
  bench.does('lease', leaseOffer(), { attempt: 2 });
  bench.does('lease', leaseOffer(onePerson), { attempt: 2, name: 'never sent' });
  bench.does('resend', leaseOffer({ document: signed }));
  for (const email of [ANNE, BOB]) people.signEnvelope(bench.state, signed, email, bench.nowMs);
  people.signEnvelope(bench.state, signed, 'elm@landlord.example', bench.nowMs);
  for (let at = 0; at < 2; at++) bench.does('void', leaseOffer({ document: voided, note: 'Moved out' }));
  bench.does('void', leaseOffer({ document: signed, note: 'Too late' }));
  bench.nowMs += DAY;
  bench.news();
}
connectorTour();

const operationsIn = (calls: readonly { readonly method: string; readonly url: string }[]): string[] => [
  ...new Set(
    calls.map(({ method, url }) => {
      const path = new URL(url).pathname.replace(/^.*accounts\/[^/]+/, '').replace(/\/[\da-f-]{36}/, '/ID');
      return `${method} ${path}`;
    }),
  ),
];

const recorded = bench.har.toJSON();

describe('the traffic of DocuSign', () => {
  it('has every operation of the sandbox in it', () => {
    expect(operationsIn(talk.exchanges.map(({ request }) => request)).sort()).toEqual([
      'GET /envelopes',
      'GET /envelopes/ID',
      'GET /envelopes/ID/recipients',
      'GET /templates',
      'GET /templates/ID',
      'POST /envelopes',
      'POST /oauth/token',
      'PUT /envelopes/ID',
    ]);
  });

  it('has every operation of the connector in it', () => {
    const calls = recorded.log.entries.map(({ request }) => request as never);
    expect(operationsIn(calls).sort()).toEqual([
      'GET /envelopes',
      'GET /envelopes/ID',
      'GET /oauth/userinfo',
      'GET /templates',
      'GET /templates/ID',
      'POST /envelopes',
      'POST /oauth/token',
      'PUT /envelopes/ID',
    ]);
  });

  fitsWhatIsPublished('DocuSign, as the sandbox answers', () => har(talk.exchanges));
  fitsWhatIsPublished('DocuSign, as the connector asks', () => recorded);
});
