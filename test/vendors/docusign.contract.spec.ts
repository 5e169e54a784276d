/** Every call that an application makes at DocuSign, and what the sandbox answers, held against DocuSign's published description. */
import * as people from '../../local/vendors/docusign/people';
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

describe('the traffic of DocuSign', () => {
  it('has every operation in it', () => {
    const calls = talk.exchanges.map(({ request }) => {
      const path = new URL(request.url).pathname.replace(/^.*accounts\/[^/]+/, '').replace(/\/[\da-f-]{36}/, '/ID');
      return `${request.method} ${path}`;
    });
    expect([...new Set(calls)].sort()).toEqual([
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

  fitsWhatIsPublished('DocuSign', () => har(talk.exchanges));
});
