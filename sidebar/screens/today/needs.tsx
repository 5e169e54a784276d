/** What only a person can settle, each with the one thing that settles it. */
import { useState } from 'preact/hooks';
import type { Need } from '../../../src/api/desk/today';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Card, DayOf, daysIn, Line, Money, TextField, useEscape } from '../../kit';
import { go } from '../../route';
import { useChange } from '../../use';
import { EffectChoices, EffectPanel } from '../shared/effect';
import { REQUEST_KINDS, RequestChoices, RequestWords } from '../shared/request';
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
  if (kind === 'approval') return { label: 'Decide', open: () => go('approve', { effect: key }) };
  if (kind === 'connection') return { label: 'Open connection', open: () => go('connections', { platform: key }) };
  if (kind === 'integrity') return { label: 'Open the Log', open: () => go('log', { errors: 'yes' }) };
  if (lease && (kind === 'failed payment' || kind === 'returned payment' || kind === 'plan'))
    return { label: 'Open lease', open: () => go('lease', { lease }) };
  return undefined;
}

const settledHere = ({ kind }: Need) => kind === 'effect' || kind === 'task' || kind === 'request';

/** What kind of thing it is, above its title. */
const KINDS: Readonly<Record<Need['kind'], string>> = {
  integrity: 'Ledger check',
  approval: 'Approval',
  'unmatched receipt': 'Payment to match',
  'failed payment': 'Failed payment',
  'returned payment': 'Returned payment',
  effect: 'Message',
  'fee terms': 'Fee terms to confirm',
  problem: 'Cell to mend',
  connection: 'Connection',
  plan: 'Payment plan',
  request: 'Request of a resident',
  task: 'Task',
};

/** The first that has a button: its button is the coloured one. */
export const firstToPress = (needs: readonly Need[]): Need | undefined =>
  mayAct('manager') ? needs.find((need) => wayOf(need) || settledHere(need)) : undefined;

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
  if (need.kind === 'task') return <TaskDone task={need.key} title={need.title} primary={primary} />;
  if (need.request) return <RequestChoices request={need.request} primary={primary} />;
  if (!way) return null;
  return (
    <Actions>
      <Button look={primary ? 'primary' : 'plain'} label={`${way.label}: ${need.title}`} onClick={way.open}>
        {way.label}
      </Button>
    </Actions>
  );
}

function kindText({ kind, state, request }: Need): string {
  if (request) return REQUEST_KINDS[request.kind];
  return state ? `${KINDS[kind]}, ${state}` : KINDS[kind];
}

/** Only what is mended in the Sheet says where; the rest has its button. */
const placeText = ({ kind, cell }: Need): string =>
  cell && (kind === 'fee terms' || kind === 'problem')
    ? `On the ${cell.tab} tab${cell.row ? `, row ${cell.row}` : ''}.`
    : '';

function Place({ need }: { readonly need: Need }) {
  const { since, lease } = need;
  const where = placeText(need);
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

export function Needs(props: {
  readonly needs: readonly Need[];
  /** In all; the list may be shorter. */
  readonly count: number;
  readonly first: Need | undefined;
}) {
  const { needs, count, first } = props;
  return (
    <Card title="Needs you" count={count}>
      <ShortList of={needs} first={FIRST} keyOf={(need, index) => `${need.kind} ${need.key || index}`}>
        {(need) => (
          <>
            <div class="quiet small">{kindText(need)}</div>
            <Line
              head={<b>{need.title}</b>}
              tail={need.money ? <Money of={need.money} /> : null}
              note={daysIn(need.detail)}
            />
            {need.request ? <RequestWords request={need.request} /> : null}
            <Place need={need} />
            <Settle need={need} primary={need === first} />
          </>
        )}
      </ShortList>
    </Card>
  );
}
