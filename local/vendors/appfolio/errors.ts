/** Refusals of AppFolio: `errors` in the Database API, one `error` in the Reports API, plain text from what stands before both. */
import { jsonReply, Refused } from '../kit/reply';

export const refused = (status: number, ...errors: readonly string[]): Refused =>
  new Refused(jsonReply(status, { errors }));

export const reportRefused = (status: number, error: string): Refused => new Refused(jsonReply(status, { error }));

/** What does not come from the application itself is plain text. */
export const plainRefused = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Refused =>
  new Refused({ status, headers: { 'content-type': 'text/plain', ...headers }, body });
