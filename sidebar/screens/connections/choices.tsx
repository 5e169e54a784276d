/** What the account at a platform has, to choose from: channels, tabs, templates. Loaded only once somebody wants to choose. */
import { useRef, useState } from 'preact/hooks';
import type { Calls } from '../../../src/api/desk/contract';
import { Actions, Button, Empty, Icon, List, Refused, Shown, TextField, useEscape, useFocusInside } from '../../kit';
import { answered, isRefusal, useAsked } from '../../use';

type Choice = Exclude<Calls['platformList']['value'], { readonly refused: string }>['choices'][number];

/** So few need no search. */
const FEW = 6;
/** So many are shown at once; more are found by typing. */
const MOST = 40;

export interface ListOf {
  readonly platform: string;
  readonly list: string;
}

/** The name of what was chosen, where the list was seen in this frame; else the id itself. */
export function nameOf(of: ListOf, id: string): string {
  const seen = answered('platformList', of);
  return (seen && 'choices' in seen && seen.choices.find((each) => each.id === id)?.name) || id;
}

/** Several ids are parted by commas. */
export const idsIn = (value: string): readonly string[] =>
  value
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);

export const namesOf = (of: ListOf, value: string): string =>
  idsIn(value)
    .map((id) => nameOf(of, id))
    .join(', ');

interface ChoicesProps extends ListOf {
  /** What is chosen for: `Channel`. */
  readonly label: string;
  readonly picked: readonly string[];
  readonly onPick: (choice: Choice) => void;
  readonly onClose: () => void;
  /** Words of the button that closes it. */
  readonly closes?: string;
}

export function Choices({ platform, list, label, picked, onPick, onClose, closes = 'Cancel' }: ChoicesProps) {
  const asked = useAsked('platformList', { platform, list });
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  useFocusInside(place, asked.data !== undefined);
  return (
    <section class="panel choices" aria-label={`Choose: ${label}`} ref={place} onKeyDown={keepsForm}>
      <Shown asked={asked} rows={3}>
        {(told) =>
          isRefusal(told) ? (
            <>
              <Refused text={told.refused} />
              <Button onClick={asked.refresh}>Ask again</Button>
            </>
          ) : (
            <Found choices={told.choices} label={label} picked={picked} onPick={onPick} />
          )
        }
      </Shown>
      <Actions>
        <Button look="quiet" label={`${closes}: ${label}`} onClick={onClose}>
          {closes}
        </Button>
      </Actions>
    </section>
  );
}

/** It may stand inside a form, which Enter in the search field must not end. */
function keepsForm(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

const matches = ({ id, name, note = '' }: Choice, text: string): boolean =>
  `${name} ${id} ${note}`.toLowerCase().includes(text.trim().toLowerCase());

function Found({
  choices,
  label,
  picked,
  onPick,
}: Pick<ChoicesProps, 'label' | 'picked' | 'onPick'> & { readonly choices: readonly Choice[] }) {
  const [text, setText] = useState('');
  if (choices.length === 0) return <Empty text="There is nothing to choose from in this account." />;
  const found = choices.filter((each) => matches(each, text));
  return (
    <>
      {choices.length > FEW ? (
        <TextField
          label={`Find: ${label}`}
          type="search"
          value={text}
          onInput={setText}
          hint={`${choices.length} in all`}
        />
      ) : null}
      {found.length === 0 ? <p class="quiet">Nothing matches "{text}".</p> : null}
      <List of={found.slice(0, MOST)} keyOf={({ id }) => id}>
        {(choice) => <OneChoice choice={choice} isPicked={picked.includes(choice.id)} onPick={onPick} />}
      </List>
      {found.length > MOST ? <p class="quiet">{found.length - MOST} more: type to find them.</p> : null}
    </>
  );
}

const OneChoice = ({
  choice,
  isPicked,
  onPick,
}: {
  readonly choice: Choice;
  readonly isPicked: boolean;
  readonly onPick: (choice: Choice) => void;
}) => (
  <button type="button" class="row choice" aria-pressed={isPicked} onClick={() => onPick(choice)}>
    <span class="choice-mark">{isPicked ? <Icon name="check" /> : null}</span>
    <span>
      {choice.name}
      {choice.note ? <span class="quiet small choice-about">{choice.note}</span> : null}
    </span>
  </button>
);
