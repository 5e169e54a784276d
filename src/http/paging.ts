/** Pieces that flows are made of: waves of bounded size, outcomes one by one, and lists read to their end. */
import type { HttpReply, HttpRequest } from '../ports';
import { FaultError, fail, isFault, isFaultError, type Outcome } from './faults';
import type { Fault } from './types';

/** Yields a wave of requests and is resumed with their replies, in order. */
export type Exchange<T> = Generator<readonly HttpRequest[], T, readonly HttpReply[]>;

/** Missing and rejected are about one object; but 402 says that the account itself is not served, whatever is asked for. */
export const concernsOne = ({ fault, status }: Fault): boolean =>
  fault === 'missing' || (fault === 'rejected' && status !== 402);

/**
 * Sends requests at most `size` at a time and gives each its own outcome, so that one missing object does not lose the
 * others. A fault that does not concern one object is thrown, for the next request would meet it too.
 */
export function* inWaves(requests: readonly HttpRequest[], size: number): Exchange<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < requests.length; at += size) outcomes.push(...(yield* oneWave(requests.slice(at, at + size))));
  return outcomes;
}

function* oneWave(requests: readonly HttpRequest[]): Exchange<readonly Outcome[]> {
  try {
    return yield requests;
  } catch (error) {
    if (!isFaultError(error) || error.outcomes.length !== requests.length) throw error;
    const worse = error.outcomes.find((each) => isFault(each) && !concernsOne(each));
    if (worse && isFault(worse)) throw new FaultError(worse, error.outcomes);
    return error.outcomes;
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Undefined at the end. An empty page in the middle is not the end. */
  readonly next?: HttpRequest;
}

/**
 * Reads a list to its end. A page that names itself as the next, or more than `maxPages` pages, is a `malformed`
 * fault.
 */
export function* everyPage<T>(
  first: HttpRequest,
  read: (reply: HttpReply) => Page<T>,
  maxPages: number,
): Exchange<T[]> {
  const items: T[] = [];
  const asked = new Set<string>();
  for (let request: HttpRequest | undefined = first; request; ) {
    if (asked.has(request.url)) return fail('malformed', `The list at ${request.url} names the same page again.`);
    if (asked.size >= maxPages) return fail('malformed', `The list at ${first.url} has more than ${maxPages} pages.`);
    asked.add(request.url);
    const replies: readonly HttpReply[] = yield [request];
    const page: Page<T> = read(replies[0] as HttpReply);
    items.push(...page.items);
    request = page.next;
  }
  return items;
}
