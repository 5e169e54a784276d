/** A rent roll on its way in: its columns recognised and corrected by a person, its rows judged, and then taken. */
import { localDay } from '../../../domain/calendar';
import type { WorkbookShape } from '../../../ports';
import { type App, runNow } from '../../../run/app';
import { daysMayHaveChanged } from '../../../run/hints';
import type { Loaded } from '../../../sheet/load';
import type { Column } from '../../../sheet/schema';
import { importLine, keepSecrets, scopeRefused } from '../../import';
import { FACTS, isOwn, NEEDED, ownTab, type Recognised, recognise } from '../../import-headers';
import { dateOrderOf, judge } from '../../import-judge';
import { type CsvTable, type ImportedRow, readCsv, toRows } from '../../rent-roll';
import { actOnce, type Done } from '../once';
import type { HeaderMap, SetupView } from '../setup';
import type { Refusal } from '../told';
import { madeReady } from './facts';
import { currencyOfLocale } from './facts-check';
import { filledRows, ownSheet, tabTable, withDays } from './found';
import { standOf, zoneOf } from './stand';
import { setupView } from './view';
import { counted } from './words';

type From = { readonly text: string } | { readonly tab: string };
type Mapping = Readonly<Record<string, readonly string[]>>;

const SAMPLE_ROWS = 5;
const REFUSED_SHOWN = 200;
/** Between several columns that are read together. */
const JOIN = ' + ';

const DATES: Readonly<Record<string, string>> = { mdy: 'month/day/year', dmy: 'day/month/year', ymd: 'year/month/day' };

/** What an import would do; nothing is written. */
export function mapHeaders(
  app: App,
  { mapping = {}, ...from }: From & { readonly mapping?: Readonly<Record<string, string>> | undefined },
): HeaderMap | Refusal {
  const { shape, loaded } = standOf(app);
  const read = fileOf(app, shape, from, mapping);
  if ('refused' in read) return read;
  const { table, known, chosen } = read;
  const judged = loaded ? judgedRows(app, shape, loaded, read) : roughRows(app, shape, read);
  const effective = { ...known.mapping, ...chosen };
  const used = Object.entries(effective).filter(([, columns]) => columns.length > 0);
  const order = dateOrderOf(shape.locale);
  return {
    kind: known.kind,
    headers: table.headers.filter((header) => header !== ''),
    mapping: Object.fromEntries(used.map(([fact, columns]) => [fact, columns.join(JOIN)])),
    ours: oursFor(known),
    missing: missingIn(known, effective),
    rows: filledRows(table),
    taken: judged.rows.length,
    sample: judged.rows.slice(0, SAMPLE_ROWS),
    refusedRows: judged.refused.slice(0, REFUSED_SHOWN),
    skipped: judged.skipped.slice(0, REFUSED_SHOWN),
    notes: [...judged.notes, `Dates in numbers are read as ${DATES[order]}, as this file's locale writes them.`],
  };
}

/** Takes the rows through the same checks; what is refused stays where it is, and so does a tab that they came from. */
export function importRoll(
  app: App,
  {
    request,
    from,
    mapping,
  }: { readonly request: string; readonly from: From; readonly mapping: Readonly<Record<string, string>> },
): SetupView | Refusal {
  const made = madeReady(app);
  if (made) return made;
  const done = actOnce(app, request, (acting, loaded) => taken(acting, loaded, from, mapping));
  return 'refused' in done ? done : setupView(app, done.says);
}

function taken(app: App, loaded: Loaded, from: From, mapping: Readonly<Record<string, string>>): Done | Refusal {
  const shape = app.host.workbook.shape();
  const read = fileOf(app, shape, from, mapping);
  if ('refused' in read) return read;
  const wanted = { table: read.table, mapping: read.chosen, dateOrder: dateOrderOf(shape.locale) };
  const judged = judge(app.host, loaded, wanted);
  const { report } = judged;
  const [first] = report.refused;
  if (report.taken === 0) {
    const why = first ? ` Row ${first.row}: ${first.reasons.join(' ')}` : '';
    return { refused: `No row can be taken.${why}` };
  }
  keepSecrets(app, judged);
  daysMayHaveChanged(app);
  const left =
    report.refused.length > 0 ? ` ${counted(report.refused.length, 'row')} refused, and left where they are.` : '';
  const says = `${counted(report.added, 'row')} added and ${report.updated} updated on ${report.tab}.${left}`;
  return {
    changes: { people: judged.writes, log: [importLine(app, judged)] },
    applied: { done: true, says, keys: [] },
  };
}

interface Read {
  readonly table: CsvTable;
  readonly known: Recognised;
  /** What the person changed. */
  readonly chosen: Mapping;
}

function fileOf(app: App, shape: WorkbookShape, from: From, given: Readonly<Record<string, string>>): Read | Refusal {
  const apart = scopeRefused(app);
  if (apart !== undefined) return { refused: apart };
  if ('tab' in from && !ownSheet(shape, from.tab))
    return { refused: `There is no tab "${from.tab.slice(0, 60)}" of your own in this file.` };
  const raw = 'tab' in from ? tabTable(app.host, from.tab) : readCsv(from.text);
  const [problem] = raw.problems;
  if (problem) return { refused: `${problem.what} ${problem.fix}` };
  const known = recognise(raw.headers);
  const chosen = chosenColumns(raw.headers, known, given);
  if ('refused' in chosen) return chosen as Refusal;
  const mapping = { ...known.mapping, ...chosen };
  return { table: 'tab' in from ? withDays(raw, mapping) : raw, known, chosen: chosen as Mapping };
}

/** A person's words as columns; a header that holds the joining mark itself is taken as it stands. */
function chosenColumns(
  headers: readonly string[],
  known: Recognised,
  given: Readonly<Record<string, string>>,
): Mapping | Refusal {
  const ours = new Set([...oursFor(known).map((each) => each.header), ...Object.keys(known.mapping)]);
  const chosen: Record<string, readonly string[]> = {};
  for (const [fact, text] of Object.entries(given)) {
    if (!ours.has(fact)) return { refused: `There is no column "${fact.slice(0, 60)}" here to map to.` };
    const columns = text === '' ? [] : headers.includes(text) ? [text] : text.split(JOIN);
    const strange = columns.find((column) => !headers.includes(column));
    if (strange !== undefined) return { refused: `The file has no column "${strange.slice(0, 60)}".` };
    chosen[fact] = columns;
  }
  return chosen;
}

function missingIn(known: Recognised, mapping: Mapping): readonly string[] {
  if (isOwn(known.kind)) return known.missing;
  const has = (fact: string) => (mapping[fact] ?? []).length > 0;
  const covered = (fact: string) =>
    has(fact) || (fact === 'Start' && has('Move in')) || (fact === 'Rent' && has('Charge amount'));
  return NEEDED.filter((fact) => !covered(fact));
}

function oursFor(known: Recognised): HeaderMap['ours'] {
  if (isOwn(known.kind)) return ownTab(known.kind).columns.map((column) => ours(column, known.missing));
  return FACTS.map((header) => ({ header, note: NOTES[header] ?? '', needed: NEEDED.includes(header) }));
}

const ours = ({ header, note }: Column, missing: readonly string[]) => ({
  header,
  note,
  needed: missing.includes(header),
});

const NOTES: Readonly<Record<string, string>> = {
  'Lease ID': 'A short name of the lease; left out, it is made of property and unit',
  Property: 'The building; rows without one belong to the one above them, or to the only property',
  Unit: 'The unit as people call it',
  Residents: 'Names, in one column or several',
  Rent: 'For one period; left out where charges stand line by line',
  'Due day': 'Date of the month; left out, it is the 1st',
  Start: 'First day of the lease; Move in will do',
  'Lease end': 'The agreed end; one that has passed makes the lease month to month',
  'Move out': 'The last day lived in',
  Deposit: 'In one column or several',
  Status: 'Vacant, applicant, past and the like leave a row out',
  Balance: 'Only told, never taken: enter what is owed on the Terms tab',
  'Charge code': 'What a charge line is for',
  'Charge amount': 'What it comes to in a period',
};

interface Rows {
  readonly rows: readonly ImportedRow[];
  readonly refused: HeaderMap['refusedRows'];
  readonly skipped: HeaderMap['skipped'];
  readonly notes: readonly string[];
}

function judgedRows(app: App, shape: WorkbookShape, loaded: Loaded, { table, chosen }: Read): Rows {
  const { rows, report } = judge(app.host, loaded, { table, mapping: chosen, dateOrder: dateOrderOf(shape.locale) });
  return { rows, refused: report.refused, skipped: report.skipped, notes: report.notes };
}

/** Before the tabs are there a row can be read, but not yet checked against anything. */
function roughRows(app: App, shape: WorkbookShape, { table, known, chosen }: Read): Rows {
  const today = localDay(runNow(app).now, zoneOf(shape));
  const result = toRows(known.kind, table, {
    property: '',
    currency: currencyOfLocale(shape.locale),
    dateOrder: dateOrderOf(shape.locale),
    today,
    mapping: chosen,
  });
  return { ...result, rows: result.tables[0]?.rows ?? [] };
}
