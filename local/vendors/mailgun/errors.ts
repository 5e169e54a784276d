/** Refusals as Mailgun words them: a message as JSON, and for a key that is wrong often a plain word. */
import { jsonReply, Refused } from '../kit/reply';

export const refusal = (status: number, message: string): Refused => new Refused(jsonReply(status, { message }));

/** The one answer that is no JSON. */
export const forbidden = (): Refused =>
  new Refused({ status: 401, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Forbidden' });

export const badRequest = (message: string): Refused => refusal(400, message);
