/** DocuSign and its sandbox keep the laws. */
import type { DocusignState } from '../../local/vendors/docusign';
import { DEMO_ACCOUNT } from '../../local/vendors/docusign/state';
import { refOf } from '../../src/connectors/told';
import { key } from '../../src/domain/values';
import { asking, Bench, leaseOffer, RIG, START, start } from './docusign-office';
import { holdsTheLaws } from './laws';

const sent = (state: DocusignState, effect: string): number =>
  state.envelopes.filter((one) => one.transactionId === refOf(key(`law:${effect}:L-1:2026-12`))).length;

const TOKEN = { ACCESS_TOKEN: 'guess' };

holdsTheLaws<DocusignState>({
  ...RIG,
  writes: (['lease', 'plan'] as const).map((effect) => ({
    effect,
    payload: () => leaseOffer({ note: 'Three times 400.00, on the 15th' }),
    count: (state: DocusignState) => sent(state, effect),
  })),
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => asking('GET', '/rents', credentials),
      status: 404,
      says: /"errorCode":"RESOURCE_NOT_FOUND"/,
    },
    { name: 'a missing token', request: () => asking('GET', '/templates', {}), status: 401, says: /Integrator key/ },
    {
      name: 'a token that is none',
      request: () => asking('GET', '/templates', TOKEN),
      status: 401,
      says: /"errorCode":"AUTHORIZATION_INVALID_TOKEN"/,
    },
    {
      name: 'a path outside the API',
      request: () => ({ ...asking('GET', '', TOKEN), url: `https://demo.docusign.net/v2/accounts/${DEMO_ACCOUNT}` }),
      status: 404,
      says: /RESOURCE_NOT_FOUND/,
    },
  ],
});

// An envelope that is out: it can be voided and sent again.
describe('of an envelope that is out', () => {
  const out = (nowMs: number) => {
    const office = start(nowMs);
    const bench = new Bench();
    bench.nowMs = nowMs;
    const id = bench.sends('lease');
    return { office: { ...office, state: bench.state }, id };
  };
  const { id } = out(START);

  holdsTheLaws<DocusignState>({
    ...RIG,
    start: (nowMs) => out(nowMs).office,
    writes: [
      {
        effect: 'void',
        payload: () => leaseOffer({ document: id, note: 'Paid in full' }),
        count: (state: DocusignState) => state.envelopes.filter((one) => one.status === 'voided').length,
      },
      {
        effect: 'resend',
        payload: () => leaseOffer({ document: id }),
        count: (state: DocusignState) => state.mails.length / 2 - 1,
      },
    ],
    refusals: [
      {
        name: 'an envelope that is not there',
        request: (credentials) => asking('GET', '/envelopes/nobody', credentials),
        status: 404,
        says: /ENVELOPE_DOES_NOT_EXIST/,
      },
      {
        name: 'a reason that is none',
        request: (credentials) => asking('PUT', `/envelopes/${id}`, credentials, '{"status":"voided"}'),
        status: 400,
        says: /voidedReason/,
      },
    ],
  });
});
