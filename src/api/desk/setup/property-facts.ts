/** Facts of one property: checked as the Properties tab is read, and written into its row, or into a new one. */
import { parseAddress } from '../../../domain/addresses';
import { currency as currencyOf } from '../../../domain/values';
import { logLine } from '../../../domain/wishes';
import type { Cell } from '../../../ports';
import { type App, runNow } from '../../../run/app';
import { maySee } from '../../../run/person';
import { textOf } from '../../../sheet/cells';
import { currentRows } from '../../../sheet/current-rows';
import type { Loaded } from '../../../sheet/load';
import { PROPERTIES } from '../../../sheet/schema';
import { check } from '../../import-check';
import { typedCell } from '../../import-judge';
import type { FactsRefused, SetupFacts } from '../setup';
import type { Refusal } from '../told';
import { factsRefused, NO_PART, type Part, todayAt } from './part';
import { CONFIRMED, PROPERTY_COLUMNS } from './properties';

type Facts = NonNullable<SetupFacts['property']>;
type Field = keyof typeof PROPERTY_COLUMNS;
const FIELDS = Object.keys(PROPERTY_COLUMNS) as Field[];
/** What a person confirms: a change of these asks them anew. */
const TERMS_OF_FEES: readonly Field[] = [
  'jurisdiction',
  'graceDays',
  'graceRule',
  'lateFee',
  'lateFeeCap',
  'returnedFee',
];
const NAME_MAX = 120;

/** What one property's answers want written; a new name adds a row. */
export function propertyChange(app: App, loaded: Loaded, facts: Facts): Part | FactsRefused | Refusal {
  const name = facts.name.trim();
  const rows = currentRows(app.host, loaded, PROPERTIES);
  const at = rows.findIndex((row) => textOf(row.Property).toLowerCase() === name.toLowerCase());
  if (!maySee(app.person, name)) return { refused: `There is no property "${name.slice(0, 60)}" that you act on.` };
  if (name === '' || name.length > NAME_MAX) return factsRefused({ name: 'Write the name of the property, in short.' });
  const before = rows[at] ?? {};
  const changed = FIELDS.filter((field) => {
    const text = facts[field]?.trim();
    return text !== undefined && text !== textOf(before[PROPERTY_COLUMNS[field]]);
  });
  const cells = cellsOf(facts, changed, before, loaded);
  if (at < 0) cells.Property = name;
  Object.assign(cells, confirmation(app, loaded, facts, changed, before, name));
  if (Object.keys(cells).length === 0) return NO_PART;
  const candidate = { fileRow: 0, ...(at >= 0 ? { row: at + 2 } : {}), cells };
  const checked = check(loaded, PROPERTIES, rows, [candidate], []);
  const wrong = wrongFields(checked.refused[0]?.reasons ?? [], changed, facts, loaded);
  if (Object.keys(wrong).length > 0) return factsRefused(wrong);
  const lapsed = cells[CONFIRMED] === '' ? [`The fee terms of ${name} changed, so they wait to be confirmed.`] : [];
  const run = runNow(app);
  return {
    people: [{ tab: PROPERTIES, ...(at >= 0 ? { row: at + 2 } : {}), cells }],
    log: Object.entries(cells).map(([header, after]) =>
      logLine(run, 'setting', `Property ${name}: ${header}`, { before: textOf(before[header]), after: textOf(after) }),
    ),
    changed: Object.keys(cells).map((header) => (header === 'Property' ? `property ${name}` : `${header} of ${name}`)),
    notes: [...lapsed, ...checked.notes.map((note) => note.replace(/^Row \d+: /, ''))],
  };
}

function cellsOf(
  facts: Facts,
  changed: readonly Field[],
  before: Readonly<Record<string, Cell>>,
  loaded: Loaded,
): Record<string, Cell> {
  const code = facts.currency?.trim() || textOf(before.Currency) || loaded.book.settings.currency;
  return Object.fromEntries(
    changed.map((field) => {
      const header = PROPERTY_COLUMNS[field];
      const text = facts[field]?.trim() ?? '';
      const word = field === 'currency' || field === 'jurisdiction' ? text.toUpperCase() : text;
      return [header, typedCell(PROPERTIES, header, word, currencyOf(code), 'ymd')];
    }),
  );
}

/** Who confirms and when; taken back where the terms change and nobody confirms the new ones. */
function confirmation(
  app: App,
  loaded: Loaded,
  facts: Facts,
  changed: readonly Field[],
  before: Readonly<Record<string, Cell>>,
  name: string,
): Record<string, Cell> {
  if (facts.confirm === true) return { [CONFIRMED]: `${runNow(app).by}, ${todayAt(app, loaded, name)}` };
  const had = textOf(before[CONFIRMED]) !== '';
  const lapses = facts.confirm === false || changed.some((field) => TERMS_OF_FEES.includes(field));
  return had && lapses ? { [CONFIRMED]: '' } : {};
}

/** What was asked and cannot be; a row that is wrong elsewhere is mended step by step. */
function wrongFields(
  reasons: readonly string[],
  changed: readonly Field[],
  facts: Facts,
  loaded: Loaded,
): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const field of changed) {
    // The two cells of grace are read together, and their problem stands under the rule.
    const columns = field === 'graceDays' ? ['Grace days', 'Grace rule'] : [PROPERTY_COLUMNS[field]];
    const reason = reasons.find((each) => columns.some((column) => each.startsWith(`${column}: `)));
    if (reason) wrong[field] = reason.replace(/^[^:]+: /, '');
  }
  const mail = facts.managerEmail?.trim() ?? '';
  const parsed = mail === '' ? undefined : parseAddress(mail);
  if (parsed && 'reason' in parsed) wrong.managerEmail = parsed.reason;
  if (changed.includes('currency') && isBooked(loaded, facts.name.trim()))
    wrong.currency = 'Its books are in another currency already. Add a new property for the new one.';
  return wrong;
}

const isBooked = ({ book }: Loaded, name: string): boolean =>
  book.leases.some((lease) => lease.property.toLowerCase() === name.toLowerCase() && book.states.has(lease.id));
