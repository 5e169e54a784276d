/** What became of the rows that left: written, logged, remembered on the Links tab, and followed where one was lost. */
import type { LogLine, OutboxRow } from '../domain/book';
import { contactName } from '../domain/contacts';
import { type DeliveryFact, decideDeliveries } from '../domain/delivered';
import { wayOf } from '../domain/legs';
import type { Link } from '../domain/matching';
import { ACCOUNT_LINK } from '../domain/page-letters';
import { type PageRow, pageFor } from '../domain/pages';
import { NOTHING, type Run, rowsOfLease } from '../domain/run-book';
import { followAll } from '../domain/standby';
import { instant, type Key } from '../domain/values';
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { failuresToTell } from '../run/failures';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { LINKS } from '../sheet/schema';
import { markedAhead } from './ahead';
import type { Claim } from './claim';
import { effectOf } from './effect';
import { endSending } from './flight';
import { nextDelivery } from './next';
import { rowFailures } from './row-failures';
import { rowLine } from './row-line';
import type { Outcome } from './send';
import { triedToo, untried } from './tries';

/** How many messages are to follow by the way that stands by. */
export function settle(app: App, outcomes: ReadonlyMap<Key, Outcome>, { stuck, own }: Claim): number {
  const loaded = loadBook(app.host);
  const run = runNow(app);
  // Rows are found again by key: somebody may have sorted the tab while the messages left.
  const rows = loaded.outbox.flatMap((row) => {
    const outcome = outcomes.get(row.key);
    return outcome && row.state === 'sending' ? [{ ...settled(row, outcome), updatedAt: run.now }] : [];
  });
  const ended = endedLinks(app, loaded, rows);
  const learnt = learntIn(loaded, run, rows, outcomes);
  const followed = followedIn(learnt.contacts.length > 0 ? { ...loaded, book: learnt.book } : loaded, run, rows);
  const told = failuresToTell(app, loaded, rowFailures(app, rows));
  if (followed.intents.length > 0) effectsComing(app);
  const after = commit(app.host, loaded, run, {
    outbox: rows,
    contacts: learnt.contacts,
    pages: pagesSent(loaded, run, rows),
    decision: { ...NOTHING, ...followed, intents: [...followed.intents, ...told] },
    people: [...linksOf(app, loaded, rows), ...ended.map(blank)],
    log: [
      ...rows.filter((row) => row.state !== 'ready').map((row) => rowLine(app, row, stampOf(outcomes.get(row.key)))),
      ...learnt.log,
      ...ended.map((link) => unlinkedLine(run, link)),
    ],
  });
  endSending(app);
  nextDelivery(app, after, stuck, own);
  return followed.intents.length + told.length;
}

/** Pages to which a link has just left: at the foot of each mail, and in a text that is about nothing else. */
function pagesSent({ book }: Loaded, run: Run, rows: readonly OutboxRow[]): readonly PageRow[] {
  const sent = rows.flatMap((row) => {
    const bears = wayOf(row) === 'email' || row.kind === ACCOUNT_LINK;
    const page = row.state === 'sent' && bears && row.lease ? pageFor(book.pages ?? [], row.lease, row.to) : undefined;
    return page ? [page] : [];
  });
  return [...new Set(sent)].map((page) => ({ ...page, sent: run.now }));
}

const stampOf = (outcome: Outcome | undefined): string | undefined =>
  outcome && 'stamp' in outcome ? outcome.stamp : undefined;

/** What refusals say of addresses is known from now on, for every lease and every topic. */
function learntIn({ book }: Loaded, run: Run, rows: readonly OutboxRow[], outcomes: ReadonlyMap<Key, Outcome>) {
  const facts = rows.flatMap((row): DeliveryFact[] => {
    const outcome = outcomes.get(row.key);
    const state = outcome?.state === 'failed' ? outcome.address : undefined;
    if (state === undefined) return [];
    return [{ platform: row.channel, address: row.to, state, at: run.now, detail: row.fault }];
  });
  const { contacts, log } = decideDeliveries(book, run, facts);
  const names = new Set(contacts.map((row) => contactName(row.kind, row.address)));
  const others = (book.contacts ?? []).filter((row) => !names.has(contactName(row.kind, row.address)));
  return { contacts, log, book: { ...book, contacts: [...others, ...contacts] } };
}

/** Of legs that were lost: the way that stands by, or a task. */
function followedIn({ book, outbox }: Loaded, run: Run, rows: readonly OutboxRow[]) {
  const now = new Map(rows.map((row) => [row.key, row]));
  const all = outbox.map((row) => now.get(row.key) ?? row);
  return followAll(
    book,
    run,
    all,
    rows.filter((row) => row.state === 'failed'),
  );
}

/** What was made for a lease at a platform is remembered on the Links tab, once. */
function linksOf(app: App, { book }: Loaded, rows: readonly OutboxRow[]): readonly PeopleWrite[] {
  return rows.flatMap((row) => {
    const link = row.state === 'sent' && row.lease ? effectOf(app, row)?.link?.(row.vendorRef) : undefined;
    if (!link || !row.lease) return [];
    const { kind, externalId } = link;
    const known = rowsOfLease(book.links, row.lease).filter(
      (each) => each.platform === row.channel && each.kind === kind,
    );
    if (known.some((each) => each.externalId === externalId)) return [];
    const cells = { 'Lease ID': row.lease, Platform: row.channel, Kind: kind, 'External ID': externalId };
    // A picture has one row for a lease: one that was made anew there takes the place of the one that is gone.
    const [old] = row.kind === 'standing' ? known : [];
    return [{ tab: LINKS, cells, ...(old ? { row: old.row } : {}) }];
  });
}

/** Kinds of links that end with what they stand for. */
const ENDING: readonly Link['kind'][] = ['autopay', 'document'];

/** Rows of the Links tab whose agreement or document has ended. */
const endedLinks = (app: App, { book }: Loaded, rows: readonly OutboxRow[]): readonly Link[] =>
  rows.flatMap((row) => {
    const id = row.state === 'sent' ? effectOf(app, row)?.unlink?.(row.vendorRef, row.payload) : undefined;
    if (id === undefined || !row.lease) return [];
    return rowsOfLease(book.links, row.lease).filter(
      (link) => link.platform === row.channel && ENDING.includes(link.kind) && link.externalId === id,
    );
  });

/** Blank, not taken out: on a tab where people write no row may move. */
export const blank = ({ row }: Link): PeopleWrite => ({
  tab: LINKS,
  row,
  cells: Object.fromEntries(LINKS.columns.map(({ header }) => [header, ''])),
});

export const unlinkedLine = (run: Run, { lease, platform, kind, externalId }: Link): LogLine =>
  logLine(run, 'link ended', `${kind} ${externalId} of ${platform} left the Links tab`, { lease, before: externalId });

function settled(row: OutboxRow, outcome: Outcome): OutboxRow {
  switch (outcome.state) {
    case 'sent':
      return { ...row, ...arrived(row, outcome) };
    case 'scheduled': {
      const said = outcome.said === undefined ? {} : { said: outcome.said };
      const now = arrived(row, outcome);
      return { ...row, ...now, payload: { ...now.payload, ...said } };
    }
    case 'ready':
      return markedAhead(
        {
          ...row,
          state: 'ready',
          attempts: outcome.untried ? row.attempts - 1 : row.attempts,
          fault: outcome.fault,
          payload: triedToo(row, outcome.tried),
          // Never before its own moment.
          notBefore: instant(Math.max(row.notBefore, outcome.notBefore ?? 0)),
        },
        outcome.ahead === true || (outcome.untried === true && row.payload.ahead === true),
      );
    case 'failed':
    case 'unsure':
      return { ...row, state: outcome.state, fault: outcome.fault };
  }
}

type Arrived = Extract<Outcome, { readonly ref: string }>;

const arrived = (row: OutboxRow, { state, ref, subject }: Arrived) => ({
  state,
  vendorRef: ref,
  fault: '',
  subject: subject ?? row.subject,
  payload: untried(markedAhead(row, false).payload),
});
