/** Refusals in Zoho's own shape: a code that is not 0, and words. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint } from '../kit/strict';

export const refuse = (status: number, code: number, message: string): Refused =>
  new Refused(jsonReply(status, { code, message }));

export const noSuch = (what: string): Refused => refuse(404, 1002, `${what} does not exist.`);
export const badValue = (name: string): Refused => refuse(400, 4, `Invalid value passed for ${name}`);
/** What the trade forbids. */
export const forbidden = (code: number, message: string): Refused => refuse(400, code, message);

export function complained({ at, what, wanted }: Complaint): Refused {
  if (what === 'unknown') return refuse(400, 15, `Invalid Element ${at}`);
  if (what === 'missing') return refuse(400, 4, `Invalid value passed for ${at}: it is mandatory`);
  return refuse(400, 4, `Invalid value passed for ${at}: ${wanted} expected`);
}
