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
  processing: ['info', '…'],
  partial: ['due', '◐'],
  due: ['due', '◐'],
  next: ['due', '◐'],
  later: ['rest', '–'],
  missed: ['late', '▲'],
  over: ['rest', '–'],
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
  return plan.state === 'broken'
    ? words.plan.broken(money(plan.openCents))
    : words.plan.finished(money(plan.totalCents));
}

const Instalments = ({ plan, reader }: Omit<PlanProps, 'at'>) => (
  <ol class="rows">
    {plan.instalments.map((each) => (
      <li key={each.due} class="pair">
        <span>
          {reader.short(each.due)}{' '}
          <Chip tone={TONES[each.state][0]} icon={TONES[each.state][1]}>
            {reader.words.plan.instalment[each.state]}
          </Chip>
          <More text={ofIt(each, reader)} />
        </span>
        <span class="figure">{reader.money(each.amountCents)}</span>
      </li>
    ))}
  </ol>
);

/** What the word alone does not tell: money under way, and what is left where a part is paid or on its way. */
function ofIt(each: PlanView['instalments'][number], { words, money }: Reader): string {
  const { amountCents, underWayCents, openCents } = each;
  const sent = underWayCents > 0 ? [words.plan.underWay(money(underWayCents))] : [];
  const left = openCents > 0 && openCents < amountCents ? [words.plan.left(money(openCents))] : [];
  return [...sent, ...left].join(' · ');
}

const More = ({ text }: { readonly text: string }) =>
  text === '' ? null : (
    <>
      {' '}
      <small>{text}</small>
    </>
  );

/** What is promised and what comes of a missed instalment: read before the answer, and while the plan runs. */
const Rules = ({ plan, reader: { words } }: Omit<PlanProps, 'at'>) => (
  <>
    <p>{words.plan.missed(plan.graceDays)}</p>
    <p>{words.plan.ends(plan.missedAllowed)}</p>
    <p>{plan.feesPaused ? words.plan.feesPaused : words.plan.feesRun}</p>
    <p>{words.plan.rent}</p>
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
