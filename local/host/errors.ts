/** Errors of the host that the app sees as Google's exceptions. */

/** Surfaces in the context as an `Error` with this name, message and details. */
export class GoogleError extends Error {
  constructor(
    message: string,
    override readonly name = 'Exception',
    readonly details?: unknown,
  ) {
    super(message);
  }
}

/** An advanced service's failure, worded as Apps Script words it. `method` is like `gmail.users.messages.send`. */
export function apiCallError(method: string, code: number, message: string): GoogleError {
  const text = `API call to ${method} failed with error: ${message}`;
  return new GoogleError(text, 'GoogleJsonResponseException', { code, message });
}

/** The end of an execution from outside: no handler of the app may act on the world after it. */
export class Killed extends GoogleError {
  constructor(message = 'Exceeded maximum execution time') {
    super(message);
  }
}
