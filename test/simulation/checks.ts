/** The laws that hold in every simulated world, whatever happened in it; each broken one is told in a line. */
import { askApi } from '../../local/cli/api';
import { rowsOf } from '../../local/cli/tabs';
import type { StripeObject, StripeState } from '../../local/vendors/stripe/state';
import { type DayText, shift, wallClock } from './days';
import { agreedFeeDay, chargesOf, feeOf, LAWS, type ModelLease, type ModelProperty, rateOf } from './model';
import type { Lived } from './simulation';

interface EntryJson {
  readonly key: string;
  readonly day: DayText;
  readonly lease: string;
  readonly kind: string;
  readonly type: string;
  readonly due: DayText | null;
  readonly from: DayText | null;
  readonly until: DayText | null;
  readonly about: string | null;
  readonly amount: string;
  readonly postedAt: string;
}

export interface BookJson {
  readonly leases: readonly { readonly id: string; readonly balance: string; readonly pending: string }[];
  readonly entries: readonly EntryJson[];
  readonly receipts: readonly {
    readonly key: string;
    readonly id: string;
    readonly lease: string | null;
    readonly state: string;
  }[];
  readonly outbox: readonly {
    readonly key: string;
    readonly state: string;
    readonly notBefore: string;
    readonly fault: string;
  }[];
  readonly tasks: readonly { readonly key: string }[];
  readonly problems: readonly string[];
}

/** One lease with everything that was written about it. */
interface Case {
  readonly lived: Lived;
  readonly lease: ModelLease;
  readonly property: ModelProperty;
  readonly entries: readonly EntryJson[];
  readonly today: DayText;
  readonly book: BookJson;
}

export const readBook = ({ world }: Lived): BookJson => askApi<BookJson>(world, 'exportBook');

const minor = (text: string, currency: string): number => Math.round(Number(text) * (currency === 'JPY' ? 1 : 100));
const total = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);

function casesOf(lived: Lived, book: BookJson): Case[] {
  const { plan, past, world } = lived;
  return plan.leases.map((planned) => {
    const property = plan.properties.find((each) => each.name === planned.property) as ModelProperty;
    const end = past.ends.get(planned.id) ?? planned.end;
    const lease = end === undefined ? planned : { ...planned, end };
    const entries = book.entries.filter((entry) => entry.lease === lease.id);
    return { lived, lease, property, entries, book, today: wallClock(world.now, property.zone).day };
  });
}

const moneyOf = ({ property }: Case, entry: EntryJson): number => minor(entry.amount, property.currency);

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
      mailsOf(lived).map((mail) => mail.key),
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

/** The rent that stood in the cell when a period's charge was written; what stands there now for one still to come. */
function cellAt({ lived, lease, entries }: Case): (from: DayText) => number {
  const edits = lived.past.rents.filter((edit) => edit.lease === lease.id);
  return (from) => {
    const posted = entries.find(
      (entry) => entry.kind === 'charge' && entry.type === 'rent' && entry.about === null && entry.from === from,
    );
    const atMs = posted === undefined ? Number.POSITIVE_INFINITY : Date.parse(posted.postedAt);
    return edits.filter((edit) => edit.atMs <= atMs).at(-1)?.rentCents ?? lease.rentCents;
  };
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

interface Truth {
  readonly id: string;
  readonly lease: string | undefined;
  readonly atMs: number;
  readonly status: 'settled' | 'pending' | 'failed' | 'nothing';
  readonly amountCents: number;
  readonly reversals: readonly { readonly atMs: number; readonly amountCents: number; readonly takes: boolean }[];
}

/** The platform's own view of every payment, read from its account and not from our books. */
function truthOf({ world, plan }: Lived): Truth[] {
  const { objects } = world.vendorState<StripeState>('stripe');
  const all = (kind: string): StripeObject[] => Object.values(objects[kind] ?? {});
  const owner = new Map(plan.leases.map((lease) => [lease.email, lease.id]));
  const customers = new Map(plan.links.map((link) => [link.id, link.lease]));
  return all('payment_intent').map((intent) => {
    const charge = objects.charge?.[String(intent.latest_charge)];
    const lease =
      intent.metadata?.lease_id ?? customers.get(String(intent.customer)) ?? owner.get(String(intent.receipt_email));
    const refunds = all('refund').filter(
      (each) => each.payment_intent === intent.id && !['failed', 'canceled'].includes(String(each.status)),
    );
    const disputes = all('dispute').filter((each) => each.payment_intent === intent.id);
    return {
      id: intent.id,
      lease,
      atMs: Number(charge?.created ?? intent.created) * 1000,
      status: statusOf(intent),
      amountCents: Number(intent.amount),
      reversals: [...refunds, ...disputes].map((each) => ({
        atMs: each.created * 1000,
        amountCents: Number(each.amount),
        takes: each.status !== 'won',
      })),
    };
  });
}

function statusOf(intent: StripeObject): Truth['status'] {
  if (intent.status === 'succeeded') return 'settled';
  if (intent.status === 'processing') return 'pending';
  return intent.last_payment_error || intent.status === 'canceled' ? 'failed' : 'nothing';
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

// ---------------------------------------------------------------- fees

function feeFaults(one: Case): string[] {
  const fees = one.entries.filter((entry) => entry.type === 'late fee' && entry.kind === 'charge');
  const voids = one.entries.filter((entry) => entry.kind === 'credit' && fees.some((fee) => fee.key === entry.about));
  const charges = one.entries.filter(
    (entry) => entry.kind === 'charge' && entry.type === 'rent' && entry.about === null,
  );
  const stray = fees
    .filter((fee) => !charges.some((charge) => charge.key === fee.about))
    .map((fee) => `${fee.key} is for no charge of rent`);
  return [...stray, ...charges.flatMap((charge) => oneFee(one, charge, fees, voids)), ...returnFeeFaults(one)];
}

function oneFee(one: Case, charge: EntryJson, fees: readonly EntryJson[], voids: readonly EntryJson[]): string[] {
  const mine = fees.filter((fee) => fee.about === charge.key);
  const taken = voids.filter((credit) => mine.some((fee) => fee.key === credit.about));
  const net = total([...mine, ...taken].map((entry) => moneyOf(one, entry)));
  const { property } = one;
  const law = LAWS[property.jurisdiction];
  const feeDay = agreedFeeDay(charge.due ?? '', property);
  const faults: string[] = [];
  const tell = (what: string) => faults.push(`${one.lease.id}: ${charge.key} ${what}`);
  if (property.fee.kind !== 'growing' && mine.length - taken.length > 1)
    tell(`has ${mine.length} fees and ${taken.length} withdrawals`);
  if (net !== 0 && property.fee.kind === 'none') tell('has a fee that nobody agreed on');
  if (net !== 0 && !law && !property.confirmed) tell('has a fee on terms that nobody confirmed');
  if (law && net > Math.ceil(law.most(rentOn(one, charge)))) tell(`has fees of ${net}, more than the law allows`);
  for (const fee of mine) {
    if (fee.day < feeDay) tell(`has a fee on ${fee.day}, before the grace ends on ${feeDay}`);
    if (law && fee.day < shift(charge.due ?? '', law.lateness))
      tell(`has a fee on ${fee.day}, before the law allows one`);
  }
  if (net !== 0 && paidInTime(one, charge, feeDay)) tell(`was paid in time and has fees of ${net}`);
  const should = mustHaveFee(one, charge, feeDay) ? feeOf(property, rentOn(one, charge)) : undefined;
  if (should !== undefined && net !== should) tell(`was never paid: its fee must be ${should} and is ${net}`);
  return faults;
}

const rentOn = (one: Case, charge: EntryJson): number =>
  rateOf(one.lease, one.lived.plan.terms, 'rent', cellAt(one)(charge.from ?? ''))(charge.from ?? '');

const paidBefore = (one: Case, day: DayText): Truth[] =>
  truthOf(one.lived).filter((each) => each.lease === one.lease.id && wallClock(each.atMs, one.property.zone).day < day);

/** True when, oldest first, the money sent before the first fee day pays this charge and all that fell due up to its day. */
function paidInTime(one: Case, charge: EntryJson, feeDay: DayText): boolean {
  if (
    one.lease.allocation !== '' ||
    truthOf(one.lived).some((each) => each.lease === one.lease.id && each.reversals.length > 0)
  )
    return false;
  const paid = total(
    paidBefore(one, feeDay)
      .filter((each) => each.status === 'settled')
      .map((each) => each.amountCents),
  );
  const owed = one.entries.filter((entry) => entry.kind === 'charge' && (entry.due ?? '') <= (charge.due ?? ''));
  return paid >= total(owed.map((entry) => moneyOf(one, entry)));
}

/** True when nothing at all stood in the way: agreed and confirmed, no law, no money, no credit, no hold, and the day is long past. */
function mustHaveFee(one: Case, charge: EntryJson, feeDay: DayText): boolean {
  const { lived, lease, property, entries } = one;
  const free = property.confirmed && LAWS[property.jurisdiction] === undefined;
  const held = lived.past.holds.some((hold) => hold.lease === lease.id);
  const credited =
    entries.some((entry) => entry.kind === 'credit') ||
    entries.some((entry) => entry.about === charge.key && entry.type !== 'late fee');
  return free && !held && !credited && feeDay < shift(one.today, -1) && paidBefore(one, feeDay).length === 0;
}

function returnFeeFaults(one: Case): string[] {
  const fees = one.entries.filter((entry) => entry.type === 'returned payment fee');
  return fees.flatMap((fee) => [
    ...(fees.filter((each) => each.about === fee.about).length > 1 ? [`${fee.about} has two return fees`] : []),
    ...(moneyOf(one, fee) > one.property.returnedCents ? [`${fee.key} is more than was agreed`] : []),
  ]);
}

// ---------------------------------------------------------------- mails

interface Mail {
  readonly key: string;
  readonly atMs: number;
  readonly to: string;
}

export function mailsOf({ world }: Lived): Mail[] {
  return world.mailbox
    .filter((mail) => mail.labelIds.includes('SENT'))
    .map((mail) => ({ key: keyOf(mail.raw), atMs: mail.date, to: mail.to }));
}

function keyOf(raw: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const text = /^X-Rent-Ledger-Key: (.*)$/im.exec(head)?.[1] ?? '';
  // A long key is folded into encoded words; the blanks between two of them are no part of it.
  return text.replace(/\?=\s+=\?/g, '?==?').trim();
}

function quietFaults(lived: Lived): string[] {
  const { plan } = lived;
  const zoneOf = (mail: Mail): string | undefined => {
    const lease = plan.leases.find((each) => each.email === mail.to);
    const name = lease?.property ?? plan.properties.find((each) => mail.key.includes(`digest:${each.name}`))?.name;
    return plan.properties.find((each) => each.name === name)?.zone;
  };
  return mailsOf(lived).flatMap((mail) => {
    const zone = zoneOf(mail);
    if (zone === undefined) return [];
    const { hour } = wallClock(mail.atMs, zone);
    return hour >= 21 || hour < 8
      ? [`${mail.key} left at ${hour}:00 of ${zone}, ${new Date(mail.atMs).toISOString()}`]
      : [];
  });
}

const LATE = /^email:(late|late-second|final-notice):/;

/** No demand reaches a resident who had paid by what the poll before could see, who is on hold, or who wants no mail. */
function mailFaults(one: Case): string[] {
  const { lived, lease, property } = one;
  const mails = mailsOf(lived).filter((mail) => mail.to === lease.email);
  const unwanted = lease.notify === 'none' ? mails.map((mail) => `${mail.key} went to a resident who wants none`) : [];
  const demands = mails.filter((mail) => LATE.test(mail.key));
  const wrong = demands.flatMap((mail) => {
    const day = wallClock(mail.atMs, property.zone).day;
    const hold = lived.past.holds.filter((each) => each.lease === lease.id && each.atMs < mail.atMs).at(-1);
    if (hold !== undefined && hold.until >= day)
      return [`${mail.key} left while the lease was on hold until ${hold.until}`];
    const owed = owedAt(one, mail.atMs, day);
    return owed > 0 ? [] : [`${mail.key} left on ${day} although the platform shows ${-owed} more than was due`];
  });
  return [...unwanted, ...wrong];
}

function owedAt(one: Case, atMs: number, day: DayText): number {
  const seenMs = one.lived.past.goodPollsMs.filter((each) => each < atMs).at(-1) ?? 0;
  const due = one.entries.filter(
    (entry) =>
      ['charge', 'credit'].includes(entry.kind) &&
      Date.parse(entry.postedAt) <= atMs &&
      (entry.due ?? entry.day) <= day,
  );
  const truths = truthOf(one.lived).filter(
    (each) => each.lease === one.lease.id && each.status !== 'failed' && each.status !== 'nothing',
  );
  const paid = truths.filter((each) => each.atMs < seenMs - 60_000);
  const back = truths.flatMap((each) => each.reversals).filter((each) => each.atMs <= atMs);
  return (
    total(due.map((entry) => moneyOf(one, entry))) -
    total(paid.map((each) => each.amountCents)) +
    total(back.map((each) => each.amountCents))
  );
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
