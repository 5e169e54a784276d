/** The cell that is being typed into, with the choices of its dropdown below. */
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keyboard chooses in the field that owns the list
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { cancel, commit } from './actions';
import { fitting } from './choices';
import type { Editing, TabModel } from './model';

interface EditorProps {
  readonly model: TabModel;
  readonly editing: Editing;
  readonly label: string;
  /** The choices open upwards where there is more room. */
  readonly isUp: boolean;
}

interface ChoicesProps {
  readonly choices: readonly string[];
  readonly at: number;
  readonly isUp: boolean;
  readonly take: (choice: string) => void;
}

const optionId = (at: number): string => `choice-${at}`;

function Choices({ choices, at, isUp, take }: ChoicesProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at]);
  return (
    <div ref={list} id="choices" role="listbox" aria-label="Choices" class={isUp ? 'choices up' : 'choices'}>
      {choices.map((choice, index) => (
        <div
          key={choice}
          id={optionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(choice)}
        >
          {choice}
        </div>
      ))}
    </div>
  );
}

export function Editor({ model, editing, label, isUp }: EditorProps) {
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  const [first] = useState(editing.text);
  // At once, or the next letter would be lost.
  useLayoutEffect(() => {
    if (editing.where !== 'cell') return;
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(editing.text.length, editing.text.length);
  }, []);
  const rule = model.ruleAt(editing.place);
  const choices = rule?.kind === 'list' ? fitting(rule.choices, editing.text, editing.text === first) : [];
  const type = (text: string) => {
    model.editing.value = { ...editing, text };
  };
  const take = (choice: string) => {
    type(choice);
    void commit(model, 'stay');
  };
  const keys = (event: KeyboardEvent) => {
    const chosen = choices[at];
    if (event.key === 'Escape') cancel(model);
    else if (event.key === 'Enter' || event.key === 'Tab') {
      if (chosen !== undefined) type(chosen);
      void commit(model, event.key === 'Enter' ? 'row' : 'column', event.shiftKey);
    } else if (choices.length > 0 && event.key === 'ArrowDown') setAt((at + 1) % choices.length);
    else if (choices.length > 0 && event.key === 'ArrowUp') setAt((at - 1 + choices.length) % choices.length);
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const hasList = choices.length > 0;
  const combo = hasList
    ? {
        role: 'combobox' as const,
        'aria-expanded': true,
        'aria-controls': 'choices',
        'aria-autocomplete': 'list' as const,
        ...(at >= 0 ? { 'aria-activedescendant': optionId(at) } : {}),
      }
    : {};
  return (
    <span class="editor">
      <input
        ref={field}
        class="editor-field"
        aria-label={label}
        value={editing.text}
        autocomplete="off"
        spellcheck={false}
        {...combo}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={keys}
        onBlur={() => model.editing.value?.where === 'cell' && void commit(model, 'stay')}
      />
      {hasList && <Choices choices={choices} at={at} isUp={isUp} take={take} />}
    </span>
  );
}
