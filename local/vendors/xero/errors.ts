/** How Xero says no: validation errors of the accounting API, and errors of its gateway. */
import { jsonReply, Refused } from '../kit/reply';
import type { SandboxReply } from '../sandbox';

/** The gateway's error. `Instance` is the same each time: a sandbox draws nothing. */
export const gateway = (
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Refused =>
  new Refused(
    jsonReply(
      status,
      {
        Type: null,
        Title: title,
        Status: status,
        Detail: detail,
        Instance: '696e7374-0000-4000-8000-000000000001',
        Extensions: {},
      },
      headers,
    ),
  );

export const notFound = (): Refused =>
  new Refused({
    status: 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: "The resource you're looking for cannot be found",
  });

const bad = (ErrorNumber: number, Type: string, Message: string): Refused =>
  new Refused(jsonReply(400, { ErrorNumber, Type, Message }));

export const badQuery = (message: string): Refused => bad(16, 'QueryParseException', message);
export const badBody = (message: string): Refused =>
  bad(17, 'PostDataInvalidException', `JSON for post data was invalid,${message}`);

/** One object is refused; thrown while it is looked at, and gathered by {@link ../xero/writes}. */
export class Invalid extends Error {
  constructor(readonly messages: readonly string[]) {
    super(messages.join(' '));
  }
}

export const invalid = (...messages: string[]): Invalid => new Invalid(messages);

export const validationReply = (elements: readonly Readonly<Record<string, unknown>>[]): SandboxReply =>
  jsonReply(400, {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: elements,
  });

/** Without `Accept: application/json` Xero talks XML, which this sandbox does not: it says so in XML. */
export const xmlOnly = (): Refused =>
  new Refused({
    status: 406,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: [
      '<ApiException><ErrorNumber>0</ErrorNumber><Type>NotAcceptable</Type>',
      '<Message>Ask with Accept: application/json; the default is XML</Message></ApiException>',
    ].join(''),
  });
