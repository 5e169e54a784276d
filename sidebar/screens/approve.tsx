/** Approve: overrides above the limit that wait for a second person, each with what it would do. */
import { useState } from 'preact/hooks';
import type { Need } from '../../src/api/desk/today';
import {
  Actions,
  Button,
  Came,
  Card,
  DayOf,
  Details,
  daysIn,
  Empty,
  Line,
  Money,
  Note,
  ReasonField,
  Refused,
  Shown,
} from '../kit';
import { go, type Params } from '../route';
import { isRefusal, useAsked, useChange } from '../use';

const REASONS = [
  'Too much',
  'Not agreed with the resident',
  'Wrong charge',
  'Checked, in order',
  'Agreed with the owner',
];

const OFFER_REASONS = ['Checked with the resident', 'An old one', 'Typing mistake there', 'Not theirs'];

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
            <p class="quiet">{whyOf(waiting)}</p>
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
                  head={daysIn(need.detail)}
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

/** It comes from a platform: no second person is needed, but one. */
const isOffer = ({ key }: Need): boolean => key.startsWith('approval:offer:');

function whyOf(waiting: readonly Need[]): string {
  const offers = waiting.filter(isOffer).length;
  if (offers === waiting.length) return 'Somebody has changed these on a platform. Nothing has been written here yet.';
  if (offers === 0)
    return 'These are above the approval limit on the Settings tab. Nothing has been written to the Ledger yet.';
  return 'These are above the approval limit on the Settings tab, or were changed on a platform. Nothing has been written yet.';
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
            {effect.text === '' && effect.stopped ? <Refused text={effect.stopped} /> : null}
            {effect.mine ? <Note>You asked for it yourself. Somebody else must approve it.</Note> : null}
            <Decide need={need} mine={effect.mine === true} />
          </>
        )
      }
    </Shown>
  );
}

function Decide({ need, mine }: { readonly need: Need; readonly mine: boolean }) {
  const effect = need.key;
  const decide = useChange('decideApproval');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [approved, setApproved] = useState(true);
  /** To approve needs no more words than the ones it was asked for with; to refuse does. */
  const run = async (approve: boolean) => {
    setApproved(approve);
    setMissing(!approve && reason.trim() === '');
    if (approve || reason.trim() !== '') await decide.run({ effect, approve, reason: reason.trim() });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run(!mine);
      }}
    >
      <ReasonField
        value={reason}
        onInput={setReason}
        common={isOffer(need) ? OFFER_REASONS : REASONS}
        error={missing ? 'Say why it is refused; it stays in the Log.' : undefined}
      />
      <Came of={decide} again={() => void run(approved)} />
      <Actions>
        {mine ? null : (
          <Button look="primary" submit busy={decide.busy && approved}>
            Approve
          </Button>
        )}
        <Button changes busy={decide.busy && !approved} onClick={() => void run(false)}>
          {mine ? 'Take it back' : 'Refuse'}
        </Button>
      </Actions>
    </form>
  );
}
