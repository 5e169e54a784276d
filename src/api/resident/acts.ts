/** All that can be done on a resident's page, and what each part shows there. A part adds its line. */
import type { App } from '../../run/app';
import type { ResidentAct } from './act';
import { ACTS as AUTOPAY_ACTS } from './autopay-acts';
import { autopayView } from './autopay-view';
import type { Pieces } from './build';
import { payable } from './connected';
import { contactView } from './contact-view';
import type { OneLease } from './lease';
import { ACTS as PAY_ACTS } from './pay-acts';
import { payView } from './pay-view';
import { ACTS as PLAN_ACTS } from './plan-acts';
import { planView } from './plan-view';
import { ACTS as REQUEST_ACTS } from './request-acts';
import { disputesOf, mayPromise, requestsView } from './requests-view';
import { sharesOf } from './shares-view';

export const RESIDENT_ACTS: Readonly<Record<string, ResidentAct>> = {
  ...PAY_ACTS,
  ...AUTOPAY_ACTS,
  ...PLAN_ACTS,
  ...REQUEST_ACTS,
};

export function piecesOf(app: App, one: OneLease): Pieces {
  const connected = payable(app, app.host.userStore.all());
  const plan = planView(one);
  return {
    pay: payView(one, connected.processors),
    autopay: autopayView(one, connected),
    ...(plan ? { plan } : {}),
    requests: requestsView(one),
    mayDispute: disputesOf(one).mayDispute,
    mayPromise: mayPromise(one),
    people: sharesOf(one),
    contact: contactView(one),
  };
}
