/** Step 4: one source of money, or none yet. */
import { Actions, Button, Chip, Line, List, Shown } from '../../kit';
import { go } from '../../route';
import { useAsked } from '../../use';
import type { StepProps } from './steps';

export function Connect({ view, onDone, leaving }: StepProps) {
  const asked = useAsked('connections', {});
  const isDone = view.steps.some(({ step, done }) => step === 'connect' && done);
  return (
    <>
      <p>
        A connected platform tells about payments by itself. Without one you type payments in or paste lists; nothing
        else changes.
      </p>
      <Shown asked={asked} rows={3}>
        {(all) => (
          <List of={all} keyOf={({ id }) => id}>
            {(each) => (
              <Line
                head={each.title}
                tail={
                  each.state === 'connected' ? (
                    <Chip tone="good" icon="check" text="Connected" />
                  ) : (
                    <Button
                      look="quiet"
                      onClick={() => go('connections', { platform: each.id })}
                      label={`Connect ${each.title}`}
                    >
                      Connect
                    </Button>
                  )
                }
                note={each.reads.length > 0 ? `Reads: ${each.reads.join('; ')}` : `Writes: ${each.writes.join('; ')}`}
              />
            )}
          </List>
        )}
      </Shown>
      <Actions>
        <Button look="primary" changes busy={leaving} onClick={onDone}>
          {isDone ? 'Go on' : 'Go on without one'}
        </Button>
      </Actions>
    </>
  );
}
