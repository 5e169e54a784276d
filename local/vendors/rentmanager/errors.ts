/** Rent Manager's two shapes of a refusal: what is wrong with the request, and what went wrong with it. */
import { jsonReply, Refused } from '../kit/reply';

/** The request itself cannot be read: the parameter or member, and what is wrong with it. */
export const invalid = (at: string, ...problems: string[]): Refused =>
  new Refused(jsonReply(400, { Message: 'The request is invalid.', ModelState: { [at]: problems } }));

const CODES: Readonly<Record<number, number>> = { 401: 1001, 403: 1003, 404: 1004, 409: 1009, 412: 1012, 429: 1029 };

/** Everything else: `userMessage` is meant for people. */
export const failure = (
  status: number,
  userMessage: string,
  developerMessage = userMessage,
  headers: Readonly<Record<string, string>> = {},
): Refused =>
  new Refused(
    jsonReply(
      status,
      {
        UserMessage: userMessage,
        DeveloperMessage: developerMessage,
        ErrorCode: CODES[status] ?? 1000,
        MoreInfoUri: '',
        Exception: null,
        Details: null,
        InnerException: null,
        AdditionalData: null,
      },
      headers,
    ),
  );

export const missing = (what: string, id: string): Refused =>
  failure(404, `${what} ${id} could not be found.`, `No instance of ${what} has the key ${id}.`);
