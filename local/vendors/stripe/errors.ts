/** Refusals in Stripe's own shape. */

export type ErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

export interface ErrorBody {
  type: ErrorType;
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  [extra: string]: unknown;
}

/** Thrown inside an operation; the sandbox turns it into an answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: ErrorBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(error.message);
  }
}

/** A 400 (or other) `invalid_request_error`. */
export function invalid(
  message: string,
  more: { code?: string; param?: string; status?: number; [extra: string]: unknown } = {},
): Refusal {
  const { status = 400, ...rest } = more;
  const doc = rest.code ? { doc_url: docUrl(rest.code) } : {};
  return new Refusal(status, { ...rest, ...doc, message, type: 'invalid_request_error' });
}

/** An id in the path is a 404, an id in a parameter a 400. */
export function missing(kind: string, id: string, param: string, inPath: boolean): Refusal {
  return invalid(`No such ${kind}: '${id}'`, { code: 'resource_missing', param, status: inPath ? 404 : 400 });
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replace(/_/g, '-')}`;
}
