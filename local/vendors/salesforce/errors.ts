/** Salesforce's errors: a list of codes and messages from the API, RFC 6749's shape from the token address. */
import { jsonReply, Refused } from '../kit/reply';

export interface ApiError {
  readonly message: string;
  readonly errorCode: string;
  /** Only where a save failed; then it is there even when it is empty. */
  readonly fields?: readonly string[];
  /** Of a duplicate rule only. */
  readonly duplicateResult?: unknown;
}

const TYPE = { 'content-type': 'application/json;charset=UTF-8' };

/** A refusal that is told alone, in a part of a composite call, or beside other records of a collection. */
export class SalesforceRefusal extends Refused {
  constructor(
    readonly status: number,
    readonly errors: readonly ApiError[],
  ) {
    super(jsonReply(status, errors, TYPE));
  }
}

export const refusal = (status: number, errorCode: string, message: string): SalesforceRefusal =>
  new SalesforceRefusal(status, [{ message, errorCode }]);

/** What is wrong with a record that was to be saved. */
export const unsaved = (errorCode: string, message: string, fields: readonly string[] = []): SalesforceRefusal =>
  new SalesforceRefusal(400, [{ message, errorCode, fields }]);

export const notFound = (message = 'The requested resource does not exist'): SalesforceRefusal =>
  refusal(404, 'NOT_FOUND', message);

export const unparsed = (message: string): SalesforceRefusal => refusal(400, 'JSON_PARSER_ERROR', message);

export const badMethod = (method: string, allowed: readonly string[]): SalesforceRefusal =>
  refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`);

export const halted = (
  message = 'The transaction was rolled back since another operation in the same transaction failed.',
): SalesforceRefusal => refusal(400, 'PROCESSING_HALTED', message);

export const grantRefused = (error: string, error_description: string): Refused =>
  new Refused(jsonReply(400, { error, error_description }, TYPE));
