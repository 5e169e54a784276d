/** The vendor's real fields beside ours: what each would be written to, what stands there now on one real row, and a dry run. */
import type { CredentialField } from '../../connectors/connector';
import type { SampleField, SampleRow } from '../../connectors/mirror';
import type { RunBook } from '../../domain/run-book';
import { customerAt, statusNow } from '../../domain/telling';
import type { LeaseId } from '../../domain/values';
import { type App, accountOf, runNow } from '../../run/app';
import { loadBook } from '../../sheet/load';
import { askedOf } from './asked';
import { type Open, opened } from './platform-acts';
import type { Refusal } from './told';

/** A value of ours and where it goes. */
export interface MapLine {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** The heading it stands under. */
  readonly under: string;
  /** The list to choose from. */
  readonly list?: string;
  /** As it is chosen; '' where it takes its standard. */
  readonly value: string;
}

export interface MappingRow {
  readonly field: string;
  readonly label: string;
  /** What stands there; undefined where the row was not found. */
  readonly there?: string;
  /** What a run would write; undefined for fields that are not ours. */
  readonly ours?: string;
}

export interface MappingView {
  readonly lines: readonly MapLine[];
  /** The row that was read, and whose it is. */
  readonly row?: { readonly id: string; readonly name: string };
  readonly lease?: { readonly id: string; readonly title: string };
  readonly rows: readonly MappingRow[];
  /** Why there is no row to show. */
  readonly none?: string;
}

export function mapping(
  app: App,
  { platform, lease }: { readonly platform: string; readonly lease?: string | undefined },
): MappingView | Refusal {
  const open = opened(app, platform);
  if ('refused' in open) return open;
  const { connector } = open;
  const account = accountOf(app, connector);
  const lines = connector.credentials.flatMap((field) => lineOf(field, account[field.name] ?? ''));
  if (!connector.sample) return { lines, rows: [], none: `${connector.title} shows no row to try it on.` };
  const { book } = loadBook(app.host);
  const of = leaseFor(book, platform, lease);
  if (lease && !of) return { refused: `There is no lease "${lease.slice(0, 60)}".` };
  return { lines, ...tried(app, open, book, of) };
}

const lineOf = ({ name, label, help, maps, pick }: CredentialField, value: string): readonly MapLine[] =>
  maps === undefined ? [] : [{ name, label, help, under: maps, ...(pick ? { list: pick } : {}), value }];

interface Of {
  readonly leaseId: LeaseId;
  readonly customer: string;
  readonly title: string;
}

/** The lease that was asked for, or the first that is known there, or the first at all. */
function leaseFor(book: RunBook, platform: string, wanted: string | undefined): Of | undefined {
  const known = book.leases.find((each) => customerAt(book, each.id, platform) !== '');
  const lease = wanted ? book.leases.find((each) => each.id === wanted) : (known ?? book.leases[0]);
  if (!lease) return undefined;
  const title = `${lease.property} ${lease.unit}, ${lease.residents}`;
  return { leaseId: lease.id, customer: customerAt(book, lease.id, platform), title };
}

function tried(app: App, open: Open, book: RunBook, of: Of | undefined): Omit<MappingView, 'lines'> {
  const { connector } = open;
  const account = accountOf(app, connector);
  const answer = connector.sample && askedOf(app, open, connector.sample(of, account));
  const sample = answer && 'value' in answer ? answer.value : undefined;
  const written = of && connector.mirror ? writtenFor(app, open, book, of.leaseId) : {};
  const none =
    answer && 'refused' in answer ? answer.refused : sample ? undefined : connector.mirror ? NO_ROW : NO_LINE;
  return {
    ...(of ? { lease: { id: of.leaseId, title: of.title } } : {}),
    ...(sample ? { row: { id: sample.id, name: sample.name } } : {}),
    rows: rowsOf(sample, written),
    ...(none ? { none } : {}),
  };
}

const NO_LINE = 'There is nothing there yet to try it on.';
const NO_ROW = 'There is no row of this lease there yet. The next run makes it; below is what it would write.';

function writtenFor(app: App, { connector }: Open, book: RunBook, lease: LeaseId): Readonly<Record<string, string>> {
  const status = statusNow(book, runNow(app), connector.id, lease);
  return status && connector.mirror ? connector.mirror.written(status, accountOf(app, connector)) : {};
}

/** Ours first, in their order; then what else the row has. */
function rowsOf(sample: SampleRow | undefined, written: Readonly<Record<string, string>>): readonly MappingRow[] {
  const there = new Map((sample?.fields ?? []).map((each): [string, SampleField] => [each.field, each]));
  const ours = Object.entries(written).map(([field, value]) => {
    const now = there.get(field);
    return { field, label: now?.label ?? field, ours: value, ...(sample ? { there: now?.value ?? '' } : {}) };
  });
  const others = [...there.values()].filter(({ field }) => written[field] === undefined);
  return [...ours, ...others.map(({ field, label, value }) => ({ field, label, there: value }))];
}
