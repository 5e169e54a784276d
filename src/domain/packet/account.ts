/** The parts of a packet that follow from rows of the Ledger: statement, charges, disputes and plans. */
import { type Entry, effectCents } from '../book';
import { decimal, sum } from '../money';
import type { Cents, Currency, Day } from '../values';
import { LEDGER_HEADERS, type PartRow } from './parts';

export interface Period {
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}

export const isIn = ({ from, until }: Period, day: string): boolean =>
  (from === undefined || day >= from) && (until === undefined || day <= until);

/** What was owed before the first day of the period. */
export const openingCents = (entries: readonly Entry[], { from }: Period): Cents =>
  sum(entries.filter(({ day }) => from !== undefined && day < from).map(effectCents));

/** In the order of the journal. A row that moves no money stands among the rows of the Ledger only. */
export function statementRows(entries: readonly Entry[], opening: Cents): readonly PartRow[] {
  let owed: number = opening;
  return entries.flatMap((entry) => {
    const effect = effectCents(entry);
    owed += effect;
    if (effect === 0) return [];
    const money = (amount: number) => decimal(amount as Cents, entry.currency);
    return [
      [
        entry.day,
        whatOf(entry),
        effect > 0 ? money(effect) : '',
        effect < 0 ? money(-effect) : '',
        money(owed),
        entry.key,
      ],
    ];
  });
}

function whatOf(entry: Entry): string {
  switch (entry.kind) {
    case 'charge':
      return `${entry.type}${spanText(entry)}`;
    case 'receipt':
      return `payment: ${entry.why}`;
    case 'credit':
      return `${entry.type}: ${entry.why}`;
    case 'reversal':
      return `taken back (${entry.reason}): ${entry.why}`;
    case 'reinstatement':
      return `counts again: ${entry.why}`;
    default:
      return `${entry.kind}: ${entry.why}`;
  }
}

const spanText = ({ from, until }: { readonly from?: Day; readonly until?: Day }): string =>
  from && until ? `, from ${from} until before ${until}` : '';

export const chargeRows = (entries: readonly Entry[]): readonly PartRow[] =>
  entries.flatMap((entry) =>
    entry.kind === 'charge'
      ? [
          [
            entry.due,
            entry.type,
            entry.from && entry.until ? `${entry.from} until before ${entry.until}` : (entry.about ?? ''),
            decimal(entry.amountCents, entry.currency),
            entry.why,
            entry.key,
          ],
        ]
      : [],
  );

const cellIn =
  (row: PartRow) =>
  (header: string): string =>
    row[LEDGER_HEADERS.findIndex((each) => each.header === header)] ?? '';

/** Disputed lines and plans, disputes of payments at their source among them, from rows of the Ledger as text. */
export const matterRows = (ledger: readonly PartRow[]): readonly PartRow[] =>
  ledger.flatMap((row) => {
    const cell = cellIn(row);
    const matter = matterOf(cell('Kind'), cell('Type'));
    return matter === undefined ? [] : [[cell('Day'), matter, cell('About'), cell('Why'), cell('By'), '', cell('Key')]];
  });

function matterOf(kind: string, type: string): string | undefined {
  if (kind === 'pause') return type;
  if (kind === 'plan') return `plan ${type}`;
  if (kind === 'reversal' && (type === 'disputed' || type === 'dispute lost')) return `payment ${type}`;
  return kind === 'reinstatement' ? 'payment dispute won' : undefined;
}

/** Entries that a person made, with the reason that was given. */
export const decidedRows = (entries: readonly Entry[], at: (entry: Entry) => string): readonly PartRow[] =>
  entries.flatMap((entry) =>
    entry.by.includes('@') && entry.kind !== 'pause'
      ? [[at(entry), entry.by, decidedWhat(entry), entry.why, `Ledger row ${entry.key}`]]
      : [],
  );

function decidedWhat(entry: Entry): string {
  const money = (amount: Cents, code: Currency) => ` ${decimal(amount, code)} ${code}`;
  switch (entry.kind) {
    case 'charge':
    case 'credit':
    case 'deposit':
      return `${entry.kind === 'credit' ? '' : `${entry.kind} `}${entry.type}${money(entry.amountCents, entry.currency)}`;
    case 'receipt':
    case 'reinstatement':
    case 'reversal':
      return `${entry.kind}${money(entry.amountCents, entry.currency)}`;
    case 'allocation':
      return 'money moved to other charges';
    case 'due':
      return `due day moved from ${entry.was} to ${entry.due}`;
    case 'rung':
    case 'release':
      return `${entry.kind} ${entry.rung}`;
    case 'plan':
      return `plan ${entry.type}`;
    default:
      return entry.kind;
  }
}
