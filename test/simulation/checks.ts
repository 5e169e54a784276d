/** The laws that hold in every simulated world, whatever happened in it; each broken one is told in a line. */
import { askApi } from '../../local/cli/api';
import { rowsOf } from '../../local/cli/tabs';
import { type DayText, shift } from './days';
import { type BookJson, type Case, casesOf, cellAt, minor, moneyOf, total, truthOf } from './evidence';
import { feeFaults } from './fee-checks';
import { mailFaults, mailsOf, quietFaults } from './mail-checks';
import { chargesOf } from './model';
import type { Lived } from './simulation';

// ---------------------------------------------------------------- at any moment

/** What must hold in the middle of everything. */
export function checkNow(lived: Lived, book: BookJson): string[] {
  const cases = casesOf(lived, book);
  const keys = book.entries.map((entry) => entry.key);
  const roll = new Map([...rowsOf(lived.world, 'Rent Roll')].map((row) => [row['Lease ID'], Number(row.Balance)]));
  return [
    ...twice('ledger key', keys),
    ...twice(
      'receipt',
      book.receipts.map((row) => row.key),
    ),
    ...twice(
      'outbox key',
      book.outbox.map((row) => row.key),
    ),
    ...twice(
      'task',
      book.tasks.map((row) => row.key),
    ),
    ...twice(
      'mail',
      mailsOf(lived.world).map((mail) => mail.key),
    ),
    ...cases.flatMap((each) => balanceFaults(each, roll)),
    ...cases.flatMap((each) => chargeFaults(each, shift(each.today, -2))),
    ...book.problems.filter((problem) => !/No late-fee rule is on file/.test(problem)),
  ];
}

function twice(what: string, names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.flatMap((name) => (seen.has(name) || !seen.add(name) ? [`${what} ${name} stands twice`] : []));
}

/** Money conserved: the balance is the sum of what was written, and nobody sees another one. */
function balanceFaults(one: Case, roll: ReadonlyMap<string | undefined, number>): string[] {
  const written = total(one.entries.map((entry) => moneyOf(one, entry)));
  const told = minor(one.book.leases.find((each) => each.id === one.lease.id)?.balance ?? 'NaN', one.property.currency);
  const shown = roll.has(one.lease.id) ? minor(String(roll.get(one.lease.id)), one.property.currency) : 0;
  const faults = written === told ? [] : [`${one.lease.id}: entries come to ${written}, the balance is ${told}`];
  return shown === told ? faults : [...faults, `${one.lease.id}: the Rent Roll shows ${shown}, the balance is ${told}`];
}

const FEES = ['late fee', 'returned payment fee'];

/** One charge for each line and period, at the amount of the reference, corrections counted in. `sure` is charged for certain. */
function chargeFaults(one: Case, sure: DayText): string[] {
  const { plan } = one.lived;
  const wanted = chargesOf(one.lease, plan.terms, plan.opensOn, one.today, cellAt(one)).filter(
    (each) => each.line !== 'credit',
  );
  const faults: string[] = [];
  const open = new Map(wanted.map((each) => [`${each.line} ${each.due}`, each]));
  for (const entry of one.entries) {
    if (entry.kind !== 'charge' || entry.about !== null || FEES.includes(entry.type)) continue;
    const name = `${entry.type} ${entry.due}`;
    const corrections = one.entries.filter(
      (each) => each.about === entry.key && ['charge', 'credit'].includes(each.kind) && !FEES.includes(each.type),
    );
    const net = moneyOf(one, entry) + total(corrections.map((each) => moneyOf(one, each)));
    const should = open.get(name)?.amountCents ?? 0;
    open.delete(name);
    // An End typed yesterday is corrected with the next day's run.
    const settled = one.lived.past.ends.size === 0 || one.today === sure;
    if (net !== should && settled)
      faults.push(`${one.lease.id}: ${entry.key} comes to ${net}, the reference says ${should}`);
  }
  for (const each of open.values())
    if (each.due <= sure)
      faults.push(`${one.lease.id}: ${each.line} due ${each.due} of ${each.amountCents} was never charged`);
  return faults;
}

// ---------------------------------------------------------------- after everything has settled

/** What must hold once nothing fails any more and some days have passed. */
export function checkEnd(lived: Lived, book: BookJson): string[] {
  const cases = casesOf(lived, book);
  return [
    ...cases.flatMap((each) => chargeFaults(each, each.today)),
    ...cases.flatMap((each) => vendorFaults(each)),
    ...cases.flatMap((each) => feeFaults(each)),
    ...cases.flatMap((each) => mailFaults(each)),
    ...receiptFaults(lived, book),
    ...quietFaults(lived),
    ...unsettled(lived, book),
    ...lived.past.trouble,
    ...askApi<{ problems: readonly string[] }>(lived.world, 'verify').problems,
  ];
}

/** Settled less reversed at the platform is what the ledger received. */
function vendorFaults(one: Case): string[] {
  const truths = truthOf(one.lived).filter((each) => each.lease === one.lease.id && each.status === 'settled');
  const paid = total(
    truths.map(
      (each) => each.amountCents - total(each.reversals.filter((back) => back.takes).map((back) => back.amountCents)),
    ),
  );
  const moves = one.entries.filter((entry) => ['receipt', 'reversal', 'reinstatement'].includes(entry.kind));
  const received = -total(moves.map((entry) => moneyOf(one, entry)));
  return paid === received ? [] : [`${one.lease.id}: the platform took ${paid}, the ledger received ${received}`];
}

function receiptFaults(lived: Lived, book: BookJson): string[] {
  const truths = truthOf(lived).filter((each) => each.status !== 'nothing');
  const rows = new Map(book.receipts.map((row) => [row.id, row]));
  const known = new Set(truths.map((each) => each.id));
  const lost = truths.flatMap((truth) => {
    const row = rows.get(truth.id);
    if (row === undefined) return [`payment ${truth.id} has no receipt`];
    return (row.lease ?? undefined) === truth.lease
      ? []
      : [`payment ${truth.id} of ${truth.lease} went to ${row.lease}`];
  });
  return [
    ...lost,
    ...book.receipts.filter((row) => !known.has(row.id)).map((row) => `receipt ${row.key} has no payment`),
  ];
}

// ---------------------------------------------------------------- nothing is left lying

function unsettled({ world }: Lived, book: BookJson): string[] {
  const waiting = book.outbox.filter(
    (row) =>
      row.state === 'sending' || (row.state === 'ready' && Date.parse(row.notBefore) < world.now - 6 * 3_600_000),
  );
  const connections = [...rowsOf(world, 'Connections')].filter(
    (row) => row.Platform === 'stripe' && row.State !== 'connected',
  );
  const late = world.triggers.filter((trigger) => trigger.nextMs !== undefined && trigger.nextMs < world.now);
  return [
    ...waiting.map((row) => `${row.key} is still ${row.state}: ${row.fault}`),
    ...connections.map((row) => `stripe is still ${row.State}: ${row['Last fault']}`),
    ...late.map((trigger) => `${trigger.handler} was due and did not run`),
  ];
}
