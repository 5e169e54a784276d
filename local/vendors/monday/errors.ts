/** How Monday.com refuses: application errors under HTTP 200 with a code, and transport errors with a status of their own. */
import { GraphQLError } from 'graphql';
import { jsonReply, Refused } from '../kit/reply';
import type { Column } from './state';

type Plain = Readonly<Record<string, unknown>>;

const DOCS = 'https://developer.monday.com/api-reference/docs/change-column-values';

/** An application error: it stands at its field's path, beside what the other fields gave. */
export function refuse(code: string, message: string, status = 200, data: Plain = {}): never {
  throw new GraphQLError(message, { extensions: { code, error_data: data, status_code: status } });
}

/** The names of column types from before the current API, which errors still say. */
const OLD_NAMES: Readonly<Partial<Record<Column['type'], string>>> = {
  status: 'color',
  numbers: 'numeric',
  people: 'multiple-person',
  checkbox: 'boolean',
  long_text: 'long-text',
};

export function refuseValue(column: Column, value: unknown, why: string, more: Plain = {}): never {
  return refuse('ColumnValueException', `invalid value - ${why}. Please check our API documentation: ${DOCS}`, 200, {
    column_id: column.id,
    column_name: column.title,
    column_type: OLD_NAMES[column.type] ?? column.type,
    column_value: typeof value === 'string' ? value : JSON.stringify(value),
    ...more,
  });
}

export const unauthorized = (): never =>
  refuse('UserUnauthorizedException', 'User unauthorized to perform action', 403);

/** A refusal before any field was looked at. */
export function refuseCall(status: number, code: string, message: string, more: Plain = {}): never {
  throw new Refused(jsonReply(status, { errors: [{ message, extensions: { code, ...more } }] }));
}

/** A limit is used up: the answer says twice how long to wait. */
export function slowDown(code: string, message: string, waitSeconds: number): never {
  const body = { errors: [{ message, extensions: { code, retry_in_seconds: waitSeconds } }] };
  throw new Refused(jsonReply(429, body, { 'retry-after': String(waitSeconds) }));
}
