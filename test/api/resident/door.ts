/** Functions of a test bundle: what the web page's router does for a link whose proof was good, for one lease of the workbook. */
import type { Fields } from '../../../src/api/resident/act';
import { ACTS as AUTOPAY_ACTS } from '../../../src/api/resident/autopay-acts';
import { cameBack } from '../../../src/api/resident/came-back';
import type { OneLease } from '../../../src/api/resident/lease';
import { ACTS as PAY_ACTS } from '../../../src/api/resident/pay-acts';
import { payPieces } from '../../../src/api/resident/pay-pieces';
import { appOf } from '../../../src/app';
import { gasHost } from '../../../src/gas/host';
import type { App } from '../../../src/run/app';
import { oneOf } from './one';

declare const global: Record<string, unknown>;

interface Visit {
  readonly lease: string;
  readonly address: string;
}

const opened = ({ lease, address }: Visit): { readonly app: App; readonly one: OneLease } => {
  const app = appOf(gasHost(), 'resident page');
  return { app, one: oneOf(app, lease, address) };
};

global.residentAct = (visit: Visit, act: string, request: string, fields: Fields) => {
  const { app, one } = opened(visit);
  return { ...PAY_ACTS, ...AUTOPAY_ACTS }[act]?.(app, one, request, fields);
};

global.residentView = (visit: Visit) => {
  const { app, one } = opened(visit);
  return payPieces(app, one, app.host.userStore.all());
};

global.residentBack = (visit: Visit, from: string) => {
  const { app, one } = opened(visit);
  cameBack(app, one, from);
};
