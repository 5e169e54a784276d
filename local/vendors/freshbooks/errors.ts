/** Refusals as FreshBooks words them: the older and the newer accounting shape, that of events, and that of sign-in. */
import { jsonReply, Refused } from '../kit/reply';

interface Detail {
  readonly message: string;
  readonly errno: number;
  readonly object: string;
  readonly field?: string;
  readonly value?: unknown;
}

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

export function oldError(status: number, { message, errno, object, field, value }: Detail): Refused {
  const error = { errno, field: field ?? null, message, object, value: shown(value) };
  return new Refused(jsonReply(status, { response: { errors: [error] } }));
}

const CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 409: 10, 422: 3 };

export function newError(status: number, { message, errno, object, field, value }: Detail): Refused {
  return new Refused(
    jsonReply(status, {
      code: CODES[status] ?? 2,
      message: `Request failed with status_code: ${status}`,
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: String(errno),
          domain: 'accounting.api.freshbooks.com',
          metadata: { object, message, value: shown(value), field: field ?? '' },
        },
      ],
    }),
  );
}

export function eventError(status: number, message: string, field?: string): Refused {
  const details =
    field === undefined
      ? []
      : [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field, description: message }],
          },
        ];
  return new Refused(jsonReply(status, { code: CODES[status] ?? 2, message, details }));
}

export const notFound = (object: string, value: unknown): Refused =>
  newError(404, { errno: 1012, object, field: `${object}id`, value, message: `${capital(object)} not found.` });

export const invalid = (object: string, field: string, value: unknown, message: string): Refused =>
  newError(422, { errno: 2001, object, field, value, message });

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
