/** One effect of the Outbox: what it says, why it was wanted, and what a person may decide about it. */
import type { ComponentChildren } from 'preact';
import type { Effect, EffectAct } from '../../../src/api/desk/acts';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Note, Refused, Shown, useEscape } from '../../kit';
import { isRefusal, useAsked, useChange } from '../../use';
import { partsText } from './sms';

const CHOICES: Readonly<Record<string, readonly EffectAct[]>> = {
  'waiting for release': ['release', 'drop'],
  ready: ['hold', 'drop'],
  unsure: ['sent', 'again', 'drop'],
  failed: ['again', 'drop'],
};
const LABELS: Readonly<Record<EffectAct, string>> = {
  release: 'Release',
  hold: 'Hold',
  drop: 'Drop it',
  sent: 'It arrived',
  again: 'Send again',
};

/** What may be decided in a state; nothing about what has left or was dropped. */
export const choicesFor = (state: string): readonly EffectAct[] => CHOICES[state] ?? [];

export function EffectChoices(props: {
  readonly effect: string;
  readonly state: string;
  /** What it is, for the names of the buttons. */
  readonly what: string;
  /** The first button is the coloured one of the screen. */
  readonly primary?: boolean;
  readonly onDone?: () => void;
  /** More buttons of the same row. */
  readonly children?: ComponentChildren;
}) {
  const act = useChange('effect');
  const decide = async (as: EffectAct) => {
    if (await act.run({ effect: props.effect, as })) props.onDone?.();
  };
  if (!mayAct('manager')) return null;
  return (
    <>
      <Came of={act} />
      <Actions>
        {choicesFor(props.state).map((as, index) => (
          <Button
            key={as}
            changes
            look={props.primary && index === 0 ? 'primary' : 'plain'}
            label={`${LABELS[as]}: ${props.what}`}
            onClick={() => void decide(as)}
          >
            {LABELS[as]}
          </Button>
        ))}
        {props.children}
      </Actions>
    </>
  );
}

/** What has left is told in the words that it would have today. */
function Stopped({ view: { stopped, line } }: { readonly view: Effect }) {
  if (!stopped) return null;
  return line.state === 'sent' ? (
    <p class="quiet">It has left. Today it would read:</p>
  ) : (
    <Note tone="due">It would not leave now: {stopped}</Note>
  );
}

/** The message as it would leave now. */
export function EffectPanel({ effect, onClose }: { readonly effect: string; readonly onClose: () => void }) {
  const asked = useAsked('previewEffect', { effect });
  useEscape(onClose);
  return (
    <section class="panel" aria-label="Preview">
      <Shown asked={asked} rows={2}>
        {(view) =>
          isRefusal(view) ? (
            <Refused text={view.refused} />
          ) : (
            <>
              <Stopped view={view} />
              <p class="quiet">To {view.line.to}</p>
              {view.subject ? <h3 class="subject">{view.subject}</h3> : null}
              <p class="letter">{view.text}</p>
              {view.sms ? <p class="quiet">{partsText(view.sms)}</p> : null}
              <p class="quiet">{view.because}</p>
              <EffectChoices effect={effect} state={view.line.state} what={view.subject || view.line.kind} />
            </>
          )
        }
      </Shown>
      <Button look="quiet" onClick={onClose}>
        Close the preview
      </Button>
    </section>
  );
}
