/** Pieces that flows are made of: waves of bounded size, outcomes one by one, flows side by side, lists read to their end. */
import type { HttpReply, HttpRequest } from '../ports';
import { FaultError, fail, faultOf, isFault, isFaultError, type Outcome } from './faults';
import type { Fault } from './types';

/** Yields a wave of requests and is resumed with their replies, in order. */
export type Exchange<T> = Generator<readonly HttpRequest[], T, readonly HttpReply[]>;

/** Missing and rejected are about one object; but 402 says that the account itself is not served, whatever is asked for. */
export const concernsOne = ({ fault, status }: Fault): boolean =>
  fault === 'missing' || (fault === 'rejected' && status !== 402);

/** The list in pieces of at most that size. */
export function chunks<T>(list: readonly T[], size: number): (readonly T[])[] {
  const pieces: (readonly T[])[] = [];
  for (let at = 0; at < list.length; at += size) pieces.push(list.slice(at, at + size));
  return pieces;
}

// ---------------------------------------------------------------- many at once

/**
 * Sends requests at most `size` at a time and gives each its own outcome, so that one missing object does not lose the
 * others. A fault that does not concern one object is thrown, for the next request would meet it too.
 */
export function* inWaves(requests: readonly HttpRequest[], size: number): Exchange<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const wave of chunks(requests, size)) outcomes.push(...(yield* oneWave(wave)));
  return outcomes;
}

/** Asks about each item as {@link inWaves} does, and puts each beside what came of it. */
export function* askEach<T>(
  items: readonly T[],
  request: (item: T) => HttpRequest,
  size: number,
): Exchange<readonly (readonly [T, Outcome])[]> {
  const outcomes = yield* inWaves(items.map(request), size);
  return items.map((item, index) => [item, outcomes[index] as Outcome]);
}

function* oneWave(requests: readonly HttpRequest[]): Exchange<readonly Outcome[]> {
  const outcomes = yield* outcomesOf(requests);
  const worse = outcomes.find((each) => isFault(each) && !concernsOne(each));
  if (worse && isFault(worse)) throw new FaultError(worse, outcomes);
  return outcomes;
}

/** Each request's own outcome, whatever it is. */
export function* outcomesOf(requests: readonly HttpRequest[]): Exchange<readonly Outcome[]> {
  try {
    return yield requests;
  } catch (error) {
    if (!isFaultError(error) || error.outcomes.length !== requests.length) throw error;
    return error.outcomes;
  }
}

/** Undefined where the platform knows no such object. */
export function* ifThere<T>(flow: Exchange<T>): Exchange<T | undefined> {
  try {
    return yield* flow;
  } catch (error) {
    if (faultOf(error).fault === 'missing') return undefined;
    throw error;
  }
}

// ---------------------------------------------------------------- side by side

type Result<T> = { readonly value: T } | { readonly fault: Fault };

interface Lane<T> {
  readonly flow: Exchange<T>;
  requests: readonly HttpRequest[];
  result?: Result<T>;
}

/**
 * Runs several flows side by side, so that ten objects to be asked about take the waves of one. Gives each flow's value, or the
 * fault that concerns it alone; a fault that all would meet is thrown.
 */
export function* together<T>(flows: readonly Exchange<T>[]): Exchange<readonly Result<T>[]> {
  const lanes = flows.map((flow): Lane<T> => ({ flow, requests: [] }));
  for (const lane of lanes) advance(lane, () => lane.flow.next([]));
  for (;;) {
    const open = lanes.filter((lane) => !lane.result);
    if (open.length === 0) return lanes.flatMap((lane) => lane.result ?? []);
    const outcomes = yield* outcomesOf(open.flatMap((lane) => lane.requests));
    let at = 0;
    for (const lane of open) {
      const mine = outcomes.slice(at, at + lane.requests.length);
      at += lane.requests.length;
      const bad = mine.find(isFault);
      if (bad) advance(lane, () => lane.flow.throw(new FaultError(bad, mine)));
      else advance(lane, () => lane.flow.next(mine as readonly HttpReply[]));
    }
  }
}

function advance<T>(lane: Lane<T>, step: () => IteratorResult<readonly HttpRequest[], T>): void {
  try {
    const next = step();
    if (next.done) lane.result = { value: next.value };
    else lane.requests = next.value;
  } catch (error) {
    const fault = faultOf(error);
    if (!concernsOne(fault) && fault.fault !== 'malformed') throw error;
    lane.result = { fault };
  }
}

// ---------------------------------------------------------------- lists

export interface Page<T, Next> {
  readonly items: readonly T[];
  /** The number, cursor or address of the next page; undefined at the end. An empty page in the middle is not the end. */
  readonly next?: Next | undefined;
}

/**
 * Reads a list to its end: `request` asks for a page, the first one without a name, and `read` says which is the next. A page that
 * names one that was read as the next, or more than `maxPages` pages, is a `malformed` fault. `first` is the first page where it
 * is at hand already.
 */
export function* everyPage<T, Next extends string | number>(
  request: (page?: Next) => HttpRequest,
  read: (reply: HttpReply, page?: Next) => Page<T, Next>,
  maxPages: number,
  first?: HttpReply,
): Exchange<T[]> {
  const items: T[] = [];
  const met = new Set<Next>();
  let reply = first ?? (yield [request()])[0];
  for (let at: Next | undefined; ; ) {
    const page: Page<T, Next> = read(reply as HttpReply, at);
    items.push(...page.items);
    at = page.next;
    if (at === undefined) return items;
    if (met.has(at)) return fail('malformed', `The list at ${request().url} names the same page again.`);
    met.add(at);
    if (met.size >= maxPages) return fail('malformed', `The list at ${request().url} has more than ${maxPages} pages.`);
    reply = (yield [request(at)])[0];
  }
}
