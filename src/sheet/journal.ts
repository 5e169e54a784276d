/** The Ledger's rows: an entry becomes cells and is read back the same. */
import { type Entry, effectCents, type Item } from '../domain/book';
import { cents, decimal, fromNumber, parseAmount } from '../domain/money';
import {
  type Cents,
  type Currency,
  currency as currencyOf,
  type Day,
  type Key,
  key,
  leaseId,
  never,
  propertyName,
} from '../domain/values';
import type { Cell } from '../ports';
import { instantFrom, isoOf, moneyCell, textOf } from './cells';
import { planFrom, planType } from './plan-text';

const SEPARATOR = '; ';

/** `rent:L-104:2026-12 = 600.00 of 1200.00 (rent, due 2026-12-01)`, one after another. */
export const itemsText = (items: readonly Item[], currency: Currency): string =>
  items
    .map(
      (item) =>
        `${item.charge} = ${decimal(item.amountCents, currency)} of ${decimal(item.ofCents, currency)} (${item.type}, due ${item.due})`,
    )
    .join(SEPARATOR);

const ITEM = /^(.*) = (-?[\d.]+) of ([\d.]+) \((.*), due (\d{4}-\d\d-\d\d)\)$/;

/** The reverse of {@link itemsText}; undefined when somebody has written in it. */
export function itemsFrom(text: string, currency: Currency): readonly Item[] | undefined {
  if (text === '') return [];
  const items: Item[] = [];
  for (const part of text.split(SEPARATOR)) {
    const match = ITEM.exec(part);
    const amount = match && parseAmount(match[2] ?? '', currency);
    const of = match && parseAmount(match[3] ?? '', currency);
    if (!match || amount === undefined || amount === null || of === undefined || of === null) return undefined;
    items.push({
      charge: key(match[1] ?? ''),
      amountCents: amount,
      ofCents: of,
      type: match[4] ?? '',
      due: match[5] as Day,
    });
  }
  return items;
}

interface Parts {
  readonly type: string;
  readonly amountCents: Cents;
  readonly due?: Day;
  readonly from?: Day;
  readonly until?: Day;
  readonly rateCents?: Cents;
  readonly about?: string;
  readonly items?: readonly Item[];
}

function partsOf(entry: Entry): Parts {
  const amountCents = effectCents(entry);
  switch (entry.kind) {
    case 'charge':
      return { ...entry, amountCents };
    case 'receipt':
      return { type: '', amountCents, about: entry.receipt, items: entry.items };
    case 'credit':
      return { ...entry, amountCents };
    case 'reversal':
      return { type: entry.reason, amountCents, about: entry.receipt, items: entry.items };
    case 'reinstatement':
      return { type: entry.about, amountCents, about: entry.receipt, items: entry.items, from: entry.from };
    case 'allocation':
      return { type: '', amountCents, about: entry.receipt, items: entry.items };
    case 'due':
      return { type: '', amountCents, due: entry.due, from: entry.was, about: entry.about };
    case 'deposit':
      return { type: entry.type, amountCents, rateCents: entry.amountCents };
    case 'rung':
    case 'release':
      return { type: entry.rung, amountCents, about: entry.about };
    case 'pause':
      return { type: `${entry.type} ${entry.begins ? 'begins' : 'ends'}`, amountCents, about: entry.about };
    case 'plan':
      return { ...entry, type: planType(entry), amountCents };
    default:
      return never(entry);
  }
}

/** Cells in the order of the Ledger's columns. */
export function entryCells(entry: Entry): Cell[] {
  const { type, amountCents, due, from, until, rateCents, about, items } = partsOf(entry);
  return [
    entry.key,
    isoOf(entry.postedAt),
    entry.day,
    entry.property,
    entry.lease,
    entry.kind,
    type,
    moneyCell(amountCents, entry.currency),
    entry.currency,
    due ?? '',
    from ?? '',
    until ?? '',
    rateCents === undefined ? '' : moneyCell(rateCents, entry.currency),
    about ?? '',
    itemsText(items ?? [], entry.currency),
    entry.why,
    entry.by,
  ];
}

/** Reads cells in the order of the Ledger's columns; undefined when they are no entry that this add-on wrote. */
export function entryFrom(cells: readonly Cell[]): Entry | undefined {
  const [
    id,
    posted,
    day,
    property,
    lease,
    kind,
    type,
    amount,
    code,
    due,
    from,
    until,
    rate,
    about,
    allocated,
    why,
    by,
  ] = cells.map((cell) => cell);
  const currency = currencyOf(textOf(code));
  const effect = typeof amount === 'number' ? fromNumber(amount, currency) : undefined;
  const postedAt = instantFrom(posted);
  const items = itemsFrom(textOf(allocated), currency);
  if (effect === undefined || postedAt === undefined || !items || textOf(id) === '') return undefined;
  const rateCents = typeof rate === 'number' ? fromNumber(rate, currency) : undefined;
  const base = {
    key: key(textOf(id)),
    postedAt,
    day: textOf(day) as Day,
    property: propertyName(textOf(property)),
    lease: leaseId(textOf(lease)),
    currency,
    why: String(why ?? ''),
    by: textOf(by),
  };
  const span = {
    ...(textOf(from) ? { from: textOf(from) as Day } : {}),
    ...(textOf(until) ? { until: textOf(until) as Day } : {}),
  };
  const fields = {
    ...span,
    ...(rateCents === undefined ? {} : { rateCents }),
    ...(textOf(about) ? { about: key(textOf(about)) } : {}),
  };
  return withKind(textOf(kind), textOf(type), base, cents(Math.abs(effect)), items, fields, textOf(due));
}

type Base = Pick<Entry, 'key' | 'postedAt' | 'day' | 'property' | 'lease' | 'currency' | 'why' | 'by'>;
type Fields = { readonly from?: Day; readonly until?: Day; readonly rateCents?: Cents; readonly about?: Key };

function withKind(
  kind: string,
  type: string,
  base: Base,
  amountCents: Cents,
  items: readonly Item[],
  fields: Fields,
  due: string,
): Entry | undefined {
  const about = fields.about ?? key('');
  switch (kind) {
    case 'charge':
      return { ...base, ...fields, kind, type, amountCents, due: due as Day };
    case 'receipt':
      return { ...base, kind, receipt: about, amountCents, items };
    case 'credit':
      return { ...base, ...fields, kind, type: type as (Entry & { kind: 'credit' })['type'], amountCents, items };
    case 'reversal':
      return {
        ...base,
        kind,
        receipt: about,
        about,
        reason: type as (Entry & { kind: 'reversal' })['reason'],
        amountCents,
        items,
      };
    case 'reinstatement':
      return { ...base, kind, receipt: about, about: key(type), amountCents, items, from: fields.from ?? base.day };
    case 'allocation':
      return { ...base, kind, receipt: about, items };
    case 'due':
      return { ...base, kind, about, due: due as Day, was: fields.from ?? (due as Day) };
    case 'deposit':
      return {
        ...base,
        kind,
        type: type as (Entry & { kind: 'deposit' })['type'],
        amountCents: fields.rateCents ?? cents(0),
      };
    case 'rung':
    case 'release':
      return { ...base, kind, rung: type, about };
    case 'pause':
      return {
        ...base,
        kind,
        type: type.startsWith('plan') ? 'plan' : 'dispute',
        begins: type.endsWith('begins'),
        ...(fields.about ? { about: fields.about } : {}),
      };
    case 'plan':
      return planFrom(type, { ...base, kind, items, about: fields.about, due: due as Day | '' });
    default:
      return undefined;
  }
}
