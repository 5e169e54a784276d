/** Failures of the Sheets API as values that the REST face and the advanced service print in Google's shapes. */

export type ApiStatus =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'FAILED_PRECONDITION'
  | 'UNIMPLEMENTED'
  | 'RESOURCE_EXHAUSTED';

export class SheetsApiError extends Error {
  /** `code` is the HTTP status; `details` is the API's own list, when it sends one. */
  constructor(
    readonly code: number,
    readonly status: ApiStatus,
    message: string,
    readonly details?: readonly unknown[],
  ) {
    super(message);
    this.name = 'SheetsApiError';
  }

  toJSON(): { error: Record<string, unknown> } {
    const error: Record<string, unknown> = { code: this.code, message: this.message, status: this.status };
    if (this.details !== undefined) error.details = this.details;
    return { error };
  }
}

/** A 400 INVALID_ARGUMENT. */
export function invalid(message: string): SheetsApiError {
  return new SheetsApiError(400, 'INVALID_ARGUMENT', message);
}

/** A 400 whose cause stands only in `details[].fieldViolations`, as Google answers a wrong `fields` mask on a read. */
export function violation(field: string, description: string): SheetsApiError {
  const type = 'type.googleapis.com/google.rpc.BadRequest';
  const details = [{ '@type': type, fieldViolations: [{ field, description }] }];
  return new SheetsApiError(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.', details);
}

/** Runs a step and puts `prefix` before the text of an API error it throws, e.g. `Invalid requests[0].addSheet: `. */
export function withPrefix<T>(prefix: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof SheetsApiError)) throw error;
    throw new SheetsApiError(error.code, error.status, prefix + error.message, error.details);
  }
}
