/** What a resident asked for on their page: their words, and the answer that they will read. */
import { useRef, useState } from 'preact/hooks';
import type { RequestLine } from '../../../src/api/desk/requests';
import { Actions, Button, Came, CheckField, TextField, useEscape, useFocusInside } from '../../kit';
import { go } from '../../route';
import { useChange } from '../../use';
import { kindOf } from '../override/kinds';

export const REQUEST_KINDS: Readonly<Record<RequestLine['kind'], string>> = {
  dispute: 'Dispute of a charge',
  promise: 'Promise to pay',
  plan: 'Wish for a payment plan',
};

/** The resident's own words, and where they have put a file: an address that a person may copy, and no link to click on. */
export const RequestWords = ({ request }: { readonly request: RequestLine }) => (
  <>
    {request.text ? <blockquote class="quote">{request.text}</blockquote> : null}
    {request.file ? (
      <p class="small">
        File: <span class="break">{request.file}</span>
      </p>
    ) : null}
  </>
);

type As = 'accepted' | 'refused';

const PLAN = 'plan propose';

/** With the screen on which instalments are proposed, where this ledger has one. */
function toPlan(lease: string): void {
  if (kindOf(PLAN)) go('override', { lease, kind: PLAN });
  else go('lease', { lease });
}

/** After an agreement the line itself is still to be put right: by whoever agreed, on the screen that shows what changes. */
const toWaiver = ({ lease, charge }: RequestLine): void =>
  go('override', { lease, kind: 'waive', ...(charge ? { charge: charge.key } : {}) });

export function RequestChoices({
  request,
  primary = false,
}: {
  readonly request: RequestLine;
  readonly primary?: boolean;
}) {
  const [as, setAs] = useState<As | undefined>();
  if (as) return <AnswerForm request={request} as={as} onClose={() => setAs(undefined)} />;
  const name = nameOf(request);
  const choice = (to: As, label: string, look: 'primary' | 'plain') => (
    <Button look={look} label={`${label}: ${name}`} onClick={() => setAs(to)}>
      {label}
    </Button>
  );
  if (request.kind === 'promise') return <Actions>{choice('refused', 'End the promise', 'plain')}</Actions>;
  return (
    <Actions>
      {request.kind === 'plan' ? (
        <Button
          look={primary ? 'primary' : 'plain'}
          label={`Propose instalments: ${name}`}
          onClick={() => toPlan(request.lease)}
        >
          Propose instalments
        </Button>
      ) : (
        choice('accepted', 'Agree', primary ? 'primary' : 'plain')
      )}
      {request.kind === 'plan' ? choice('accepted', 'Agreed elsewhere', 'plain') : null}
      {choice('refused', 'Decline', 'plain')}
    </Actions>
  );
}

const nameOf = ({ charge, lease }: RequestLine): string => (charge ? `${charge.type} of ${lease}` : lease);

const TITLES: Readonly<Record<RequestLine['kind'], Readonly<Record<As, string>>>> = {
  dispute: { accepted: 'Agree with the dispute', refused: 'Decline the dispute' },
  plan: { accepted: 'Agree to a plan', refused: 'Decline a plan' },
  promise: { accepted: '', refused: 'End the promise' },
};

const NOTES: Readonly<Record<RequestLine['kind'], Readonly<Record<As, string>>>> = {
  dispute: {
    accepted: 'The dispute ends. You are taken on to the waiver of the line.',
    refused: 'The line counts again. Days of the dispute do not: it falls due later by as many.',
  },
  plan: { accepted: 'The request is closed. No instalments come of it by itself.', refused: 'The request is closed.' },
  promise: { accepted: '', refused: 'Reminders go on with the next run.' },
};

function AnswerForm(props: { readonly request: RequestLine; readonly as: As; readonly onClose: () => void }) {
  const { request, as, onClose } = props;
  const act = useChange('answerRequest');
  const [answer, setAnswer] = useState('');
  const [daysCount, setDaysCount] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  const missing = answer.trim().length < 3;
  const send = async () => {
    const sent = { about: request.key, as, answer: answer.trim(), ...(daysCount ? { daysCount } : {}) };
    if (!(await act.run(sent))) return;
    onClose();
    if (request.kind === 'dispute' && as === 'accepted' && request.charge && request.charge.open.cents > 0)
      toWaiver(request);
  };
  const title = TITLES[request.kind][as];
  return (
    <form
      ref={place}
      noValidate
      class="panel"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void send();
      }}
    >
      <TextField
        label="Your answer"
        hint="The resident reads it by mail and on their page."
        rows={3}
        required
        value={answer}
        onInput={setAnswer}
      />
      <p class="quiet">{NOTES[request.kind][as]}</p>
      {request.kind === 'dispute' && as === 'refused' ? (
        <CheckField
          label="Days of the dispute count"
          hint="Fees and reminders stand as if it had never been disputed."
          checked={daysCount}
          onInput={setDaysCount}
        />
      ) : null}
      <Came of={act} again={() => void send()} />
      <Actions>
        <Button submit busy={act.busy} disabled={missing}>
          {title}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}
