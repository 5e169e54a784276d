/** Pieces that flows are made of: waves of bounded size, outcomes one by one, and lists read to their end. */
import type { HttpReply, HttpRequest } from '../ports';
import { FaultError, fail, isFault, isFaultError, type Outcome } from './faults';

/** Yields a wave of requests and is resumed with their replies, in order. */
export type Exchange<T> = Generator<readonly HttpRequest[], T, readonly HttpReply[]>;

/**
 * Sends requests at most `size` at a time and gives each its own outcome, so that one missing object does not lose the
 * others. Only `missing` and `rejected` concern one object: any other fault is thrown, for the next request would meet
 * it too.
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
    const worse = error.outcomes.find((each) => isFault(each) && each.fault !== 'missing' && each.fault !== 'rejected');
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
