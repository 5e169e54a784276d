/** One tab as the page holds it: the windows of rows read so far, the person's view of them, the cursor, the editor. */
import { signal } from '@preact/signals';
import type { CellView, RowsView, RowView, RuleView, TabView } from '../../grid-types';
import { ask } from '../net';
import { type Extent, type Place, type Range, rangeOf } from './places';

/** Rows that are read in one go. */
const CHUNK = 100;
/** Rows beyond those in sight that are read ahead. */
const AHEAD = 80;
export const PLAIN: RowsView = { search: '', filters: [] };

interface Chunk {
  readonly key: string;
  readonly revision: number;
  readonly rows: readonly RowView[];
}

export interface Editing {
  readonly place: Place;
  readonly text: string;
  /** Where the person types. */
  readonly where: 'cell' | 'bar';
}

export const isPlainView = ({ search, filters, sort }: RowsView): boolean =>
  search.trim() === '' && filters.length === 0 && sort === undefined;

const isSame = (known: TabView | undefined, fresh: TabView): boolean =>
  known !== undefined && known.revision === fresh.revision && known.shown === fresh.shown;

export class TabModel {
  readonly tab = signal<TabView | undefined>(undefined);
  readonly chunks = signal<ReadonlyMap<number, Chunk>>(new Map());
  /** Why rows could not be read; '' when they could. */
  readonly error = signal('');
  readonly view = signal<RowsView>(PLAIN);
  /** The cell that typing goes to. */
  readonly active = signal<Place>({ place: 0, column: 0 });
  /** Two opposite corners of the selected range, which holds the active cell; keys with Shift move the second. */
  readonly from = signal<Place>({ place: 0, column: 0 });
  readonly to = signal<Place>({ place: 0, column: 0 });
  /** What was moved last: it must be in sight. */
  readonly followed = signal<Place>({ place: 0, column: 0 });
  readonly editing = signal<Editing | undefined>(undefined);
  /** The column whose filter menu is open. */
  readonly filtering = signal<number | undefined>(undefined);
  /** Texts on their way to the server, by row number and column. */
  readonly sent = signal<ReadonlyMap<string, string>>(new Map());
  private readonly asked = new Set<string>();
  private readonly rules = new Map<number, RuleView>();

  constructor(
    readonly id: number,
    readonly title: string,
  ) {}

  get range(): Range {
    return rangeOf(this.from.value, this.to.value);
  }

  get extent(): Extent {
    const tab = this.tab.value;
    return { places: (tab?.head.length ?? 1) + (tab?.shown ?? 1), columns: tab?.columns.length ?? 1 };
  }

  get isPlain(): boolean {
    return isPlainView(this.view.value);
  }

  /** The last place that holds something, so that End and paging do not lose themselves in empty rows. */
  get lastUsed(): Place {
    const tab = this.tab.value;
    const rows = this.isPlain ? (tab?.total ?? 0) : (tab?.shown ?? 0);
    return {
      place: Math.max(0, (tab?.head.length ?? 1) + rows - 1),
      column: Math.max(0, (tab?.usedColumns ?? 1) - 1),
    };
  }

  /** The row at a place; undefined while it is not read yet. */
  rowAt(place: number): RowView | undefined {
    const head = this.tab.value?.head ?? [];
    if (place < head.length) return head[place];
    const at = place - head.length;
    return this.chunks.value.get(Math.floor(at / CHUNK))?.rows[at % CHUNK];
  }

  cellAt({ place, column }: Place): CellView | undefined {
    return this.rowAt(place)?.cells[column];
  }

  ruleAt(place: Place): RuleView | undefined {
    return this.rules.get(this.cellAt(place)?.rule ?? 0);
  }

  /** The content of a cell as the formula bar shows it. */
  entryAt(place: Place): string {
    const cell = this.cellAt(place);
    return cell?.entry ?? cell?.text ?? '';
  }

  /** The number in the margin; undefined where a filter decides and the row is not read yet. */
  numberAt(place: number): number | undefined {
    const head = this.tab.value?.head.length ?? 1;
    return place < head || this.isPlain ? place + 1 : this.rowAt(place)?.number;
  }

  /** `B5` or `B5:D9`; undefined while a row's number is not known. */
  a1Of({ top, bottom, left, right }: Range): string | undefined {
    const [first, last] = [this.numberAt(top), this.numberAt(bottom)];
    const letter = (column: number) => this.tab.value?.columns[column]?.letter ?? 'A';
    if (first === undefined || last === undefined) return undefined;
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    const corner = `${letter(left)}${from}`;
    return top === bottom && left === right ? corner : `${corner}:${letter(right)}${to}`;
  }

  /** `B5`; undefined while the row's number is not known. */
  a1At({ place, column }: Place): string | undefined {
    return this.a1Of({ top: place, bottom: place, left: column, right: column });
  }

  /** The cell of a row and column of the sheet, where the view shows it as it lies. */
  placeOf(row: number): number | undefined {
    const head = this.tab.value?.head.length ?? 1;
    if (row < head || this.isPlain) return row;
    const shown = this.tab.value?.shown ?? 0;
    for (let place = head; place < head + shown; place++) if (this.rowAt(place)?.number === row + 1) return place;
    return undefined;
  }

  /** One cell, or a range from that cell to another. */
  select(active: Place, to: Place = active): void {
    this.active.value = active;
    this.from.value = active;
    this.to.value = to;
    this.followed.value = active;
  }

  /** The range reaches to that cell; the active cell stays. */
  extend(to: Place): void {
    this.from.value = this.active.value;
    this.to.value = to;
    this.followed.value = to;
  }

  /** Another cell of the range becomes the active one. */
  activate(active: Place): void {
    this.active.value = active;
    this.followed.value = active;
  }

  show(view: RowsView): void {
    this.view.value = view;
    // Other rows stand where these stood, so the cursor goes to the head of its column.
    this.select({ place: 0, column: this.active.value.column });
  }

  private get key(): string {
    return isPlainView(this.view.value) ? '' : JSON.stringify(this.view.value);
  }

  /** Reads what is not there yet of the rows `from` to `to` of the view, as the world is at that revision. */
  need(from: number, to: number, revision: number): void {
    const key = this.key;
    const last = Math.min(Math.max(from, to) + AHEAD, Math.max(0, (this.tab.value?.shown ?? 1) - 1));
    for (let chunk = Math.floor(Math.max(0, from - AHEAD) / CHUNK); chunk <= Math.floor(last / CHUNK); chunk++) {
      const held = this.chunks.value.get(chunk);
      if (held?.key === key && held.revision >= revision) continue;
      const what = `${revision} ${chunk} ${key}`;
      if (this.asked.has(what)) continue;
      this.asked.add(what);
      void this.read(chunk, key).finally(() => this.asked.delete(what));
    }
  }

  private async read(chunk: number, key: string): Promise<void> {
    const path = `/api/tab/${this.id}?offset=${chunk * CHUNK}&limit=${CHUNK}&view=${encodeURIComponent(key)}`;
    try {
      const tab = await ask<TabView>(path);
      // The person has looked elsewhere meanwhile.
      if (key !== this.key) return;
      const kept = [...this.chunks.value].filter(([, held]) => held.key === key);
      for (const [id, rule] of tab.rules) this.rules.set(id, rule);
      // Windows of one revision tell the same of the tab; whatever hangs on it need not be drawn again.
      if (!isSame(this.tab.value, tab)) this.tab.value = tab;
      this.chunks.value = new Map([...kept, [chunk, { key, revision: tab.revision, rows: tab.rows }]]);
      this.error.value = '';
    } catch (error) {
      this.error.value = (error as Error).message;
    }
  }

  /** Shows a text before the server has taken it; returns how to stop that. */
  foresee(row: number, column: number, text: string): () => void {
    const key = `${row} ${column}`;
    this.sent.value = new Map([...this.sent.value, [key, text]]);
    return () => {
      this.sent.value = new Map([...this.sent.value].filter(([each]) => each !== key));
    };
  }
}

const models = new Map<number, TabModel>();

/** The model of a tab; it keeps its view and cursor while other tabs are looked at. */
export function modelOf(id: number, title: string): TabModel {
  const known = models.get(id);
  if (known !== undefined && known.title === title) return known;
  const made = new TabModel(id, title);
  models.set(id, made);
  return made;
}
