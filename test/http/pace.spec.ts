/** A slow platform keeps no other waiting: those that are quick are done first. */
import { instant } from '../../src/domain/values';
import { runFlows, type Wire } from '../../src/http/client';
import { classify } from '../../src/http/faults';
import type { Exchange } from '../../src/http/paging';
import type { HttpRequest } from '../../src/ports';

const wire = (id: string): Wire => ({
  id,
  hosts: [`${id}.test`],
  sign: (request) => request,
  fault: (reply) => classify(reply),
});

function* pages(id: string, count: number): Exchange<number> {
  for (let page = 1; page <= count; page++) yield [{ method: 'GET', url: `https://${id}.test/${page}`, headers: {} }];
  return count;
}

/** Runs each platform's pages; gives when each was done, with a slow one that takes fifty seconds for an answer. */
function timesOf(counts: Readonly<Record<string, number>>) {
  let nowMs = 0;
  const waves: string[][] = [];
  const lastMs = new Map<string, number>();
  const fetchAll = (requests: readonly HttpRequest[]) => {
    const ids = requests.map((request) => request.url.split(/[/.]/)[2] ?? '');
    waves.push(ids);
    nowMs += ids.includes('slow') ? 50_000 : 500;
    for (const id of ids) lastMs.set(id, nowMs);
    return requests.map(() => ({ status: 200, headers: {}, body: '{}' }));
  };
  const jobs = Object.entries(counts).map(([id, count]) => ({
    connector: wire(id),
    credentials: {},
    flow: pages(id, count),
  }));
  const { results } = runFlows(jobs, {
    transport: { fetchAll },
    now: () => instant(nowMs),
    mayGoOn: () => true,
    note: () => undefined,
  });
  return { waves, lastMs, results };
}

describe('the pace of platforms', () => {
  it('one slow answer delays the others by one wave, however many pages they have', () => {
    const { lastMs, results } = timesOf({ slow: 4, quick: 20, other: 10 });
    expect(results).toEqual([{ value: 4 }, { value: 20 }, { value: 10 }]);
    // The first wave has all three; from then on the quick ones share theirs, and the slow one comes when they are done.
    expect(lastMs.get('quick')).toBeLessThan(2 * 50_000 + 25 * 500);
    expect(lastMs.get('other')).toBeLessThan(2 * 50_000 + 25 * 500);
    expect(lastMs.get('slow')).toBe(Math.max(...lastMs.values()));
  });

  it('where nobody is slow, all together take as many waves as the longest alone', () => {
    expect(timesOf({ a: 3, b: 12, c: 7 }).waves.length).toBe(12);
  });
});
