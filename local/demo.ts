/** The demo portfolio: three buildings, forty-eight households, six weeks of rent, made through the public functions. */
import { type Advanced, type AdvanceWatch, advanceThrough } from './cli/advance';
import { askApi } from './cli/api';
import type { OpenBook } from './cli/book';
import { Refused } from './cli/errors';
import { type NewBook, setUpWorld } from './cli/setup';
import { cellOf } from './cli/tabs';
import { stripeHistory } from './demo/payments';
import { portfolioCsv } from './demo/portfolio';
import type { World } from './world';

export const DEMO_BOOK: NewBook = {
  on: '2026-10-01',
  zone: 'America/New_York',
  currency: 'USD',
  title: 'Rent Ledger demo',
};
export const DEMO_END = '2026-11-09';
/** The cell that a person has filled with words, so that a problem is to be seen. */
const BAD_CELL = { tab: 'Leases', key: 'LN-12', header: 'Rent', typed: 'seventeen ninety-five' };

interface Imported {
  readonly refused: readonly { readonly row: number; readonly reasons: readonly string[] }[];
}

function importAll(world: World): void {
  for (const [tab, text] of portfolioCsv()) {
    const { refused } = askApi<Imported>(world, 'importCsv', [{ tab, name: `${tab}.csv`, text }]);
    if (refused.length === 0) continue;
    const reasons = refused.map(({ row, reasons: why }) => `row ${row}: ${why.join('; ')}`).join('\n');
    throw new Refused(`The demo's ${tab} were not all taken:\n${reasons}`);
  }
}

function loadStripe(world: World): void {
  const { refused } = world.load('stripe', stripeHistory());
  if (refused.length === 0) return;
  const reasons = refused.map(({ index, reason }) => `object ${index + 1}: ${reason}`).join('\n');
  throw new Refused(`The demo's payments were not all taken:\n${reasons}`);
}

/** A person types into the sheet what no import would take. */
function mistype(world: World): void {
  const a1 = cellOf(world, BAD_CELL.tab, BAD_CELL.key, BAD_CELL.header);
  world.edit(BAD_CELL.tab, a1, BAD_CELL.typed);
}

/** The evening on which the manager agrees on a plan with one resident and lets the final notice to another go. */
const DECISIONS_ON = '2026-11-05';
const ON_PLAN = 'AU-207';
const ON_NOTICE = 'BK-2C';

interface Waiting {
  readonly outbox: readonly { readonly key: string; readonly state: string; readonly lease: string | null }[];
}

function decide(world: World): void {
  const plan = { lease: ON_PLAN, type: 'plan', begins: true, reason: 'Pays 250.00 extra each month until March' };
  askApi(world, 'pause', [plan]);
  const notice = askApi<Waiting>(world, 'exportBook').outbox.find(
    (row) => row.state === 'waiting for release' && row.lease === ON_NOTICE,
  );
  if (notice === undefined) throw new Refused(`The demo has no final notice that waits on ${DECISIONS_ON}.`);
  askApi(world, 'release', [{ effect: notice.key }]);
}

/** Fills a bare world and lets it live until the ninth of November 2026, or a day before. */
export async function makeDemo(book: OpenBook, watch: AdvanceWatch = {}, end: string = DEMO_END): Promise<Advanced> {
  const { world } = book;
  setUpWorld(world, DEMO_BOOK);
  importAll(world);
  loadStripe(world);
  mistype(world);
  const onDay: AdvanceWatch['onDay'] = (progress, tally) => {
    if (progress.day === DECISIONS_ON) decide(world);
    watch.onDay?.(progress, tally);
  };
  const advanced = await advanceThrough(world, end, { ...watch, onDay });
  // Half a demo would look like a whole one, so it is not kept.
  if (!advanced.stopped) book.touch();
  return advanced;
}
