/** A tab as a table of which only the rows in sight exist, so that ten thousand stay smooth. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CellView, ColumnView, RowView, TabView } from '../types';
import { ask } from './store';
import { tipFor } from './tip';

/** Pixels; the stylesheet has the same figure. */
const ROW_PX = 32;
const CHUNK = 100;
/** Rows kept ready above and below those in sight. */
const SPARE = 8;
const MARGIN_PX = 56;

type Chunks = ReadonlyMap<number, readonly RowView[]>;

interface GridProps {
  readonly id: number;
  readonly title: string;
  readonly revision: number;
  readonly filter: string;
  /** The first window, already read. */
  readonly first: TabView;
}

const pathOf = ({ id, filter }: GridProps, chunk: number): string =>
  `/api/tab/${id}?offset=${chunk * CHUNK}&limit=${CHUNK}&filter=${encodeURIComponent(filter)}`;

/** Chunks of rows, read when they come into sight. */
function useChunks(props: GridProps, from: number, to: number): Chunks {
  const { first } = props;
  const [held, hold] = useState<{ first: TabView; chunks: Chunks }>({ first, chunks: new Map([[0, first.rows]]) });
  const chunks = held.first === first ? held.chunks : new Map([[0, first.rows]]);
  const asked = useRef({ first, chunks: new Set([0]) });
  if (asked.current.first !== first) asked.current = { first, chunks: new Set([0]) };
  useEffect(() => {
    const { chunks: known } = asked.current;
    for (let chunk = Math.floor(from / CHUNK); chunk <= Math.floor(to / CHUNK); chunk++) {
      if (known.has(chunk)) continue;
      known.add(chunk);
      ask<TabView>(pathOf(props, chunk)).then(
        ({ rows, revision }) => {
          if (revision !== first.revision) return;
          hold((before) => {
            const kept = before.first === first ? before.chunks : new Map([[0, first.rows]]);
            return { first, chunks: new Map([...kept, [chunk, rows]]) };
          });
        },
        // Asked again when it is next in sight.
        () => known.delete(chunk),
      );
    }
  });
  return chunks;
}

function Head({ columns }: { readonly columns: readonly ColumnView[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" class="margin">
          <span class="unseen">Row</span>
        </th>
        {columns.map((column) => (
          <th key={column.letter} scope="col">
            {column.note === '' ? (
              <span class="clip">{column.header || column.letter}</span>
            ) : (
              <button type="button" class="head-note clip" {...tipFor(column.note)}>
                {column.header || column.letter}
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cell({ cell }: { readonly cell: CellView }) {
  const { text, right, tone } = cell;
  const style = tone && {
    ...(tone.text === undefined ? {} : { color: tone.text }),
    ...(tone.fill === undefined ? {} : { backgroundColor: tone.fill }),
    ...(tone.bold === true ? { fontWeight: '600' } : {}),
  };
  // Text colours are made for paper: where the sheet sets no fill, the page's own letters are the readable ones.
  const safe = style !== undefined && tone?.fill === undefined ? { ...style, color: '' } : style;
  return (
    <td
      class={right ? 'right' : ''}
      title={text.length > 18 ? text : undefined}
      {...(safe === undefined ? {} : { style: safe })}
    >
      {text}
    </td>
  );
}

function Row({
  row,
  index,
  width,
}: {
  readonly row: RowView | undefined;
  readonly index: number;
  readonly width: number;
}) {
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" class="margin">
        {row?.number ?? ''}
      </th>
      {row === undefined ? (
        <td colSpan={width} class="quiet">
          Loading…
        </td>
      ) : (
        row.cells.map((cell, at) => <Cell key={String(at)} cell={cell} />)
      )}
    </tr>
  );
}

function Spacer({ rows, width }: { readonly rows: number; readonly width: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="spacer">
      <td colSpan={width + 1} style={{ height: `${rows * ROW_PX}px` }} />
    </tr>
  );
}

export function Grid(props: GridProps) {
  const { first, title } = props;
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 800 });
  const look = () => {
    const element = box.current;
    if (element !== null) setSight({ top: element.scrollTop, height: element.clientHeight });
  };
  useEffect(() => {
    const watcher = new ResizeObserver(look);
    if (box.current !== null) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const from = Math.max(0, Math.floor(sight.top / ROW_PX) - SPARE);
  const to = Math.min(first.matching, Math.ceil((sight.top + sight.height) / ROW_PX) + SPARE);
  const chunks = useChunks(props, from, Math.max(from, to - 1));
  const width = useMemo(() => MARGIN_PX + first.columns.reduce((sum, column) => sum + column.widthPx, 0), [first]);
  const columns = first.columns.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section ref={box} class="grid-box" aria-label={`${title}, scrollable table`} tabIndex={0} onScroll={look}>
      <table class="grid" style={{ width: `${width}px` }} aria-rowcount={first.matching + 1}>
        <caption class="unseen">{title}</caption>
        <colgroup>
          <col style={{ width: `${MARGIN_PX}px` }} />
          {first.columns.map((column) => (
            <col key={column.letter} style={{ width: `${column.widthPx}px` }} />
          ))}
        </colgroup>
        <Head columns={first.columns} />
        <tbody>
          <Spacer rows={from} width={columns} />
          {Array.from({ length: Math.max(0, to - from) }, (_, at) => {
            const index = from + at;
            const row = chunks.get(Math.floor(index / CHUNK))?.[index % CHUNK];
            return <Row key={index} row={row} index={index} width={columns} />;
          })}
          <Spacer rows={first.matching - to} width={columns} />
        </tbody>
      </table>
    </section>
  );
}
