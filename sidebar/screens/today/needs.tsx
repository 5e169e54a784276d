/** What only a person can settle, each with the one thing that settles it. */
import { useState } from 'preact/hooks';
import type { Need } from '../../../src/api/desk/today';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Card, DayOf, Line, Money, ReasonField, TextField, useEscape } from '../../kit';
import { go } from '../../route';
import { useChange } from '../../use';
import { EffectChoices, EffectPanel } from '../shared/effect';
import { ShortList } from '../shared/rows';

const FIRST = 6;

interface Way {
  readonly label: string;
  readonly open: () => void;
}

/** The screen on which it is settled; undefined where it is settled in place, or in the Sheet. */
function wayOf(need: Need): Way | undefined {
  const { kind, key, lease } = need;
  if (kind === 'unmatched receipt') return { label: 'Match', open: () => go('reconcile', { receipt: key }) };
  if (kind === 'connection') return { label: 'Open connection', open: () => go('connections', { platform: key }) };
  if (kind === 'integrity') return { label: 'Open the Log', open: () => go('log', { errors: 'yes' }) };
  if (lease && (kind === 'failed payment' || kind === 'returned payment'))
    return { label: 'Open lease', open: () => go('lease', { lease }) };
  return undefined;
}

const settledHere = (need: Need) => ['effect', 'approval', 'task'].includes(need.kind);

/** The first that has a button: its button is the coloured one. */
export const firstToPress = (needs: readonly Need[]): Need | undefined =>
  mayAct('manager') ? needs.find((need) => wayOf(need) || settledHere(need)) : undefined;

const REASONS = ['Agreed with the owner', 'Checked with the resident', 'Correction of a mistake'];

function Approval({ need, primary }: { readonly need: Need; readonly primary: boolean }) {
  const act = useChange('decideApproval');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  useEscape(() => setOpen(false), open);
  const decide = async (approve: boolean) => {
    if (await act.run({ effect: need.key, approve, reason: reason.trim() })) setOpen(false);
  };
  if (!open) {
    return (
      <Actions>
        <Button look={primary ? 'primary' : 'plain'} label={`Decide: ${need.title}`} onClick={() => setOpen(true)}>
          Decide
        </Button>
      </Actions>
    );
  }
  return (
    <section class="panel" aria-label={`Decide: ${need.title}`}>
      <ReasonField value={reason} onInput={setReason} common={REASONS} />
      <Came of={act} />
      <Actions>
        <Button changes disabled={reason.trim() === ''} onClick={() => void decide(true)}>
          Approve
        </Button>
        <Button changes disabled={reason.trim() === ''} onClick={() => void decide(false)}>
          Decline
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </Actions>
    </section>
  );
}

export function TaskDone({ task, title, primary = false }: { task: string; title: string; primary?: boolean }) {
  const act = useChange('taskDone');
  const [open, setOpen] = useState(false);
  const [outcome, setOutcome] = useState('');
  useEscape(() => setOpen(false), open);
  if (!open) {
    return (
      <Actions>
        <Button look={primary ? 'primary' : 'plain'} label={`Mark done: ${title}`} onClick={() => setOpen(true)}>
          Mark done
        </Button>
      </Actions>
    );
  }
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run({ task, outcome: outcome.trim() });
      }}
    >
      <TextField label="What came of it" hint="It stays with the task." rows={2} value={outcome} onInput={setOutcome} />
      <Came of={act} />
      <Actions>
        <Button submit busy={act.busy}>
          Mark done
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}

function EffectNeed({ need, primary }: { readonly need: Need; readonly primary: boolean }) {
  const [shown, setShown] = useState(false);
  if (shown) return <EffectPanel effect={need.key} onClose={() => setShown(false)} />;
  return (
    <EffectChoices effect={need.key} state={need.state ?? ''} what={need.title} primary={primary}>
      <Button look="quiet" label={`Preview: ${need.title}`} onClick={() => setShown(true)}>
        Preview
      </Button>
    </EffectChoices>
  );
}

function Settle({ need, primary }: { readonly need: Need; readonly primary: boolean }) {
  const way = wayOf(need);
  if (!mayAct('manager')) return null;
  if (need.kind === 'effect') return <EffectNeed need={need} primary={primary} />;
  if (need.kind === 'approval') return <Approval need={need} primary={primary} />;
  if (need.kind === 'task') return <TaskDone task={need.key} title={need.title} primary={primary} />;
  if (!way) return null;
  return (
    <Actions>
      <Button look={primary ? 'primary' : 'plain'} label={`${way.label}: ${need.title}`} onClick={way.open}>
        {way.label}
      </Button>
    </Actions>
  );
}

function Place({ need }: { readonly need: Need }) {
  const { cell, since, lease } = need;
  const where = cell ? `Mend it on the ${cell.tab} tab${cell.row ? `, row ${cell.row}` : ''}.` : '';
  if (!where && !since && !lease) return null;
  return (
    <p class="quiet small">
      {where}{' '}
      {since ? (
        <>
          Since <DayOf day={since} />.{' '}
        </>
      ) : null}
      {lease ? (
        <Button look="quiet" label={`Lease ${lease}: open`} onClick={() => go('lease', { lease })}>
          Lease {lease}
        </Button>
      ) : null}
    </p>
  );
}

export function Needs({ needs, first }: { readonly needs: readonly Need[]; readonly first: Need | undefined }) {
  return (
    <Card title="Needs you" count={needs.length}>
      <ShortList of={needs} first={FIRST} keyOf={(need, index) => `${need.kind} ${need.key || index}`}>
        {(need) => (
          <>
            <Line head={<b>{need.title}</b>} tail={need.money ? <Money of={need.money} /> : null} note={need.detail} />
            <Place need={need} />
            <Settle need={need} primary={need === first} />
          </>
        )}
      </ShortList>
    </Card>
  );
}
