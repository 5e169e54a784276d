/** A small house whose residents act on their page: the acts as the page calls them, on a world's own workbook. */
import type { Fields, Outcome } from '../../../src/api/resident/act';
import type { OneLease } from '../../../src/api/resident/lease';
import { ACTS } from '../../../src/api/resident/request-acts';
import { openAccount } from '../../../src/domain/account';
import { leaseById, rowsOfLease } from '../../../src/domain/run-book';
import { leaseId } from '../../../src/domain/values';
import { type App, runNow } from '../../../src/run/app';
import { loadBook } from '../../../src/sheet/load';
import { nodeApp } from '../../bench/node-host';
import { type Row, tabOf, type World } from '../../worlds';

/** The script as it answers the page, at the world's own moment. */
export const pageApp = (world: World): App => nodeApp(world, 'page', world.now);

/** What is read for a link of this lease: its rows, and nobody else's. */
export function oneLease(app: App, lease: string, address = `${lease.toLowerCase()}@example.com`): OneLease {
  const { book } = loadBook(app.host);
  const id = leaseId(lease);
  const own = leaseById(book, id);
  const property = own && book.properties.get(own.property);
  if (!own || !property) throw new Error(`no lease ${lease}`);
  const requests = rowsOfLease(book.requests ?? [], id);
  const alone = { ...book, leases: [own], requests, receipts: rowsOfLease(book.receipts, id) };
  return {
    link: { row: 2, id: `${lease}-00ff`, lease: id, address, version: 1 },
    account: openAccount(alone, runNow(app), own, property),
    entries: [],
    older: false,
    receipts: [],
  } as unknown as OneLease;
}

let asked = 0;
export const freshRequest = (): string => `form-${++asked}`;

/** A form that is posted; each one is another unless the request is named. */
export function posted(world: World, lease: string, act: string, fields: Fields, request = freshRequest()): Outcome {
  const app = pageApp(world);
  const work = ACTS[act];
  if (!work) throw new Error(`no act ${act}`);
  return work(app, oneLease(app, lease), request, fields);
}

/** What lasts of a call: every service that the script uses, counted, and the run dies right after call number `at`. */
export function dying(app: App, at: number): App {
  let calls = 0;
  const counted = <T extends object>(service: T): T =>
    new Proxy(service, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value === 'object' && value !== null) return counted(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          // What is dead calls nothing any more, whatever it catches. Time and chance leave nothing behind.
          if (calls >= at) throw new Error('killed');
          const result: unknown = Reflect.apply(value, target, args);
          if (name !== 'now' && ++calls === at) throw new Error('killed');
          return result;
        };
      },
    });
  return { ...app, host: counted(app.host) };
}

/** Kills an act after each of its service calls and posts the form again: the end is that of an act that was not killed. */
export function everyKill(
  base: World,
  lease: string,
  act: string,
  fields: Fields,
  see: (world: World) => unknown,
): { readonly before: number; readonly after: number } {
  const request = freshRequest();
  const whole = base.clone();
  const outcome = posted(whole, lease, act, fields, request);
  expect(outcome.done).toBe(true);
  const [start, end] = [see(base), see(whole)];
  const counts = { before: 0, after: 0 };
  for (let at = 1; ; at++) {
    const world = base.clone();
    const app = pageApp(world);
    const one = oneLease(app, lease);
    try {
      const last = ACTS[act]?.(dying(app, at), one, request, fields);
      expect([at, last]).toEqual([at, outcome]);
      return counts;
    } catch (error) {
      expect(String(error)).toContain('killed');
    }
    const left = JSON.stringify(see(world));
    expect([at, [start, end].map((each) => JSON.stringify(each)).includes(left)]).toEqual([at, true]);
    counts[left === JSON.stringify(start) ? 'before' : 'after']++;
    expect([at, posted(world, lease, act, fields, request)]).toEqual([at, outcome]);
    expect([at, see(world)]).toEqual([at, end]);
  }
}

export const requestsOf = (world: World, lease: string): readonly Row[] =>
  tabOf(world, 'Requests').filter((row) => row['Lease ID'] === lease);
