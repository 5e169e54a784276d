/** What was chosen at a connected platform and is no secret, and a form to change it without connecting anew. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, Facts, useEscape, useFocusBack, useFocusInside } from '../../kit';
import { useAsked, useChange } from '../../use';
import { idsIn, type ListOf, nameOf, namesOf } from './choices';
import { Fields, type FormProps, isMissing, type Values } from './key-fields';

/** The connection with those fields alone that can be changed here. */
const open = (connection: Connection): Connection => {
  const { values = {}, fields } = connection;
  return { ...connection, fields: fields.filter(({ name, secret }) => !secret && name in values) };
};

/** So long, an id is a row of letters that nobody reads; the form has the whole of it. */
const LONGEST = 26;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, 10)}…${text.slice(-8)}` : text);

interface Chosen {
  readonly label: string;
  readonly value: string;
  /** Where its name can be looked up. */
  readonly of?: ListOf;
}

/** What is chosen; of what is not, only what there is a list for. What is as it is everywhere is nothing to tell. */
const chosenIn = ({ id, fields, values = {} }: Connection): readonly Chosen[] =>
  fields.flatMap(({ name, label, pick, optional, choices }) => {
    const value = values[name] ?? '';
    if ((value === '' && !pick) || (optional && choices?.[0] === value)) return [];
    return [{ label, value, ...(pick ? { of: { platform: id, list: pick } } : {}) }];
  });

const wordsOf = (value: string): string => idsIn(value).map(short).join(', ') || 'Not chosen';

/** Asks the platform what its ids are called. */
function Named({ of, value }: { readonly of: ListOf; readonly value: string }) {
  useAsked('platformList', of);
  return (
    <>
      {idsIn(value)
        .map((id) => short(nameOf(of, id)))
        .join(', ')}
    </>
  );
}

export function OpenValues({ connection }: { readonly connection: Connection }) {
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState('');
  const place = useRef<HTMLElement>(null);
  useFocusBack(place, changing);
  const mine = open(connection);
  if (mine.fields.length === 0) return null;
  const close = (says = '') => {
    setSaid(says);
    setChanging(false);
  };
  return (
    <section class="part-of-card" aria-label={`What is chosen at ${connection.title}`} ref={place}>
      {changing ? (
        <ChangeForm connection={mine} onClose={close} />
      ) : (
        <Chosens of={chosenIn(mine)} title={connection.title} onChange={() => setChanging(true)} />
      )}
      <p class="said" role="status">
        {said}
      </p>
    </section>
  );
}

function Chosens({
  of,
  title,
  onChange,
}: {
  readonly of: readonly Chosen[];
  readonly title: string;
  readonly onChange: () => void;
}) {
  const [named, setNamed] = useState(false);
  const isUnknown = (each: Chosen) => each.of && idsIn(each.value).some((id) => each.of && nameOf(each.of, id) === id);
  const shownFor = (each: Chosen) =>
    named && each.of && each.value ? (
      <Named of={each.of} value={each.value} />
    ) : (
      wordsOf(each.of ? namesOf(each.of, each.value) : each.value)
    );
  return (
    <>
      <h4>Chosen</h4>
      {of.length === 0 ? <p class="quiet">Nothing.</p> : <Facts of={of.map((each) => [each.label, shownFor(each)])} />}
      <Actions>
        <Button label={`Change what is chosen at ${title}`} onClick={onChange}>
          Change
        </Button>
        {!named && of.some(isUnknown) ? (
          <Button look="quiet" label={`Show names of what is chosen at ${title}`} onClick={() => setNamed(true)}>
            Show names
          </Button>
        ) : null}
      </Actions>
    </>
  );
}

function ChangeForm({ connection, onClose }: FormProps) {
  const act = useChange('platformFields');
  const { id, title, values: before = {} } = connection;
  const [values, setValues] = useState<Values>(before);
  const place = useRef<HTMLFormElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  const changed = Object.entries(values)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== (before[name] ?? ''));
  const missing = isMissing(connection, values);
  const keep = async () => {
    if (changed.length === 0) return onClose();
    if (await act.run({ platform: id, values: Object.fromEntries(changed) })) onClose(`${title}: it is changed.`);
  };
  return (
    <form
      ref={place}
      noValidate
      class="panel"
      aria-label={`Change ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void keep();
      }}
    >
      <Fields connection={connection} values={values} onInput={setValues} />
      <p class="quiet">It is tried before it is kept. Its secret keys stay as they are.</p>
      <Came of={act} again={() => void keep()} />
      <Actions>
        <Button submit look="primary" busy={act.busy} disabled={missing}>
          Save
        </Button>
        <Button look="quiet" onClick={() => onClose()}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}
