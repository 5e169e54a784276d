/**
 * A small text language for stories of one property. `retell` plays a story with the real decisions and gives it back with
 * what happened in place of what was expected, so that a test compares the two texts. Clauses are two spaces apart:
 *
 *     property law US-TX unconfirmed zone America/Chicago
 *     lease L1 rent 1200.00 due 1 grace 5 fee 50.00
 *     until 2026-12-07  standing L1 late 6 days  charge rent:L1:2026-12 1200.00, fee:rent:L1:2026-12 50.00  send due-today, late
 *     receipt stripe:p1 L1 1250.00 settled
 *     day 2026-12-08  standing L1 paid  send nothing
 *
 * `until` lets every day come, `day` only that one (the days between had an outage). What a line does not name is not compared.
 */
import { itemOf } from '../../src/domain/allocation';
import type { Lease, PaymentReversal, PaymentSeen, Term } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { decimal, parseAmount } from '../../src/domain/money';
import { standingWords } from '../../src/domain/standing';
import { type Cents, currency, type Day, key, leaseId } from '../../src/domain/values';
import {
  commitEntry,
  entryStem,
  fault,
  leaseFrom,
  newWorld,
  nothingTold,
  propertyFrom,
  runDay,
  see,
  standingIn,
  stateIn,
  type Told,
  type World,
} from './small-world';

/** Words of a line; a value of several words stands in double quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');

/** `rent 1200.00 due 1 autopay` as a map; a flag has no value. */
export function optionsOf(words: readonly string[], flags: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const name = words[i] as string;
    if (flags.includes(name)) options.set(name, 'yes');
    else options.set(name, words[++i] ?? fault(`"${name}" has no value`));
  }
  return options;
}

/** The story with what happened. */
export function retell(story: string): string {
  const world = newWorld();
  const told = nothingTold();
  const lines = tidy(story).split('\n');
  return lines.map((line) => tell(world, told, line)).join('\n');
}

/** Without the margins that a template literal has. */
export const tidy = (story: string): string =>
  story
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

function tell(world: World, told: Told, line: string): string {
  const [verb, ...rest] = wordsOf(line);
  switch (verb) {
    case 'property':
      world.property = propertyFrom(world.property, optionsOf(rest, ['unconfirmed']));
      return line;
    case 'lease':
      world.leases.push(leaseFrom(world, rest[0] ?? fault(line), optionsOf(rest.slice(1), ['autopay'])));
      return line;
    case 'day':
    case 'until':
      return dayLine(world, told, line, verb === 'until');
    case 'receipt':
      receiptLine(world, told, rest);
      return line;
    default:
      personLine(world, wordsOf(line), line);
      return line;
  }
}

/** What a person does between two days. */
function personLine(world: World, words: readonly string[], line: string): void {
  const [verb, id = '', what = '', ...more] = words;
  const lease = world.leases.find((each) => each.id === id) ?? fault(`"${line}" names no lease`);
  const change = (changed: Partial<Lease>): void => {
    world.leases.splice(world.leases.indexOf(lease), 1, { ...lease, ...changed });
  };
  const about = more[0] ? { about: key(more[0]) } : {};
  const stem = entryStem(world, lease, `${line.replace(/\s+/g, ':')}:${world.journal.length}`);
  if (verb === 'term') world.terms.set(lease.id, [...(world.terms.get(lease.id) ?? []), termOf(world, id, what, more)]);
  else if (verb === 'hold') change({ holdUntil: what === 'off' ? undefined : day(what) });
  else if (verb === 'end') change({ end: what === 'off' ? undefined : day(what) });
  else if (verb === 'confirm') change({ fees: { ...lease.fees, confirmed: true } });
  else if (verb === 'plan' || verb === 'dispute')
    commitEntry(world, { ...stem, kind: 'pause', type: verb, begins: what === 'begins', ...about });
  else if (verb === 'release')
    commitEntry(world, { ...stem, kind: 'release', rung: what, about: key(more[0] ?? fault(line)) });
  else if (verb === 'waive') {
    const charge = stateIn(world, lease.id).charges.find((each) => each.key === what) ?? fault(line);
    const amountCents = amount(world, more[0] ?? fault(line));
    const items = [itemOf(charge, amountCents)];
    commitEntry(world, { ...stem, kind: 'credit', type: 'waiver', about: charge.key, amountCents, items });
  } else if (verb === 'deposit') {
    const type = what === 'withheld' ? 'withheld' : 'refunded';
    commitEntry(world, { ...stem, kind: 'deposit', type, amountCents: amount(world, more[0] ?? fault(line)) });
  } else fault(`"${line}": no such verb`);
}

const amount = (world: World, text: string): Cents =>
  parseAmount(text, world.property.currency) ?? fault(`"${text}" is no amount`);

/** `parking 50.00 from 2026-12-01 until 2027-02-28`, `key 15.00 from 2026-12-03 once`. */
function termOf(world: World, lease: string, type: string, [cents = '', ...rest]: readonly string[]): Term {
  const options = optionsOf(rest, ['once']);
  const until = options.get('until');
  return {
    row: 2,
    lease: leaseId(lease),
    type: type.replace(/_/g, ' '),
    amountCents: amount(world, cents),
    from: day(options.get('from') ?? fault('a term has no from')),
    ...(until ? { until: day(until) } : {}),
    every: options.has('once') ? 'once' : 'period',
    memo: options.get('memo') ?? '',
  };
}

// ---------------------------------------------------------------- money

const STATES = ['pending', 'settled', 'failed'] as const;

/** `stripe:p1 L1 1250.00 settled on 2026-12-05`, then `stripe:p1 returned`. */
function receiptLine(world: World, told: Told, words: readonly string[]): void {
  const { payment, at } = paymentIn(world, words);
  see(world, told, [payment], at);
}

/** The payment as its source tells it after such a line, at six in the evening. */
export function paymentIn(world: World, words: readonly string[]): { payment: PaymentSeen; at: PaymentReversal['at'] } {
  const [id = '', ...rest] = words;
  const known = world.payments.get(key(id));
  const at = instantOf(world.today, 18, 0, world.property.zone);
  const payment = known ? changed(known, rest, at, world) : opened(world, id, rest);
  world.payments.set(payment.key, payment);
  return { payment, at };
}

function opened(
  world: World,
  id: string,
  [lease = '', cents = '', state = '', ...rest]: readonly string[],
): PaymentSeen {
  const options = optionsOf(rest, []);
  const on = options.has('on') ? day(options.get('on') as string) : world.today;
  const known = STATES.find((each) => each === state);
  if (!known) fault(`a payment begins ${STATES.join(', ')}, not "${state}"`);
  return {
    key: key(id),
    source: id.split(':')[0] ?? '',
    externalId: id.split(':')[1] ?? '',
    amountCents: amount(world, cents),
    currency: currency(options.get('in') ?? world.property.currency),
    state: known,
    initiatedAt: instantOf(on, 12, 0, world.property.zone),
    leaseRef: lease,
    reversals: [],
  };
}

function changed(
  payment: PaymentSeen,
  [what = '', cents]: readonly string[],
  at: PaymentReversal['at'],
  world: World,
): PaymentSeen {
  const state = STATES.find((each) => each === what);
  if (state) return { ...payment, state };
  const dispute = payment.reversals.find((each) => each.reason === 'disputed');
  const others = payment.reversals.filter((each) => each !== dispute);
  if (what === 'won' || what === 'lost') {
    if (!dispute) fault(`${payment.key} has no dispute`);
    return { ...payment, reversals: [...others, { ...dispute, state: what }] };
  }
  const reason = (['returned', 'disputed', 'refunded'] as const).find((each) => each === what);
  if (!reason) fault(`"${what}" does not happen to a payment`);
  const reversal: PaymentReversal = {
    key: key(`${payment.key}:${reason}:${payment.reversals.length}`),
    reason,
    state: reason === 'disputed' ? 'open' : 'final',
    amountCents: cents ? amount(world, cents) : payment.amountCents,
    at,
    detail: '',
  };
  return { ...payment, reversals: [...payment.reversals, reversal] };
}

// ---------------------------------------------------------------- days, and what is told of them

function dayLine(world: World, told: Told, line: string, everyDay: boolean): string {
  const [head = '', ...clauses] = line.split(/ {2,}/);
  const to: Day = day(head.split(' ')[1] ?? fault(line));
  const next = world.begun ? addDays(world.today, 1) : firstDay(world);
  const first = everyDay ? next : to;
  for (let at = first; at <= to; at = addDays(at, 1)) runDay(world, told, at);
  const happened = clauses.map((clause) => clauseOf(world, told, clause));
  for (const list of Object.values(told)) list.length = 0;
  return [head, ...happened].join('  ');
}

/** The first lease's first day: nobody is reminded before. */
const firstDay = (world: World): Day =>
  world.leases.reduce<Day>((first, lease) => (lease.start < first ? lease.start : first), day('9999-12-31'));

const listed = (words: readonly string[]) => (words.length === 0 ? 'nothing' : words.join(', '));

function clauseOf(world: World, told: Told, clause: string): string {
  const [kind, id = ''] = clause.split(' ');
  const money = (cents: number) => decimal(cents as Cents, world.property.currency);
  switch (kind) {
    case 'standing':
      return `standing ${id} ${standingWords(standingIn(world, leaseId(id)))}`;
    case 'balance':
      return `balance ${id} ${money(stateIn(world, leaseId(id)).balanceCents)}`;
    case 'held':
      return `held ${id} ${money(stateIn(world, leaseId(id)).depositHeldCents)}`;
    case 'open':
      return `open ${id} ${listed(openWords(world, id, money))}`;
    case 'charge':
      return `charge ${listed(told.charges)}`;
    case 'credit':
      return `credit ${listed(told.credits)}`;
    case 'send':
      return `send ${listed(told.sends)}`;
    case 'task':
      return `task ${listed(told.tasks)}`;
    case 'collect':
      return `collect ${listed(told.collects)}`;
    case 'rung':
      return `rung ${listed(told.rungs)}`;
    case 'receipts':
      return `receipts ${listed([...world.receipts.values()].map((row) => `${row.key} ${row.state}`))}`;
    default:
      return fault(`"${clause}": no such clause`);
  }
}

/** Unpaid charges with their first due dates: a reopened charge is as old as it was. */
const openWords = (world: World, id: string, money: (cents: number) => string): string[] =>
  stateIn(world, leaseId(id))
    .charges.filter((charge) => charge.openCents > 0)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.key < b.key ? -1 : 1))
    .map((charge) => `${charge.key} ${money(charge.openCents)} due ${charge.due}`);
