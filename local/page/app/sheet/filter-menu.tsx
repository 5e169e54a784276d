/** The filter of one column: sort the view, keep what contains a text, choose among the column's values. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ColumnFilter, ColumnValues } from '../../grid-types';
import { Failed, useLoaded, Waiting } from '../load';
import type { TabModel } from './model';

interface MenuProps {
  readonly model: TabModel;
  readonly column: number;
  readonly revision: number;
}

function withFilter(model: TabModel, column: number, filter: ColumnFilter | undefined): void {
  const view = model.view.value;
  const others = view.filters.filter((each) => each.column !== column);
  model.show({ ...view, filters: filter === undefined ? others : [...others, filter] });
}

function sortBy(model: TabModel, column: number, isDescending: boolean): void {
  model.show({ ...model.view.value, sort: { column, isDescending } });
}

interface ValuesProps {
  readonly loaded: ColumnValues;
  readonly hidden: ReadonlySet<string>;
  readonly setHidden: (hidden: ReadonlySet<string>) => void;
}

function Values({ loaded, hidden, setHidden }: ValuesProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = loaded.values.filter(([text]) => text.toLowerCase().includes(wanted));
  const flip = (text: string, isOn: boolean) => {
    const next = new Set(hidden);
    if (isOn) next.delete(text);
    else next.add(text);
    setHidden(next);
  };
  const hideAll = () => setHidden(new Set([...hidden, ...shown.map(([text]) => text)]));
  const showAll = () => setHidden(new Set([...hidden].filter((text) => !shown.some(([each]) => each === text))));
  return (
    <fieldset class="values">
      <legend>Filter by values</legend>
      <input
        type="search"
        aria-label="Search the values"
        placeholder="Search the values"
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <div class="row">
        <button type="button" class="plain-button" onClick={showAll}>
          Select all
        </button>
        <button type="button" class="plain-button" onClick={hideAll}>
          Clear
        </button>
      </div>
      <ul class="value-list">
        {shown.map(([text, rows]) => (
          <li key={text}>
            <label class="check">
              <input
                type="checkbox"
                checked={!hidden.has(text)}
                onChange={(event) => flip(text, event.currentTarget.checked)}
              />
              <span class="value-text">{text === '' ? '(blank)' : text}</span>
              <span class="quiet">{rows.toLocaleString('en')}</span>
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="quiet">No value holds that.</p>}
      {loaded.more > 0 && <p class="quiet">{loaded.more.toLocaleString('en')} more values; use the text above.</p>}
    </fieldset>
  );
}

export function FilterMenu({ model, column, revision }: MenuProps) {
  const tab = model.tab.value;
  const box = useRef<HTMLDialogElement>(null);
  const old = model.view.value.filters.find((each) => each.column === column);
  const [contains, setContains] = useState(old?.contains ?? '');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set(old?.hidden ?? []));
  const view = encodeURIComponent(JSON.stringify(model.view.value));
  const { data, error, retry } = useLoaded<ColumnValues>(
    `/api/values/${model.id}?column=${column}&view=${view}`,
    revision,
  );
  useEffect(() => box.current?.showModal(), []);
  const close = () => {
    model.filtering.value = undefined;
    requestAnimationFrame(() => document.getElementById('grid')?.focus({ preventScroll: true }));
  };
  const done = (work: () => void) => () => {
    work();
    close();
  };
  const apply = () => {
    const filter = {
      column,
      ...(contains.trim() === '' ? {} : { contains }),
      ...(hidden.size === 0 ? {} : { hidden: [...hidden] }),
    };
    withFilter(model, column, Object.keys(filter).length > 1 ? filter : undefined);
  };
  const name = tab?.columns[column]?.header || tab?.columns[column]?.letter || '';
  return (
    <dialog ref={box} class="dialog filter-menu" aria-labelledby="filter-title" onCancel={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          done(apply)();
        }}
      >
        <h2 id="filter-title">Filter {name}</h2>
        <div class="row">
          <button type="button" class="grow" onClick={done(() => sortBy(model, column, false))}>
            Sort A to Z
          </button>
          <button type="button" class="grow" onClick={done(() => sortBy(model, column, true))}>
            Sort Z to A
          </button>
        </div>
        <label>
          <span class="label">Text contains</span>
          <input value={contains} onInput={(event) => setContains(event.currentTarget.value)} />
        </label>
        {error !== '' && <Failed error={error} retry={retry} />}
        {data === undefined && error === '' && <Waiting what="the values" />}
        {data !== undefined && <Values loaded={data} hidden={hidden} setHidden={setHidden} />}
        <p class="quiet">Only your view changes; no row is moved or deleted.</p>
        <div class="row">
          <button type="submit" class="primary">
            Apply
          </button>
          <button type="button" onClick={done(() => withFilter(model, column, undefined))}>
            Show all
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
