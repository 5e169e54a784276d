/** The end of the wizard: the two switches, what is still open, the demo, and the hand-over. */
import { Actions, Button, Came, Card, Chip, Good, Line, List } from '../../kit';
import { go, swap } from '../../route';
import { Demo } from './choose';
import { CloseLinks } from './close-links';
import { HandOverCard } from './hand-over';
import { ToMend } from './leases';
import { type StepProps, TITLES } from './steps';
import { useStep } from './use-step';

export function Done({ view, onSaid }: StepProps) {
  const open = view.steps.filter(({ done }) => !done);
  const isOn = view.reminders && view.schedule;
  return (
    <>
      {isOn && open.length === 0 ? <Good>All of it is set up, and it runs by itself.</Good> : null}
      {open.length > 0 ? (
        <Card title="Still open" count={open.length}>
          <List of={open} keyOf={({ step }) => step}>
            {({ step, told }) => (
              <Line
                head={TITLES[step]}
                tail={
                  <Button look="quiet" onClick={() => swap('setup', { step })} label={`Do it: ${TITLES[step]}`}>
                    Do it
                  </Button>
                }
                note={told}
              />
            )}
          </List>
        </Card>
      ) : null}
      <Switch
        call="schedule"
        title="Clock"
        on={view.schedule}
        may={view.mine}
        what="Payments are read every ten minutes, and each property’s day begins by itself. It runs in the owner’s name."
        primary={!view.schedule}
        onSaid={onSaid}
      />
      <Switch
        call="turnOn"
        title="Reminders"
        on={view.reminders}
        may={view.mine}
        what="While they are off, rent is charged and payments are matched, and no resident gets a message."
        primary={view.schedule && !view.reminders}
        onSaid={onSaid}
      />
      <ToMend problems={view.problems} />
      {view.demo ? <Demo view={view} onSaid={onSaid} /> : null}
      {view.pageLinks ? <CloseLinks onSaid={onSaid} /> : null}
      <HandOverCard view={view} onSaid={onSaid} />
      <Actions>
        <Button look={isOn ? 'primary' : 'plain'} onClick={() => go('today')}>
          Go to Today
        </Button>
      </Actions>
    </>
  );
}

interface SwitchProps {
  readonly call: 'schedule' | 'turnOn';
  readonly title: string;
  readonly on: boolean;
  readonly may: boolean;
  readonly what: string;
  readonly primary: boolean;
  readonly onSaid: (text: string) => void;
}

function Switch({ call, title, on, may, what, primary, onSaid }: SwitchProps) {
  const turn = useStep(call, onSaid);
  const run = () => void turn.run({ on: !on });
  return (
    <Card
      title={title}
      side={on ? <Chip tone="good" icon="check" text="On" /> : <Chip tone="none" icon="pause" text="Off" />}
    >
      <p>{what}</p>
      <Came of={turn} again={run} />
      {may ? (
        <Button
          look={primary ? 'primary' : 'plain'}
          changes
          busy={turn.busy}
          onClick={run}
          label={`Turn ${on ? 'off' : 'on'}: ${title}`}
        >
          Turn {on ? 'off' : 'on'}
        </Button>
      ) : (
        <p class="quiet">The owner can turn this {on ? 'off' : 'on'}.</p>
      )}
    </Card>
  );
}
