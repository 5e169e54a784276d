/** All that can be done on a resident's page, and what each part shows there. A part adds its line. */
import type { App } from '../../run/app';
import type { Kept } from '../../run/told';
import type { ResidentAct } from './act';
import { ACTS as AUTOPAY_ACTS } from './autopay-acts';
import type { Pieces } from './build';
import { contactView } from './contact-view';
import type { OneLease } from './lease';
import { ACTS as PAY_ACTS } from './pay-acts';
import { payPieces } from './pay-pieces';
import { ACTS as PLAN_ACTS } from './plan-acts';
import { planView } from './plan-view';
import { ACTS as REQUEST_ACTS } from './request-acts';
import { disputableIn, mayPromise, requestsView } from './requests-view';

export const RESIDENT_ACTS: Readonly<Record<string, ResidentAct>> = {
  ...PAY_ACTS,
  ...AUTOPAY_ACTS,
  ...PLAN_ACTS,
  ...REQUEST_ACTS,
};

export function piecesOf(app: App, one: OneLease, kept: Kept): Pieces {
  const plan = planView(one);
  return {
    ...payPieces(app, one, kept),
    ...(plan ? { plan } : {}),
    requests: requestsView(one),
    mayDispute: disputableIn(one),
    mayPromise: mayPromise(one),
    contact: contactView(one),
  };
}
