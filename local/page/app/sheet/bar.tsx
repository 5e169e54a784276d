/** The line above the grid: the name of the cell, and its content to read and to change. */
import { useState } from 'preact/hooks';
import { cancel, commit, startEdit } from './actions';
import type { TabModel } from './model';
import { clamp, readCell } from './places';

function NameBox({ model }: { readonly model: TabModel }) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const here = model.a1Of(model.range) ?? '';
  const go = (event: Event) => {
    event.preventDefault();
    const [first, second] = (typed ?? '').split(':').map(readCell);
    setTyped(undefined);
    const place = first === undefined ? undefined : model.placeOf(first.row);
    if (first === undefined || place === undefined) return;
    const { extent } = model;
    const to = second === undefined ? undefined : { place: model.placeOf(second.row) ?? place, column: second.column };
    model.select(clamp({ place, column: first.column }, extent), to === undefined ? undefined : clamp(to, extent));
    document.getElementById('grid')?.focus({ preventScroll: true });
  };
  return (
    <form onSubmit={go} class="name-box">
      <input
        aria-label="Cell or range; type one to go there"
        value={typed ?? here}
        autocomplete="off"
        spellcheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setTyped(undefined);
          document.getElementById('grid')?.focus({ preventScroll: true });
        }}
      />
    </form>
  );
}

/** Letters that a phone's bar shows at once; what is longer is written out below it. */
const ONE_LINE = 28;

export function FormulaBar({ model }: { readonly model: TabModel }) {
  const editing = model.editing.value;
  const active = model.active.value;
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel(model);
    else if (event.key === 'Enter') void commit(model, 'row', event.shiftKey);
    else return;
    event.preventDefault();
  };
  const type = (text: string) => {
    if (model.editing.value === undefined) startEdit(model, text, 'bar');
    else model.editing.value = { ...model.editing.value, text };
  };
  const entry = editing?.text ?? model.entryAt(active);
  return (
    <div class="formula-row">
      <NameBox model={model} />
      <span class="fx" aria-hidden="true">
        fx
      </span>
      <input
        class="formula"
        aria-label={`Content of ${model.a1At(active) ?? 'the cell'}`}
        value={entry}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={keys}
        onBlur={() => model.editing.value?.where === 'bar' && void commit(model, 'stay')}
      />
      {editing === undefined && entry.length > ONE_LINE ? (
        <p class="whole-entry" aria-hidden="true">
          {entry}
        </p>
      ) : null}
    </div>
  );
}
