/** Dataverse's refusals: a code that has nothing to do with the HTTP status, and a message. */
import { Refused } from '../kit/reply';
import type { SandboxReply } from '../sandbox';

const JSON_TYPE = 'application/json; odata.metadata=minimal';

export const odata = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): SandboxReply => ({
  status,
  headers: { ...(body === undefined ? {} : { 'content-type': JSON_TYPE }), 'odata-version': '4.0', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});

export const refused = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refused => new Refused(odata(status, { error: { code, message } }, headers));

/** The payload has a member or a value that its table does not take. */
export const badPayload = (set: string, why: string): Refused =>
  refused(
    400,
    '0x80048d19',
    `Error identified in Payload provided by the user for Entity :'${set}', For more information on this error please follow ` +
      `this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : ` +
      `Microsoft.OData.ODataException: ${why}`,
  );

/** The address asks in a way that is not understood. */
export const badQuery = (message: string): Refused => refused(400, '0x80060888', message);

export const invalid = (message: string): Refused => refused(400, '0x80040203', message);
