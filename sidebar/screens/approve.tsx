/** Approve: overrides above the limit that wait for a second person, each with what it would do. */
import { useState } from 'preact/hooks';
import type { Need } from '../../src/api/desk/today';
import { Actions, Button, Came, Card, DayOf, Details, Empty, Line, Money, ReasonField, Refused, Shown } from '../kit';
import { go, type Params } from '../route';
import { isRefusal, useAsked, useChange } from '../use';

const REASONS = ['Checked, in order', 'Agreed with the owner', 'Too much', 'Not agreed with the resident'];

export function Approve({ params }: { readonly params: Params }) {
  const asked = useAsked('today', {});
  return (
    <Shown asked={asked}>
      {({ needs }) => {
        const waiting = needs.filter(({ kind }) => kind === 'approval');
        if (waiting.length === 0) {
          return (
            <Empty text="No override waits for approval.">
              <Button onClick={() => go('today')}>Go to Today</Button>
            </Empty>
          );
        }
        const opened = waiting.find(({ key }) => key === params.effect) ?? waiting[0];
        return (
          <>
            <p class="quiet">
              These are above the approval limit on the Settings tab. Nothing has been written to the Ledger yet.
            </p>
            {waiting.map((need) => (
              <Card
                key={need.key}
                title={need.title}
                side={
                  need === opened ? null : (
                    <Button
                      look="quiet"
                      onClick={() => go('approve', { effect: need.key })}
                      label={`Look at it: ${need.title}`}
                    >
                      Look at it
                    </Button>
                  )
                }
              >
                <Line
                  head={need.detail}
                  tail={need.money ? <Money of={need.money} /> : ''}
                  note={
                    need.since ? (
                      <>
                        Since <DayOf day={need.since} />
                      </>
                    ) : (
                      ''
                    )
                  }
                />
                {need === opened ? <Decision need={need} /> : null}
              </Card>
            ))}
          </>
        );
      }}
    </Shown>
  );
}

function Decision({ need }: { readonly need: Need }) {
  const asked = useAsked('previewEffect', { effect: need.key });
  return (
    <Shown asked={asked} rows={2}>
      {(effect) =>
        isRefusal(effect) ? (
          <Refused text={effect.refused} />
        ) : (
          <>
            {effect.subject && effect.subject !== need.title ? <p>{effect.subject}</p> : null}
            {effect.text ? (
              <Details summary="All that it would do" open>
                <p class="letter">{effect.text}</p>
              </Details>
            ) : null}
            {effect.because ? <p class="quiet">{effect.because}</p> : null}
            {effect.stopped ? <Refused text={effect.stopped} /> : null}
            <Decide effect={need.key} />
          </>
        )
      }
    </Shown>
  );
}

function Decide({ effect }: { readonly effect: string }) {
  const decide = useChange('decideApproval');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [approved, setApproved] = useState(true);
  const run = async (approve: boolean) => {
    setTried(true);
    setApproved(approve);
    if (reason.trim() !== '') await decide.run({ effect, approve, reason: reason.trim() });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run(true);
      }}
    >
      <ReasonField
        value={reason}
        onInput={setReason}
        common={REASONS}
        error={tried && reason.trim() === '' ? 'Say why; it stays in the Log.' : undefined}
      />
      <Came of={decide} again={() => void run(approved)} />
      <Actions>
        <Button look="primary" submit busy={decide.busy && approved}>
          Approve
        </Button>
        <Button changes busy={decide.busy && !approved} onClick={() => void run(false)}>
          Refuse
        </Button>
      </Actions>
    </form>
  );
}
