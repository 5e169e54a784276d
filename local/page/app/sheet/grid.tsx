/** The grid: frozen rows above, below them only the rows and columns in sight, so that ten thousand stay smooth. */
// biome-ignore-all lint/a11y/useSemanticElements: a windowed grid is placed by pixels, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TabView } from '../../grid-types';
import { ChartLayer } from '../charts/layer';
import { hideTip, showTip } from '../tip';
import { clear, copied, paste, put, startEdit } from './actions';
import { type Across, cellId, MARGIN_PX, ROW_PX, Row, tipOf } from './cell';
import { gridKeys } from './keys';
import type { TabModel } from './model';
import type { Place, Range } from './places';
import { dragging } from './pointer';

/** Rows and columns kept ready beyond those in sight. */
const SPARE_ROWS = 6;
const SPARE_COLUMNS = 1;

interface Sight {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Left edges of the columns in pixels, and the right edge of the last. */
function edgesOf(tab: TabView): number[] {
  const edges = [0];
  for (const column of tab.columns) edges.push((edges.at(-1) ?? 0) + column.widthPx);
  return edges;
}

function acrossOf(edges: readonly number[], { left, width }: Sight, also: number): Across {
  const count = edges.length - 1;
  let first = 0;
  while (first < count - 1 && (edges[first + 1] ?? 0) <= left) first++;
  let last = first;
  while (last < count - 1 && (edges[last + 1] ?? 0) < left + width) last++;
  return { first: Math.max(0, first - SPARE_COLUMNS), last: Math.min(count - 1, last + SPARE_COLUMNS), also };
}

/** Moves the box so that a cell is fully in it, below the frozen rows and beside the frozen columns. */
function bringIntoSight(box: HTMLElement, tab: TabView, edges: readonly number[], { place, column }: Place): void {
  const head = tab.head.length;
  const headPx = (head + 1) * ROW_PX;
  if (place >= head) {
    const top = (place - head) * ROW_PX;
    const room = box.clientHeight - headPx;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_PX > box.scrollTop + room) box.scrollTop = top + ROW_PX - room;
  }
  if (column < tab.frozenColumns) return;
  const fixed = MARGIN_PX + (edges[tab.frozenColumns] ?? 0);
  const [left, right] = [MARGIN_PX + (edges[column] ?? 0), MARGIN_PX + (edges[column + 1] ?? 0)];
  if (left - fixed < box.scrollLeft) box.scrollLeft = left - fixed;
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = Math.min(left - fixed, right - box.clientWidth);
}

const letterClass = (at: number, frozen: number, { left, right }: Range): string =>
  ['cell letter', at >= left && at <= right ? 'in-range' : '', at < frozen ? 'frozen' : ''].join(' ').trim();

function Letters({ tab, edges, across, range }: { tab: TabView; edges: number[]; across: Across; range: Range }) {
  const columns = tab.columns.map((column, at) => ({ ...column, at }));
  const shown = columns.filter(({ at }) => (at >= across.first && at <= across.last) || at < tab.frozenColumns);
  return (
    <div role="row" class="grid-row letters" aria-rowindex={1}>
      <div role="columnheader" class="row-number corner" data-all="true">
        <span class="unseen">Row number</span>
      </div>
      {shown.map(({ letter, at, widthPx }) => (
        <div
          key={letter}
          role="columnheader"
          aria-colindex={at + 2}
          class={letterClass(at, tab.frozenColumns, range)}
          data-letter={at}
          style={{ left: `${MARGIN_PX + (edges[at] ?? 0)}px`, width: `${widthPx}px` }}
        >
          {letter}
        </div>
      ))}
    </div>
  );
}

function useSight(box: { current: HTMLDivElement | null }): [Sight, () => void] {
  const [sight, setSight] = useState<Sight>({ top: 0, left: 0, height: 800, width: 1200 });
  const waiting = useRef(false);
  const look = () => {
    if (waiting.current) return;
    waiting.current = true;
    requestAnimationFrame(() => {
      waiting.current = false;
      const element = box.current;
      if (element === null) return;
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
      setSight({ top: scrollTop, left: scrollLeft, height: clientHeight, width: clientWidth });
    });
  };
  useEffect(() => {
    const watcher = new ResizeObserver(look);
    if (box.current !== null) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  return [sight, look];
}

/** Copy, cut and paste belong to the grid only while it has the focus itself. */
function useClipboard(model: TabModel): void {
  useEffect(() => {
    const isHere = () => document.activeElement?.id === 'grid' && model.editing.value === undefined;
    const copy = (event: ClipboardEvent) => {
      if (!isHere()) return;
      const text = copied(model);
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const take = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isHere() || text === '') return;
      event.preventDefault();
      void paste(model, text);
    };
    const cut = (event: ClipboardEvent) => {
      copy(event);
      if (event.defaultPrevented) void clear(model);
    };
    document.addEventListener('cut', cut);
    document.addEventListener('copy', copy);
    document.addEventListener('paste', take);
    return () => {
      document.removeEventListener('cut', cut);
      document.removeEventListener('copy', copy);
      document.removeEventListener('paste', take);
    };
  }, [model]);
}

/** The note of the cell on which the keyboard stands shows by itself, and goes with Escape. */
function useActiveTip(model: TabModel, { place, column }: Place): void {
  const cell = model.cellAt({ place, column });
  const text = cell === undefined ? '' : tipOf(cell);
  useEffect(() => {
    const element = document.getElementById(cellId(place, column));
    if (text === '' || element === null || document.activeElement?.id !== 'grid') return undefined;
    showTip(element, text);
    return hideTip;
  }, [place, column, text]);
}

/** Texts on their way to the server, by the row they belong to. */
function sentByRow(model: TabModel): ReadonlyMap<number, Record<number, string>> {
  const rows = new Map<number, Record<number, string>>();
  for (const [key, text] of model.sent.value) {
    const [row = 0, column = 0] = key.split(' ').map(Number);
    rows.set(row, { ...rows.get(row), [column]: text });
  }
  return rows;
}

interface Down {
  /** The places in sight, the last one excluded. */
  readonly from: number;
  readonly to: number;
  readonly places: readonly number[];
}

/** The places of the rows in sight, and of the active one wherever it is. */
function downOf(head: number, shown: number, { top, height }: Sight, active: number): Down {
  const from = head + Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS);
  const to = head + Math.min(shown, Math.ceil((top + height) / ROW_PX) + SPARE_ROWS);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  const isApart = active >= head && active < head + shown && (active < from || active >= to);
  return { from, to, places: isApart ? [...places, active] : places };
}

interface GridProps {
  readonly model: TabModel;
  readonly tab: TabView;
  readonly revision: number;
  readonly charts: number;
}

export function Grid({ model, tab, revision, charts }: GridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [sight, look] = useSight(box);
  const edges = useMemo(() => edgesOf(tab), [tab]);
  const [head, { range }] = [tab.head.length, model];
  const [active, editing, followed] = [model.active.value, model.editing.value, model.followed.value];
  const across = acrossOf(edges, sight, active.column);
  const { from, to, places } = downOf(head, tab.shown, sight, active.place);
  useEffect(() => model.need(from - head, Math.max(from, to - 1) - head, revision));
  useEffect(() => {
    if (box.current !== null) bringIntoSight(box.current, tab, edges, followed);
  }, [followed]);
  useClipboard(model);
  useActiveTip(model, active);
  const sent = sentByRow(model);
  const page = Math.max(1, Math.floor(sight.height / ROW_PX) - head - 2);
  const rowOf = (place: number, isHead: boolean) => {
    const row = model.rowAt(place);
    const isIn = place >= range.top && place <= range.bottom;
    const isActive = active.place === place;
    const down = (place - head) * ROW_PX - sight.top;
    return (
      <Row
        key={place}
        model={model}
        tab={tab}
        row={row}
        place={place}
        isHead={isHead}
        lefts={edges}
        across={across}
        range={isIn ? range : undefined}
        active={isActive ? active.column : undefined}
        editing={editing?.place.place === place ? editing : undefined}
        isUp={down > sight.height / 2}
        sent={row === undefined ? undefined : sent.get(row.number)}
        topPx={isHead ? undefined : (place - head) * ROW_PX}
      />
    );
  };
  const open = (event: MouseEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-place]');
    if (cell === null || model.editing.value !== undefined) return;
    const place = model.active.value;
    const isBox = model.ruleAt(place)?.kind === 'checkbox';
    if (event.type === 'dblclick' && !isBox) startEdit(model);
    else if (event.type === 'click' && (event.target as HTMLElement).dataset.offer !== undefined) startEdit(model);
    else if (event.type === 'click' && isBox) void put(model, place, model.cellAt(place)?.tick ? 'FALSE' : 'TRUE');
  };
  const width = MARGIN_PX + (edges.at(-1) ?? 0);
  return (
    <div ref={box} class="grid-box" onScroll={look}>
      <div
        id="grid"
        role="grid"
        class="grid"
        tabIndex={0}
        aria-label={tab.title}
        aria-rowcount={head + tab.shown + 1}
        aria-colcount={tab.columns.length + 1}
        aria-multiselectable
        aria-activedescendant={cellId(active.place, active.column)}
        style={{ width: `${width}px` }}
        onKeyDown={(event) => (event.key === 'Escape' ? hideTip() : gridKeys(model, event, page))}
        onBlur={hideTip}
        onMouseDown={(event) => dragging(model, event)}
        onDblClick={open}
        onClick={open}
      >
        <div role="rowgroup" class="grid-head">
          <Letters tab={tab} edges={edges} across={across} range={range} />
          {tab.head.map((_, place) => rowOf(place, true))}
        </div>
        <div role="rowgroup" class="grid-body" style={{ height: `${tab.shown * ROW_PX}px` }}>
          {places.map((place) => rowOf(place, false))}
        </div>
      </div>
      {charts > 0 && <ChartLayer id={model.id} revision={revision} edges={edges} head={head} />}
    </div>
  );
}
