/** What the Log is narrowed to: chips to press, and what other screens have asked for to take away again. */
import { Button, DayField, Details, SelectField } from '../../kit';
import { Icon } from '../../kit/icon';
import { type Params, swap } from '../../route';
import { toggled, without } from './query';

const GROUPS = [
  ['money', 'Money'],
  ['messages', 'Messages'],
  ['edits', 'Edits'],
  ['runs', 'Runs'],
  ['connections', 'Connections'],
] as const;

/** Set by other screens: shown so that nobody wonders why lines are missing. */
const BROUGHT = [
  ['lease', 'Lease'],
  ['run', 'Run'],
] as const;

export const Filters = ({ params }: { readonly params: Params }) => (
  <fieldset class="chips">
    <legend class="unseen">Show only</legend>
    {BROUGHT.map(([name, title]) =>
      params[name] ? (
        <button
          key={name}
          type="button"
          class="button filter"
          aria-label={`${title} ${params[name]}: show all`}
          onClick={() => swap('log', without(params, name))}
        >
          {title} {params[name]} <Icon name="close" />
        </button>
      ) : null,
    )}
    <Button pressed={params.errors === 'yes'} onClick={() => swap('log', toggled(params, 'errors', 'yes'))}>
      Errors only
    </Button>
    {GROUPS.map(([group, title]) => (
      <Button key={group} pressed={params.group === group} onClick={() => swap('log', toggled(params, 'group', group))}>
        {title}
      </Button>
    ))}
  </fieldset>
);

const RANGE = ['person', 'from', 'until'] as const;

export function Range({ params, people }: { readonly params: Params; readonly people: readonly string[] }) {
  const set = (name: string) => (value: string) =>
    swap('log', value === '' ? without(params, name) : { ...params, [name]: value });
  const { person = '', from = '', until = '' } = params;
  const known = person === '' || people.includes(person) ? people : [person, ...people];
  return (
    <Details summary="Person and dates" open={RANGE.some((name) => params[name])}>
      <SelectField
        label="Person"
        value={person}
        onInput={set('person')}
        options={[{ value: '', label: 'Everybody' }, ...known.map((each) => ({ value: each, label: each }))]}
      />
      <DayField label="From" value={from} onInput={set('from')} />
      <DayField label="Until" value={until} onInput={set('until')} />
    </Details>
  );
}
