/** The one way out of the context: a service call crosses as text, so every object on this side is of this realm. */

/**
 * The host's native function. Its answer is text: '' for undefined, '=' and JSON for a value, '!' and JSON for a
 * failure.
 * Only strings cross, because an object of the host's realm would fail `instanceof Array` here.
 */
export type Native = (service: string, method: string, argsJson: string) => string;

export interface Failure {
  readonly name: string;
  readonly message: string;
  /** `{ code, message, ... }` of a GoogleJsonResponseException. */
  readonly details?: unknown;
}

let native: Native | undefined;

/** Called once by the context's entry before any service exists. */
export function connect(host: Native): void {
  native = host;
}

/** An error as Apps Script throws it: an `Error` of this realm whose name is `Exception` unless told otherwise. */
export function exception(message: string, name = 'Exception', details?: unknown): Error {
  const error = new Error(message);
  // Google's errors print as `Exception: text`; name is own and not enumerable, so it stays out of JSON.
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  if (details !== undefined) Object.defineProperty(error, 'details', { value: details, configurable: true });
  return error;
}

/**
 * One service call: counted, costed and a fault point before and after its effect.
 * @throws an Exception with Google's text; a call in a killed execution throws every time.
 */
export function call(service: string, method: string, args: readonly unknown[] = []): unknown {
  if (native === undefined) throw new Error('The bridge is not connected to a host');
  const answer = native(service, method, JSON.stringify(args));
  if (answer === '') return undefined;
  const value: unknown = JSON.parse(answer.slice(1));
  if (answer[0] === '=') return value;
  const failure = value as Failure;
  throw exception(failure.message, failure.name, failure.details);
}

/** Google's text for arguments of the wrong number or type. `types` are Java's names: `String`, `number`, `(class)`. */
export function signatureError(types: readonly string[], method: string): Error {
  return exception(`The parameters (${types.join(',')}) don't match the method signature for ${method}.`);
}
