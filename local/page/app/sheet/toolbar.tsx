/** The line with the script's menus, undo and redo, search, filter, and what protects the tab. */
import { useEffect, useState } from 'preact/hooks';
import type { TabInfo } from '../../types';
import { askPerson } from '../dialog';
import { Menus } from '../menu';
import { isPlainView, PLAIN, type TabModel } from './model';
import { done, redo, undo, undone } from './write';

/** Milliseconds of rest after the last key before the search is asked for. */
const REST_MS = 180;

function Search({ model }: { readonly model: TabModel }) {
  const asked = model.view.value.search;
  const [typed, setTyped] = useState(asked);
  useEffect(() => setTyped(asked), [asked]);
  useEffect(() => {
    if (typed === model.view.value.search) return undefined;
    const timer = setTimeout(() => model.show({ ...model.view.value, search: typed }), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label class="search">
      <span class="unseen">Search the rows of {model.title}</span>
      <input
        type="search"
        placeholder="Search rows"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </label>
  );
}

interface StepProps {
  readonly word: string;
  readonly sign: string;
  readonly keys: string;
  readonly isOff: boolean;
  readonly work: () => Promise<void>;
}

function Step({ word, sign, keys, isOff, work }: StepProps) {
  return (
    <button type="button" class="plain-button" disabled={isOff} title={`${word} (${keys})`} onClick={() => void work()}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{word} my last edit</span>
    </button>
  );
}

function Guard({ guard }: { readonly guard: string }) {
  const tell = () => askPerson({ title: 'Protected', text: guard, buttons: ['OK'] });
  return (
    <button type="button" class="chip-button" onClick={() => void tell()}>
      Written by the add-on
    </button>
  );
}

export function Toolbar({ model, tab }: { readonly model: TabModel; readonly tab: TabInfo }) {
  const isPlain = isPlainView(model.view.value);
  const filter = () => {
    model.filtering.value = model.active.value.column;
  };
  return (
    <div class="toolbar">
      <Menus />
      <span class="bar-line" aria-hidden="true" />
      <Step word="Undo" sign="↶" keys="Ctrl+Z" isOff={done.value.length === 0} work={undo} />
      <Step word="Redo" sign="↷" keys="Ctrl+Y" isOff={undone.value.length === 0} work={redo} />
      <button type="button" class="plain-button" onClick={filter} title="Filter the column of the active cell">
        Filter
      </button>
      {!isPlain && (
        <button type="button" class="chip-button" onClick={() => model.show(PLAIN)}>
          Show all rows
        </button>
      )}
      {tab.isGuarded && <Guard guard={model.tab.value?.guard ?? ''} />}
      <span class="push" />
      <Search model={model} />
    </div>
  );
}
