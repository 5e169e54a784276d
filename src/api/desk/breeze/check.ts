/** A file that was exported from Breeze beside the ledger: what agrees, what differs, and payments that only one of them has. */

import type { Exported, ExportedLine } from '../../../connectors/yardi-breeze/csv/read';
import { dayText } from '../../../domain/acts/words';
import type { ReceiptRow } from '../../../domain/book';
import { daysBetween, localDay } from '../../../domain/calendar';
import { moneyText } from '../../../domain/fee-words';
import { minus } from '../../../domain/money';
import type { Cents, Currency, Day } from '../../../domain/values';
import type { Place } from '../../account';
import type { BreezeCheck, BreezeRow } from './files';
import { isTheirs, type LedgerLine } from './lines';
import { compareOurs, labelOf, notThere } from './ours';
import { type TheirPayment, theirPayments } from './theirs';
import type { Whose } from './whose';

export interface Beside {
  readonly exported: Exported;
  readonly ledger: readonly LedgerLine[];
  readonly receipts: readonly ReceiptRow[];
  readonly places: readonly Place[];
  readonly whose: (line: ExportedLine) => Whose;
  readonly currency: Currency;
}

/** A payment of theirs that is not here, and whose it is. */
export interface Missing {
  readonly payment: TheirPayment;
  readonly place: Place;
}

export type Found = Omit<BreezeCheck, 'record' | 'remarks'> & { readonly missing: readonly Missing[] };

export function checked(beside: Beside): Found {
  const { exported, ledger, whose } = beside;
  const ours = compareOurs(
    exported.lines.filter((line) => line.ours !== undefined),
    ledger,
    whose,
  );
  const own = exported.lines.filter((line) => line.ours === undefined);
  const { payments, strays } = theirPayments(own.filter(({ kind }) => kind === 'receipt'));
  const met = new Set([...ours.seen].flatMap(({ receipt }) => receipt ?? []));
  // First whatever is known, so that the next payment of the same amount is not taken for it.
  for (const payment of payments) {
    const place = whose(payment.line);
    const known = 'lease' in place && knownAs(payment, place, beside.receipts);
    if (known) met.add(known.key);
  }
  const judged = payments.map((payment) => judge(payment, beside, met));
  const span = spanOf(exported.lines.filter(({ kind }) => kind === 'receipt'));
  const properties = propertiesOf(beside, [...ours.seen]);
  const isSpanned = (day: Day, property: string) =>
    span !== undefined && day >= span.from && day <= span.until && properties.includes(property);
  const left = ledger.filter(
    (line) => line.kind === 'receipt' && !ours.seen.has(line) && isSpanned(line.day, line.property),
  );
  return {
    ...span,
    properties,
    agree: ours.agree + judged.filter((each) => each === 'agrees').length,
    charges: own.filter(({ kind }) => kind === 'charge').length,
    rows: [
      ...ours.rows,
      ...judged.flatMap((each) => (typeof each === 'object' && 'says' in each ? [each] : [])),
      ...strays.map((line) => rowFor(line, line.amountCents, beside, STRAY)),
      ...notThere(left),
      ...theirsGone(beside, met, isSpanned),
    ],
    problems: exported.problems,
    missing: judged.flatMap((each) => (typeof each === 'object' && 'payment' in each ? [each] : [])),
  };
}

const STRAY = 'It takes back a payment that the file does not have. Enter here what it means.';
const NAMELESS = 'It has neither a control number nor a reference. Record it by hand.';
const WENT_BACK = 'It came and went back. There is nothing to record.';
const TAKEN_BACK = 'It was taken back here, and is not offered again.';

function spanOf(lines: readonly ExportedLine[]): { readonly from: Day; readonly until: Day } | undefined {
  const days = lines.map(({ day }) => day).sort();
  const [from, until] = [days[0], days[days.length - 1]];
  return from && until ? { from, until } : undefined;
}

function propertiesOf({ exported, whose }: Beside, seen: readonly LedgerLine[]): readonly string[] {
  const lines = exported.lines.filter(({ kind }) => kind === 'receipt').map(whose);
  const named = lines.flatMap((each) => ('lease' in each ? [each.property.name] : []));
  return [...new Set<string>([...named, ...seen.map(({ property }) => property)])].sort();
}

/** `met` are the receipts here that a line of the file answers for. */
function judge(payment: TheirPayment, beside: Beside, met: ReadonlySet<string>): 'agrees' | BreezeRow | Missing {
  const { line, amountCents, name, back } = payment;
  const say = (says: string, kind: BreezeRow['kind'] = 'look') => rowFor(line, amountCents, beside, says, kind);
  const place = beside.whose(line);
  if ('reason' in place) return say(place.reason);
  const known = knownAs(payment, place, beside.receipts);
  if (known) {
    const says = differenceOf(payment, known, place);
    return says === '' ? 'agrees' : say(says, known.state === 'taken back' ? 'look' : 'differs');
  }
  if (back) return say(WENT_BACK);
  if (name === '') return say(NAMELESS);
  const twin = twinOf(payment, place, beside.receipts, met);
  if (!twin) return { payment, place };
  const amount = moneyText(twin.amountCents, twin.currency);
  return say(`${amount} (${twin.externalId}) is here, near that day. If it is another payment, record it by hand.`);
}

/** As a file, a gateway or Voyager has brought it here before; what still counts comes first. */
function knownAs({ line, name }: TheirPayment, place: Place, receipts: readonly ReceiptRow[]): ReceiptRow | undefined {
  const byHand = name === '' ? '' : `other-${name.replace(/[^\p{L}\p{N}._#-]+/gu, '-').replace(/-+$/, '')}`;
  const found = receipts.filter(
    (row) =>
      (line.id !== '' && row.source === 'yardi-breeze' && row.externalId === line.id) ||
      (byHand !== '' &&
        row.externalId === byHand &&
        // The number that its key has is that of the lease for which it was recorded, wherever it lies now.
        (row.lease === place.lease.id || row.key.startsWith(`manual:${place.lease.id}:`)) &&
        // A check's number is the household's own, and may come again.
        (line.id !== '' || localDay(row.initiatedAt, place.property.zone) === line.day)),
  );
  return found.find(({ state }) => state !== 'taken back') ?? found[0];
}

function differenceOf({ line, amountCents, back }: TheirPayment, row: ReceiptRow, { property }: Place): string {
  if (row.state === 'taken back') return back ? '' : TAKEN_BACK;
  if (row.state === 'failed') return back ? '' : 'It failed here.';
  const isGone = row.reversedCents >= row.amountCents || row.state === 'not rent';
  if (back && isGone) return '';
  if (back)
    return `It went back there on ${dayText(back.day)} (line ${back.line}), and still counts here. Take it back on its lease.`;
  const says: string[] = [];
  const day = localDay(row.initiatedAt, property.zone);
  if (amountCents !== row.amountCents) says.push(`${moneyText(row.amountCents, row.currency)} here.`);
  if (line.day !== day) says.push(`Its day is ${dayText(day)} here.`);
  if (row.reversedCents > 0) says.push(`${moneyText(row.reversedCents, row.currency)} of it went back here.`);
  return says.join(' ');
}

const NEAR_DAYS = 3;
const GONE: readonly string[] = ['taken back', 'failed'];

/** The same money may be entered on both sides: it is a person who can tell. */
function twinOf(
  { line, amountCents }: TheirPayment,
  { lease, property }: Place,
  receipts: readonly ReceiptRow[],
  met: ReadonlySet<string>,
): ReceiptRow | undefined {
  return receipts.find(
    (row) =>
      row.lease === lease.id &&
      row.amountCents === amountCents &&
      !GONE.includes(row.state) &&
      !met.has(row.key) &&
      Math.abs(daysBetween(localDay(row.initiatedAt, property.zone), line.day)) <= NEAR_DAYS,
  );
}

function rowFor(
  line: ExportedLine,
  amountCents: Cents,
  { whose, currency }: Beside,
  says: string,
  kind: BreezeRow['kind'] = 'look',
): BreezeRow {
  const place = whose(line);
  const isKnown = 'lease' in place;
  return {
    kind,
    line: line.line,
    ...(isKnown ? { lease: place.lease.id } : {}),
    label: isKnown ? labelOf({ property: place.property.name, unit: place.lease.unit }) : labelOf(line) || line.tenant,
    amount: { cents: amountCents, currency },
    on: line.day,
    reference: [line.id, line.reference].filter((text) => text !== '').join(', '),
    says,
  };
}

/** What was recorded from Breeze, and is not there any more. */
function theirsGone(
  { receipts, places }: Beside,
  met: ReadonlySet<string>,
  isSpanned: (day: Day, property: string) => boolean,
): readonly BreezeRow[] {
  const byId = new Map(places.map((place) => [place.lease.id, place]));
  return receipts.flatMap((row): readonly BreezeRow[] => {
    const place = row.lease && byId.get(row.lease);
    if (!place || !isTheirs(row.key) || met.has(row.key) || GONE.includes(row.state)) return [];
    const on = localDay(row.initiatedAt, place.property.zone);
    const left = minus(row.amountCents, row.reversedCents);
    if (left <= 0 || !isSpanned(on, place.property.name)) return [];
    return [
      {
        kind: 'not there',
        lease: place.lease.id,
        label: labelOf({ property: place.property.name, unit: place.lease.unit }),
        amount: { cents: left, currency: row.currency },
        on,
        reference: row.externalId,
        says: 'It came from Breeze, and the file does not have it any more.',
      },
    ];
  });
}
