/** Refusals as Pipedrive words them: those of its gateway, of v2 and of v1. */
import { jsonReply, Refused } from '../kit/reply';

const MORE = 'Please check developers.pipedrive.com';

/** What stands before the API says it in one way for both versions. */
export const atGateway = (status: number, error: string, headers: Readonly<Record<string, string>> = {}): Refused =>
  new Refused(jsonReply(status, { success: false, error, errorCode: status, error_info: MORE }, headers));

export const refusedV2 = (status: number, error: string, code: string): Refused =>
  new Refused(jsonReply(status, { success: false, error, code }));

/** A body or a parameter that does not fit. */
export const invalid = (error: string): Refused =>
  refusedV2(400, `Validation failed: ${error}`, 'ERR_SCHEMA_VALIDATION_FAILED');

export const notFound = (what: string): Refused => refusedV2(404, `${what} not found`, 'ERR_NOT_FOUND');

export const refusedV1 = (status: number, error: string): Refused =>
  new Refused(jsonReply(status, { success: false, error, error_info: MORE, data: null, additional_data: null }));

/** The page that a caller meets who goes on after a refusal for its haste. */
export const blocked = (): Refused =>
  new Refused({
    status: 403,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: '<!DOCTYPE html><html><head><title>Access denied</title></head><body><h1>Error 1015</h1></body></html>',
  });
