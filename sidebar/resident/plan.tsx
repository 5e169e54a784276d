/** A payment plan: what is proposed or agreed, instalment by instalment, and the answer to a proposal. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { PlanView } from '../../src/api/resident/view';
import { ActForm, Button, Chip, Section } from './kit';
import type { Reader } from './reader';

interface PlanProps {
  readonly plan: PlanView;
  readonly reader: Reader;
  readonly at: PageAddress;
}

const TONES = {
  paid: ['paid', '✓'],
  partial: ['due', '◐'],
  next: ['due', '◐'],
  later: ['rest', '–'],
  missed: ['late', '▲'],
} as const;

export function PlanBox({ plan, reader, at }: PlanProps) {
  const { words } = reader;
  return (
    <Section id="plan" title={words.plan.title}>
      <Chip tone={plan.state === 'broken' ? 'late' : plan.state === 'finished' ? 'paid' : 'plan'} icon="≡">
        {words.plan.state[plan.state]}
      </Chip>
      <p>{saying(plan, reader)}</p>
      {plan.note === '' ? null : <blockquote>{plan.note}</blockquote>}
      <h3>{words.plan.instalments}</h3>
      <Instalments plan={plan} reader={reader} />
      {plan.state === 'proposed' || plan.state === 'running' ? <Rules plan={plan} reader={reader} /> : null}
      {plan.state === 'proposed' ? <Answer plan={plan} reader={reader} at={at} /> : null}
    </Section>
  );
}

function saying(plan: PlanView, { words, money }: Reader): string {
  if (plan.state === 'proposed') return words.plan.proposed(money(plan.totalCents));
  if (plan.state === 'running') return words.plan.running(money(plan.paidCents), money(plan.totalCents));
  return plan.state === 'broken' ? words.plan.broken : words.plan.finished(money(plan.totalCents));
}

const Instalments = ({ plan, reader }: Omit<PlanProps, 'at'>) => (
  <ol class="rows">
    {plan.instalments.map(({ due, amountCents, state }) => (
      <li key={due} class="pair">
        <span>
          {reader.short(due)}{' '}
          <Chip tone={TONES[state][0]} icon={TONES[state][1]}>
            {reader.words.plan.instalment[state]}
          </Chip>
        </span>
        <span class="figure">{reader.money(amountCents)}</span>
      </li>
    ))}
  </ol>
);

const Rules = ({ plan, reader }: Omit<PlanProps, 'at'>) => (
  <>
    <p>{plan.feesPaused ? reader.words.plan.feesPaused : reader.words.plan.feesRun}</p>
    <p>{reader.words.plan.grace(plan.graceDays)}</p>
    <p>{reader.words.plan.rent}</p>
  </>
);

function Answer({ plan, reader, at }: PlanProps) {
  const { words } = reader;
  return (
    <>
      {plan.signature ? (
        <p>{words.plan.signature}</p>
      ) : (
        <ActForm at={at} act="planAccept" fields={{ plan: plan.key }}>
          <p>{words.plan.confirm}</p>
          <Button main>{words.plan.accept}</Button>
        </ActForm>
      )}
      <ActForm at={at} act="planDecline" fields={{ plan: plan.key }}>
        <Button>{words.plan.decline}</Button>
      </ActForm>
    </>
  );
}
