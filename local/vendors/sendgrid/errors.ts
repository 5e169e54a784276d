/** SendGrid's refusals: a list of errors, each with a message and the field that it is about. */
import { jsonReply, Refused } from '../kit/reply';
import type { SandboxReply } from '../sandbox';

/**
 * The field is null where no single one is wrong. `help` is left out: the published description has an object there, the service
 * was seen to answer with an address or null.
 */
export const refusal = (status: number, message: string, field: string | null = null): Refused =>
  new Refused(jsonReply(status, { errors: [{ message, field }] }));

export const refuse = (status: number, message: string, field: string | null = null): never => {
  throw refusal(status, message, field);
};

/** The same without its empty fields: logs and activity have no field where none is wrong. */
export const bare = (reply: SandboxReply): SandboxReply => ({
  ...reply,
  body: reply.body.replace(/,"field":null/g, ''),
});
