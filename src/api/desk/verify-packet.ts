/** A packet that somebody brings, held against the book as it stands: nothing is written, and a broken book is no hindrance. */
import { checkPacket, namedIn } from '../../domain/packet/check';
import type { Difference } from '../../domain/packet/check-file';
import { packetCsv, packetFromCsv } from '../../domain/packet/csv';
import { packetFromHtml, packetHtml } from '../../domain/packet/html';
import { coverFact } from '../../domain/packet/parts';
import { isBrokenLine, type Line } from '../../domain/packet/rows';
import type { Sealed } from '../../domain/packet/seal';
import type { App } from '../../run/app';
import { textOf } from '../../sheet/cells';
import { entryFrom } from '../../sheet/journal';
import { layoutOf } from '../../sheet/layout';
import { BookBroken } from '../../sheet/load';
import { marksFrom } from '../../sheet/marks';
import { layoutFor } from '../../sheet/requests';
import { rowsWhere } from '../../sheet/rows-of';
import { LEDGER, LOG, STATE } from '../../sheet/schema';
import { noLease } from '../account';
import { keyOf } from './evidence';
import { logTab } from './log-read';
import { linesAt, packetLine, type Tabs } from './packet/read';
import { differenceWords, verdictWords } from './packet/words';
import type { Refusal } from './told';

export interface PacketVerdict {
  readonly ok: boolean;
  /** The file is as the add-on wrote it, whatever became of the book. */
  readonly genuine: boolean;
  readonly says: string;
  /** The first ones, where there are several. */
  readonly differences: readonly string[];
  readonly lease: string;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly digest: string;
}

const NO_PACKET = 'This is no evidence packet: choose the HTML or the CSV file as it was downloaded.';

/** The text of either file. Nothing is written. */
export function verifyPacket(app: App, { text }: { readonly text: string }): PacketVerdict | Refusal {
  const file = text.replace(/^\ufeff/, '');
  const sealed = packetFromHtml(file) ?? packetFromCsv(file);
  if (!sealed) return { refused: NO_PACKET };
  const lease = coverFact(sealed.packet, 'Lease');
  const { leases } = logTab(app);
  if (leases && !leases.has(lease.toLowerCase())) return { refused: noLease(lease) };
  const verdict = checkPacket(sealed, bookSideOf(app, tabsOf(app), sealed, lease), entryFrom);
  const around = aroundDiffers(file, sealed);
  const differences = [...verdict.differences, ...(around ? [around] : [])];
  const whole = around ? { ...verdict, ok: false, genuine: false, differences } : verdict;
  return {
    ok: whole.ok,
    genuine: whole.genuine,
    says: verdictWords(whole),
    differences: differences.map(differenceWords),
    lease,
    madeBy: coverFact(sealed.packet, 'Made by'),
    madeAt: coverFact(sealed.packet, 'Made at'),
    digest: sealed.digest,
  };
}

/** As little as is needed: what a person has spoilt elsewhere must not keep a packet from being checked. */
function tabsOf(app: App): Tabs {
  const [state = [], ...headers] = app.host.workbook.read([
    `'${STATE.title}'!A1:B`,
    ...[LEDGER, LOG].map(({ title }) => `'${title}'!A1:AZ1`),
  ]);
  const marks = marksFrom(state.slice(1));
  if (!marks) throw new BookBroken('This workbook has not been set up. Choose Set up in the Rent Ledger menu.');
  const layouts = new Map([LEDGER, LOG].map((tab, at) => [tab.title, layoutOf(tab, headers[at]?.[0] ?? [])]));
  return { marks, layouts };
}

/** Rows of this lease only: a file that names those of another one learns nothing of them. */
function bookSideOf(app: App, tabs: Tabs, sealed: Sealed, lease: string) {
  const { keys, numbers } = namedIn(sealed);
  const rows = rowsWhere(app.host, layoutFor(tabs, LEDGER), 'Key', tabs.marks.ledgerRows + 1, (key) => keys.has(key));
  const lines = linesAt(app, tabs, numbers);
  const told = packetLine(app, tabs, keyOf(sealed));
  const runs = new Set([...lines.values()].filter(({ cells }) => textOf(cells[4]) === lease).map(runOf));
  const isAbout = (line: Line) =>
    textOf(line.cells[4]) === lease || (textOf(line.cells[4]) === '' && runs.has(runOf(line)));
  return {
    ledger: new Map(
      rows.flatMap(({ cells }) => (textOf(cells[4]) === lease ? [[textOf(cells[0]), cells] as const] : [])),
    ),
    log: new Map([...lines].filter(([, line]) => isAbout(line))),
    isTold: told !== undefined && !isBrokenLine(told) && textOf(told.cells[4]) === lease,
  };
}

const runOf = ({ cells }: Line): string => textOf(cells[3]);

/** The file must be what its tables come to when they are written again, to the last character. */
function aroundDiffers(file: string, sealed: Sealed): Difference | undefined {
  const again = file.startsWith('<') ? packetHtml(sealed) : packetCsv(sealed);
  if (again === file) return undefined;
  const [theirs, ours] = [file.split('\n'), again.split('\n')];
  const at = theirs.findIndex((line, index) => line !== ours[index]);
  return { part: 'file', row: String((at < 0 ? theirs.length : at) + 1), whose: 'file', what: 'differs' };
}
