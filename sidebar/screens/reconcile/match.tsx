/** The candidates of a payment with their reasons, another lease by search, and what can be done. */
import { useId } from 'preact/hooks';
import type { Candidate, QueueItem } from '../../../src/api/desk/reconcile';
import { Actions, Button, CheckField, Chip, DayOf, type IconName, LeasePicker, Money, moneyText } from '../../kit';
import { Hint } from './hints';

export interface Target {
  readonly lease: string;
  /** In words, for a lease that was searched for; '' for a candidate. */
  readonly label: string;
}

export interface MatchProps {
  readonly item: QueueItem;
  readonly target: Target | undefined;
  readonly onTarget: (target: Target) => void;
  /** Somebody wanted to match and has chosen nothing. */
  readonly missing: boolean;
  readonly remember: boolean;
  readonly onRemember: (remember: boolean) => void;
  readonly busy: boolean;
  readonly onMatch: () => void;
  readonly onPanel: (panel: 'split' | 'not rent' | 'later') => void;
}

const WORDS: Readonly<Record<Candidate['confidence'], readonly [tone: string, icon: IconName, text: string]>> = {
  sure: ['good', 'check', 'Sure'],
  likely: ['info', 'half', 'Likely'],
  possible: ['none', 'dash', 'Possible'],
};

export function Match(props: MatchProps) {
  const { item, target, onTarget, missing, busy } = props;
  const { candidates, remember } = item;
  const chosen = candidates.find(({ lease }) => lease.lease === target?.lease);
  const name = chosen ? `${chosen.lease.property} ${chosen.lease.unit}` : target?.label;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onMatch();
      }}
    >
      <fieldset class="candidates" aria-describedby={missing ? 'choose-first' : undefined}>
        <legend>{candidates.length > 0 ? 'Whose payment is it?' : 'No lease comes to mind.'}</legend>
        {candidates.map((each, index) => (
          <Choice
            key={each.lease.lease}
            candidate={each}
            number={index + 1}
            chosen={each === chosen}
            onChoose={() => onTarget({ lease: each.lease.lease, label: '' })}
          />
        ))}
      </fieldset>
      <LeasePicker
        label={candidates.length > 0 ? 'Or another lease' : 'Which lease?'}
        picked={target?.label ?? ''}
        onPick={(found) => onTarget(found)}
      />
      {missing ? (
        <p class="wrong" role="alert" id="choose-first">
          Choose a lease first.
        </p>
      ) : null}
      {remember ? (
        <CheckField
          label={`Remember ${remember.value}`}
          checked={props.remember}
          onInput={props.onRemember}
          hint="What this payer sends next belongs to the same lease."
        />
      ) : null}
      <Actions>
        <Button look="primary" submit busy={busy}>
          {name ? `Match to ${name}` : 'Match'}
        </Button>
        <Button onClick={() => props.onPanel('split')}>
          Split <Hint letter="S" />
        </Button>
        <Button onClick={() => props.onPanel('not rent')}>
          Not rent <Hint letter="N" />
        </Button>
        <Button onClick={() => props.onPanel('later')}>
          Ask later <Hint letter="L" />
        </Button>
      </Actions>
    </form>
  );
}

interface ChoiceProps {
  readonly candidate: Candidate;
  readonly number: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ candidate, number, chosen, onChoose }: ChoiceProps) {
  const { lease, confidence, reasons } = candidate;
  const id = useId();
  return (
    <div class={`candidate ${chosen ? 'chosen' : ''}`}>
      <input
        type="radio"
        name="candidate"
        id={id}
        checked={chosen}
        onChange={onChoose}
        aria-describedby={`${id}-why`}
      />
      <label for={id}>
        <span class="line">
          <b class="line-head">
            {lease.property} {lease.unit}
          </b>
          <Chip tone={WORDS[confidence][0]} icon={WORDS[confidence][1]} text={WORDS[confidence][2]} />
        </span>
        <span class="line">
          <span class="line-head">{lease.residents}</span>
          <kbd>{number}</kbd>
        </span>
      </label>
      <div class="candidate-why" id={`${id}-why`}>
        <p class="quiet">{reasons.join(', ')}</p>
        {chosen ? <Pays candidate={candidate} /> : null}
      </div>
    </div>
  );
}

/** What the money would pay, by the lease's rule. */
const Pays = ({ candidate: { pays, ahead } }: { readonly candidate: Candidate }) => (
  <ul class="pays">
    {pays.map(({ charge, type, due, amount }) => (
      <li key={charge} class="line">
        <span class="line-head">
          {type}, due <DayOf day={due} />
        </span>
        <Money of={amount} />
      </li>
    ))}
    {ahead.cents > 0 ? (
      <li class="line">
        <span class="line-head">money ahead</span>
        <span class="money">{moneyText(ahead)}</span>
      </li>
    ) : null}
  </ul>
);
