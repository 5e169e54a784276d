/** Runs several flows side by side, so that ten payments to be asked about take the waves of one. */
import { FaultError, isFault, isFaultError, type Outcome } from '../../http/faults';
import { concernsOne } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Flow } from '../connector';

interface Lane<T> {
  readonly flow: Flow<T>;
  requests: readonly HttpRequest[];
  result?: { readonly value: T } | { readonly fault: Fault };
}

/** Each flow's value, or the fault that concerns it alone; a fault that all would meet is thrown. */
export function* together<T>(
  flows: readonly Flow<T>[],
): Flow<readonly ({ readonly value: T } | { readonly fault: Fault })[]> {
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
      if (bad && isFault(bad)) advance(lane, () => lane.flow.throw(new FaultError(bad, mine)));
      else advance(lane, () => lane.flow.next(mine as readonly HttpReply[]));
    }
  }
}

function* outcomesOf(requests: readonly HttpRequest[]): Flow<readonly Outcome[]> {
  try {
    return yield requests;
  } catch (error) {
    if (!isFaultError(error) || error.outcomes.length !== requests.length) throw error;
    return error.outcomes;
  }
}

function advance<T>(lane: Lane<T>, step: () => IteratorResult<readonly HttpRequest[], T>): void {
  try {
    const next = step();
    if (next.done) lane.result = { value: next.value };
    else lane.requests = next.value;
  } catch (error) {
    if (!isFaultError(error) || !(concernsOne(error.fault) || error.fault.fault === 'malformed')) throw error;
    lane.result = { fault: error.fault };
  }
}
