/** Finds a lease by resident, unit, property or id, as somebody types. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ask } from '../server';
import { asTrouble } from '../trouble';
import { useEscape } from './escape';
import { Field } from './fields';

interface Found {
  readonly lease: string;
  readonly label: string;
}

const PAUSE_MS = 250;

/** The leases for a text, after a pause in typing; undefined while nobody knows. */
function useFound(text: string, wanted: boolean): { readonly found?: readonly Found[]; readonly wrong?: string } {
  const [state, setState] = useState<{ text: string; found?: readonly Found[]; wrong?: string }>({ text: '' });
  useEffect(() => {
    if (!wanted || text.trim() === '') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      ask('findLeases', { text: text.trim() }).then(
        (found) => current && setState({ text, found }),
        (error: unknown) => current && setState({ text, wrong: asTrouble(error).message }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, wanted]);
  return state.text === text ? state : {};
}

export function LeasePicker(props: {
  readonly label?: string;
  /** What is picked, in words; '' for nothing. */
  readonly picked: string;
  readonly onPick: (found: Found) => void;
  readonly error?: string;
}) {
  const [typed, setTyped] = useState<string | undefined>();
  const [at, setAt] = useState(0);
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const searching = typed !== undefined;
  const { found, wrong } = useFound(typed ?? '', searching);
  const shown = searching ? (found ?? []) : [];
  useEscape(() => setTyped(undefined), searching);
  const pick = (choice: Found | undefined) => {
    if (!choice) return;
    setTyped(undefined);
    props.onPick(choice);
  };
  const move = (to: number) => {
    setAt(to);
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) move(Math.min(Math.max(at + step, 0), Math.max(shown.length - 1, 0)));
    else if (event.key === 'Enter' && shown.length > 0) pick(shown[at]);
    else return;
    event.preventDefault();
  };
  const none = found?.length === 0 ? 'No lease found. Try a name, a unit or a lease id.' : undefined;
  return (
    <div class="picker">
      <Field
        label={props.label ?? 'Lease'}
        hint="Name, unit, property or lease id"
        error={wrong ?? none ?? props.error}
      >
        {(wired) => (
          <input
            {...wired}
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            aria-expanded={shown.length > 0}
            aria-controls={`${base}-list`}
            aria-autocomplete="list"
            aria-activedescendant={shown.length > 0 ? `${base}-${at}` : undefined}
            value={typed ?? props.picked}
            onInput={(event) => {
              setAt(0);
              setTyped(event.currentTarget.value);
            }}
            onKeyDown={onKey}
          />
        )}
      </Field>
      <div id={`${base}-list`} role="listbox" aria-label="Leases found" ref={list} hidden={shown.length === 0}>
        {shown.map((each, index) => (
          <div
            key={each.lease}
            id={`${base}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseDown={(event) => {
              event.preventDefault();
              pick(each);
            }}
          >
            {each.label}
          </div>
        ))}
      </div>
    </div>
  );
}
