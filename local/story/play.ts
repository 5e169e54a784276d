/** Plays a story: all its chapters in one world, day by day, and holds what was recorded and what the vendors hold against it. */
import { askApi } from '../cli/api';
import { dayAfter, daysFrom, morningOf } from '../cli/days';
import { Refused } from '../cli/errors';
import type { Io } from '../cli/io';
import { bareWorld, setUpWorld } from '../cli/setup';
import type { HarEntry } from '../har';
import type { World } from '../world';
import { type Chapter, type Operation, STORY_ZONE, type StoryLease } from './chapter';
import { stageOf } from './stage';

export interface Story {
  readonly name: string;
  readonly title: string;
  readonly first: string;
  readonly last: string;
  readonly chapters: readonly Chapter[];
  /** Settings of the whole story, besides those of its chapters. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface Played {
  readonly days: number;
  readonly exchanges: number;
  readonly receipts: number;
  readonly effects: Readonly<Record<string, number>>;
  /** Platform and kind of each effect that came to a good end at least once: `square adopt`. */
  readonly sent: readonly string[];
  /** Effects that did not come to a good end, with what the platform said. */
  readonly failed: readonly string[];
  /** Operations of the chapters that nobody saw. */
  readonly unseen: readonly string[];
  /** Leases whose money at the vendor is not the ledger's. */
  readonly apart: readonly string[];
}

const csv = (rows: readonly Readonly<Record<string, string>>[]): string => {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;
  const lines = rows.map((row) => headers.map((header) => quoted(row[header] ?? '')).join(','));
  return `${[headers.map(quoted).join(','), ...lines].join('\n')}\n`;
};

function importRows(world: World, tab: string, rows: readonly Readonly<Record<string, string>>[]): void {
  const told = askApi<{ refused: readonly { reasons: readonly string[] }[] }>(world, 'importCsv', [
    { tab, name: `${tab}.csv`, text: csv(rows) },
  ]);
  const [first] = told.refused;
  if (first) throw new Refused(`${tab}: ${first.reasons.join('; ')}`);
}

const PROPERTIES = { USD: 'Harbour Row', GBP: 'Canal Wharf' } as const;

function propertyRows(): readonly Readonly<Record<string, string>>[] {
  const shared = { 'Grace days': '5', 'Grace rule': 'due + N', 'Manager email': 'manager@example.com' };
  return [
    { Property: PROPERTIES.USD, Address: '1 Harbour Row', 'Time zone': STORY_ZONE, Currency: 'USD', ...shared },
    {
      Property: PROPERTIES.GBP,
      Address: '2 Canal Wharf',
      'Time zone': 'Europe/London',
      Currency: 'GBP',
      Books: 'freshbooks',
      ...shared,
    },
  ];
}

const leaseRow = ({ id, unit, residents, email, rent, currency = 'USD', frequency }: StoryLease) => ({
  'Lease ID': id,
  Property: PROPERTIES[currency],
  Unit: unit,
  Residents: residents,
  Email: email,
  Rent: rent,
  'Due day': '1',
  Frequency: frequency ?? 'monthly',
  Start: '2026-06-01',
});

/** A world with nothing in it; it is never saved. */
export const openStoryWorld = (io: Io, { first, title }: Story): World =>
  bareWorld(io, { on: first, zone: STORY_ZONE, currency: 'USD', title });

type Row = Readonly<Record<string, string>>;

/** The rows with what the chapters want in them, and those that only a chapter has. */
function withCells(
  rows: readonly Row[],
  name: string,
  { chapters }: Story,
  tab: 'Leases' | 'Properties',
): readonly Row[] {
  const wanted = new Map<string, Row>();
  for (const { rows: more } of chapters)
    for (const [id, cells] of Object.entries(more?.[tab] ?? {})) wanted.set(id, { ...wanted.get(id), ...cells });
  const known = rows.map((row) => ({ ...row, ...wanted.get(row[name] ?? '') }));
  const names = new Set(rows.map((row) => row[name]));
  return [...known, ...[...wanted].filter(([id]) => !names.has(id)).map(([id, cells]) => ({ [name]: id, ...cells }))];
}

/** The world on the eve of the story: set up, filled, every platform connected. */
export function openStory(world: World, story: Story): void {
  setUpWorld(world, { on: story.first, zone: STORY_ZONE, currency: 'USD', title: story.title });
  const settings = Object.assign({}, story.settings, ...story.chapters.map(({ rows }) => rows?.Settings ?? {}));
  importRows(
    world,
    'Settings',
    Object.entries<string>(settings).map(([Setting, Value]) => ({ Setting, Value })),
  );
  importRows(world, 'Properties', withCells(propertyRows(), 'Property', story, 'Properties'));
  importRows(
    world,
    'Leases',
    withCells(
      story.chapters.flatMap((chapter) => chapter.leases.map(leaseRow)),
      'Lease ID',
      story,
      'Leases',
    ),
  );
  for (const tab of ['Links', 'Ladder'] as const) {
    const rows = story.chapters.flatMap((chapter) => chapter.rows?.[tab] ?? []);
    if (rows.length > 0) importRows(world, tab, rows);
  }
  // The workbook's own demo connects Stripe; a chapter connects it anew.
  for (const chapter of story.chapters) chapter.connect(stageOf(world, chapter.platform, story.first));
}

const HALF_DAY_MS = 12 * 3_600_000;
const MINUTE_MS = 60_000;

/** A moment comes, and every trigger that fell due until then fires once. */
function leap(world: World, atMs: number): void {
  world.state.nowMs = Math.max(world.state.nowMs, atMs);
  world.advanceTo(world.state.nowMs + MINUTE_MS);
}

/**
 * One day: the ledger's runs in the morning, what people and vendors do after them, the runs at noon and in the evening. On a
 * day on which nobody does anything there is nothing to answer at noon.
 */
export function playDay(world: World, story: Story, day: string): void {
  const morningMs = morningOf(day, STORY_ZONE);
  leap(world, morningMs);
  const acting = story.chapters.filter((chapter) => chapter.days[day]);
  for (const chapter of acting) chapter.days[day]?.(stageOf(world, chapter.platform, day));
  if (acting.length > 0) leap(world, morningMs + HALF_DAY_MS / 2);
  leap(world, morningMs + HALF_DAY_MS);
}

/** Plays all days and tells how it ended. */
export async function play(
  world: World,
  story: Story,
  onDay: (day: string) => void = () => undefined,
): Promise<Played> {
  const recorder = world.record();
  openStory(world, story);
  const days = daysFrom(story.first, story.last) + 1;
  for (let at = 0; at < days; at++) {
    const day = dayAfter(story.first, at);
    playDay(world, story, day);
    onDay(day);
    // A person can stop it between two days.
    if (at % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { entries } = recorder.toJSON().log;
  return {
    days,
    exchanges: entries.length,
    ...countsOf(world),
    unseen: story.chapters.flatMap((chapter) => unseenOf(chapter, entries)),
    apart: story.chapters.flatMap((chapter) => apartFrom(world, chapter)),
  };
}

interface Exported {
  readonly outbox: readonly {
    readonly channel: string;
    readonly kind: string;
    readonly state: string;
    readonly lease: string | null;
    readonly fault: string;
  }[];
  readonly receipts: readonly unknown[];
}

function countsOf(world: World): Pick<Played, 'receipts' | 'effects' | 'sent' | 'failed'> {
  const { outbox, receipts } = askApi<Exported>(world, 'exportBook');
  const effects: Record<string, number> = {};
  for (const row of outbox) effects[row.state] = (effects[row.state] ?? 0) + 1;
  const failed = outbox
    .filter((row) => row.state === 'failed' || row.state === 'unsure')
    .map((row) => `${row.channel} ${row.kind} ${row.lease ?? ''}: ${row.fault}`);
  const sent = outbox.filter((row) => row.state === 'sent').map((row) => `${row.channel} ${row.kind}`);
  return { receipts: receipts.length, effects, sent: [...new Set(sent)].sort(), failed };
}

function unseenOf({ platform, operations }: Chapter, entries: readonly HarEntry[]): readonly string[] {
  return operations
    .filter((operation) => !entries.some((entry) => isOperation(operation, entry)))
    .map(({ name }) => `${platform}: ${name}`);
}

interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly postData?: { readonly text: string };
}

function isOperation(operation: Operation, entry: HarEntry): boolean {
  const request = entry.request as unknown as Recorded;
  const [address = '', query = ''] = request.url.replace(/^https:\/\//, '').split('?');
  if (!operation.method.split('|').includes(request.method) || !operation.at.test(address)) return false;
  return operation.with === undefined || operation.with.test(`${query} ${request.postData?.text ?? ''}`);
}

/** `1450.00` in minor units; the story's currencies have two digits. */
const minorOf = (text: string): number => Math.round(Number(text) * 100);

/** Money by lease in the ledger, from receipts seen at this platform, less what went back. */
function ledgerTotals(world: World, platform: string): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  const { receipts } = askApi<{
    readonly receipts: readonly {
      readonly source: string;
      readonly lease: string | null;
      readonly state: string;
      readonly amount: string;
      readonly reversed: string;
    }[];
  }>(world, 'exportBook');
  for (const row of receipts) {
    if (row.source !== platform || !row.lease || row.state === 'failed' || row.state === 'pending') continue;
    totals.set(row.lease, (totals.get(row.lease) ?? 0) + minorOf(row.amount) - minorOf(row.reversed));
  }
  return totals;
}

/** Leases whose money at the vendor is not what the ledger has from it. */
export function apartFrom(world: World, chapter: Chapter): readonly string[] {
  const there = chapter.totals(world.vendorState(chapter.platform) as never);
  const here = ledgerTotals(world, chapter.platform);
  return [...new Set([...there.keys(), ...here.keys()])]
    .filter((lease) => (there.get(lease) ?? 0) !== (here.get(lease) ?? 0))
    .map((lease) => `${chapter.platform} ${lease}: ${there.get(lease) ?? 0} there, ${here.get(lease) ?? 0} here`);
}
