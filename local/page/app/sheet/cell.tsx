/** One row of the grid with the cells that are in sight. */
// biome-ignore-all lint/a11y/useSemanticElements: a windowed grid is placed by pixels, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a cell is gridcell or columnheader, which both can be selected
import { useMemo } from 'preact/hooks';
import type { CellView, RowView, TabView } from '../../grid-types';
import { tipFor } from '../tip';
import { Editor } from './editor';
import type { Editing, TabModel } from './model';
import type { Range } from './places';

/** Pixels; the stylesheet has the same figures. */
export const ROW_PX = 26;
export const MARGIN_PX = 48;

export const cellId = (place: number, column: number): string => `c${place}-${column}`;

/** The first and the last column in sight, and the one that is there anyhow. */
export interface Across {
  readonly first: number;
  readonly last: number;
  readonly also: number;
}

export interface RowProps {
  readonly model: TabModel;
  readonly tab: TabView;
  readonly row: RowView | undefined;
  readonly place: number;
  readonly isHead: boolean;
  readonly lefts: readonly number[];
  readonly across: Across;
  /** The selected range where it touches this row. */
  readonly range: Range | undefined;
  /** The active column, when the active cell is in this row. */
  readonly active: number | undefined;
  readonly editing: Editing | undefined;
  readonly isUp: boolean;
  /** Texts that are on their way, by column. */
  readonly sent: Readonly<Record<number, string>> | undefined;
  readonly topPx: number | undefined;
}

/** Text colours are made for paper: where the sheet sets no fill, the page's own letters are the readable ones. */
function styleOf({ tone }: CellView) {
  if (tone === undefined) return {};
  return {
    ...(tone.fill === undefined ? {} : { backgroundColor: tone.fill, color: tone.text ?? '#202124' }),
    ...(tone.bold === true ? { fontWeight: '600' } : {}),
    ...(tone.italic === true ? { fontStyle: 'italic' } : {}),
    ...(tone.struck === true ? { textDecoration: 'line-through' } : {}),
  };
}

export function tipOf({ note, bad }: CellView): string {
  return [bad === undefined ? '' : `Invalid: ${bad}`, note ?? ''].filter((text) => text !== '').join('\n\n');
}

function FilterButton({ model, column, header }: { model: TabModel; column: number; header: string }) {
  const { filters, sort } = model.view.value;
  const isOn = filters.some((filter) => filter.column === column) || sort?.column === column;
  const open = (event: Event) => {
    event.stopPropagation();
    model.filtering.value = column;
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      class={isOn ? 'filter-button on' : 'filter-button'}
      aria-label={`Filter ${header}${isOn ? ' (is filtered or sorted)' : ''}`}
      onClick={open}
    >
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d="M2 3h12l-4.6 5.4V13l-2.8 1.4V8.4z" fill="currentColor" />
      </svg>
    </button>
  );
}

function Spark({ values, kind, colour }: NonNullable<CellView['spark']>) {
  const wide = 100 / Math.max(1, values.length);
  const high = (value: number) => Math.max(1, value * 20);
  const points = values.flatMap((value, at) => (value === null ? [] : [`${(at + 0.5) * wide},${20 - value * 18 - 1}`]));
  return (
    <svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      {kind === 'line' && <polyline points={points.join(' ')} fill="none" stroke={colour} stroke-width="1.5" />}
      {kind === 'column' &&
        values.map((value, at) =>
          value === null ? null : (
            <rect key={at} x={at * wide + 1} width={wide - 2} y={20 - high(value)} height={high(value)} fill={colour} />
          ),
        )}
    </svg>
  );
}

function Content({ cell, text }: { readonly cell: CellView | undefined; readonly text: string }) {
  if (cell?.spark !== undefined) return <Spark {...cell.spark} />;
  if (cell?.link !== undefined)
    return (
      <a class="cell-link" href={cell.link} tabIndex={-1}>
        {text}
      </a>
    );
  if (cell?.tick === undefined) return <>{text}</>;
  return (
    <span class="tick" role="img" aria-label={cell.tick ? 'ticked' : 'not ticked'}>
      {cell.tick ? '☑' : '☐'}
    </span>
  );
}

interface CellProps extends RowProps {
  readonly column: number;
}

function classesOf(props: CellProps): string {
  const { tab, range, active, isHead, editing, row, column } = props;
  const cell = row?.cells[column];
  const isIn = range !== undefined && column >= range.left && column <= range.right;
  return [
    'cell',
    cell?.right === true ? 'right' : '',
    isHead ? 'head-cell' : '',
    column < tab.frozenColumns ? 'frozen' : '',
    isIn ? 'in-range' : '',
    active === column ? 'active' : '',
    editing?.place.column === column ? 'edited' : '',
    spillPx(props, cell?.text ?? '') > 0 ? 'spills' : '',
    cell?.note === undefined ? '' : 'noted',
    cell?.bad === undefined ? '' : 'invalid',
    cell?.rule === undefined ? '' : 'offers',
  ]
    .filter((name) => name !== '')
    .join(' ');
}

/** Pixels of a letter, about. */
const LETTER_PX = 7;
/** Inside a cell on both sides. */
const PADDING_PX = 12;

/** A text at the left goes on over the empty cells beside it, as in Sheets; 0 where it has room, or nobody gives way. */
function spillPx({ tab, row, column, isHead, editing }: CellProps, text: string): number {
  const cell = row?.cells[column];
  const own = tab.columns[column]?.widthPx ?? 0;
  if (isHead || cell === undefined || editing !== undefined || cell.right || cell.link || cell.rule !== undefined)
    return 0;
  const needed = text.length * LETTER_PX + PADDING_PX;
  let room = own;
  for (let at = column + 1; room < needed && at < tab.columns.length && isEmpty(row?.cells[at]); at++)
    room += tab.columns[at]?.widthPx ?? 0;
  return needed > own && room > own ? room - PADDING_PX : 0;
}

const isEmpty = (cell: CellView | undefined): boolean =>
  cell !== undefined && cell.text === '' && cell.spark === undefined && cell.rule === undefined;

function Cell(props: CellProps) {
  const { model, tab, row, place, column, lefts, isHead, range, active, editing, isUp, sent } = props;
  const cell = row?.cells[column];
  const info = tab.columns[column];
  const left = MARGIN_PX + (lefts[column] ?? 0);
  const isEdited = editing?.place.column === column;
  const tip = cell === undefined ? '' : tipOf(cell);
  const isList = cell?.rule !== undefined && cell.tick === undefined;
  const isIn = range !== undefined && column >= range.left && column <= range.right;
  const text = sent?.[column] ?? cell?.text ?? '';
  const roomPx = spillPx(props, text);
  return (
    <div
      role={isHead && text !== '' ? 'columnheader' : 'gridcell'}
      id={cellId(place, column)}
      class={classesOf(props)}
      aria-colindex={column + 2}
      aria-selected={isIn}
      {...(cell?.bad === undefined ? {} : { 'aria-invalid': true })}
      {...(tip === '' ? {} : tipFor(tip, active === column))}
      data-place={place}
      data-column={column}
      title={tip === '' && text.length > 14 ? text : undefined}
      style={{ left: `${left}px`, width: `${info?.widthPx ?? 100}px`, ...(cell === undefined ? {} : styleOf(cell)) }}
    >
      {isEdited && editing !== undefined ? (
        <Editor model={model} editing={editing} label={`${info?.letter}${row?.number ?? ''}`} isUp={isUp} />
      ) : roomPx > 0 ? (
        <span class="spill" style={{ width: `${roomPx}px` }}>
          {text}
        </span>
      ) : (
        <Content cell={cell} text={row === undefined && column === 0 ? 'Loading…' : text} />
      )}
      {isHead && info !== undefined && info.header !== '' && (
        <FilterButton model={model} column={column} header={info.header} />
      )}
      {isList && !isEdited && !isHead && (
        <span class="offer" aria-hidden="true" data-offer="true">
          ▾
        </span>
      )}
    </div>
  );
}

function columnsIn({ first, last, also }: Across, frozen: number): number[] {
  const columns = new Set<number>();
  for (let column = 0; column < frozen; column++) columns.add(column);
  for (let column = first; column <= last; column++) columns.add(column);
  columns.add(also);
  return [...columns].sort((one, other) => one - other);
}

export function Row(props: RowProps) {
  const { model, tab, row, place, across, range, active, editing, isUp, sent, topPx } = props;
  const { left, right } = range ?? { left: -1, right: -1 };
  const view = model.view.value;
  const bad = [tab, row, place, across.first, across.last, across.also, left, right, active, editing, isUp, sent, view];
  const cells = useMemo(
    () => columnsIn(across, tab.frozenColumns).map((column) => <Cell key={column} {...props} column={column} />),
    bad,
  );
  return (
    <div
      role="row"
      class="grid-row"
      aria-rowindex={place + 2}
      {...(topPx === undefined ? {} : { style: { top: `${topPx}px` } })}
    >
      <div role="rowheader" class={range === undefined ? 'row-number' : 'row-number in-range'} data-row={place}>
        {row?.number ?? ''}
      </div>
      {cells}
    </div>
  );
}
