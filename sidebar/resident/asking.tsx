/** What a resident asks for and is answered: disputes, promises, requests for a plan. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { RequestView, ResidentView } from '../../src/api/resident/view';
import { dayFrom, dayNumber } from '../../src/domain/calendar';
import { hostAndPath, isSafeHref } from './address';
import { ActForm, Button, Chip, Field, LongField, More, Section } from './kit';
import { chargeWords, type Reader } from './reader';

interface AskingProps {
  readonly view: ResidentView;
  readonly reader: Reader;
  readonly at: PageAddress;
}

const TONES = {
  open: ['info', '◷'],
  accepted: ['paid', '✓'],
  refused: ['late', '✗'],
  withdrawn: ['rest', '–'],
  kept: ['paid', '✓'],
  broken: ['late', '✗'],
} as const;

export function Requests({ view, reader, at }: AskingProps) {
  const { words } = reader;
  if (view.requests.length === 0) return null;
  return (
    <Section id="requests" title={words.requests.title}>
      <ul class="rows">
        {view.requests.map((request, index) => (
          <li key={request.key}>
            <RequestFacts request={request} view={view} reader={reader} />
            {request.kind === 'dispute' && request.state === 'open' ? (
              <ActForm at={at} act="disputeWithdraw" name={`withdraw-${index}`} fields={{ dispute: request.key }}>
                <Button>{words.requests.withdraw}</Button>
              </ActForm>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface FactsProps extends Omit<AskingProps, 'at'> {
  readonly request: RequestView;
}

function RequestFacts({ request, view, reader }: FactsProps) {
  const { words, day } = reader;
  const [tone, icon] = TONES[request.state];
  const waits = request.kind === 'promise' && request.state === 'open';
  const about = aboutWords(request, view, reader);
  return (
    <>
      <p>
        <b>{about === '' ? words.requests.kind[request.kind] : `${words.requests.kind[request.kind]}: ${about}`}</b>{' '}
        <Chip tone={tone} icon={icon}>
          {waits ? words.requests.running : words.requests.state[request.state]}
        </Chip>
      </p>
      <p class="soft">
        {words.requests.sent(day(request.on))}
        {request.until ? `. ${words.requests.untilDay(day(request.until))}` : ''}
        {request.perMonthCents ? `. ${words.requests.eachMonth(reader.money(request.perMonthCents))}` : ''}
      </p>
      {request.text === '' ? null : <blockquote>{request.text}</blockquote>}
      {isSafeHref(request.file) ? (
        <p>
          {words.requests.file}:{' '}
          <a href={request.file} rel="noopener noreferrer nofollow">
            {hostAndPath(request.file)}
          </a>
        </p>
      ) : null}
      {request.answer === '' ? null : (
        <>
          <p class="soft">{words.requests.answer(request.answeredOn ? day(request.answeredOn) : '')}</p>
          <blockquote>{request.answer}</blockquote>
        </>
      )}
    </>
  );
}

/** The charge that a dispute is about, where the page still shows it. */
function aboutWords({ about }: RequestView, view: ResidentView, reader: Reader): string {
  if (about === undefined) return '';
  const open = view.open.find((line) => line.key === about);
  if (open) return chargeWords(reader, open);
  const line = view.months.flatMap((month) => month.lines).find((each) => each.key === about);
  return line ? chargeWords(reader, line) : '';
}

/** One promise and one request at a time; while a plan is offered or runs, it is the answer. */
export function Ask({ view, reader, at }: AskingProps) {
  const { requests } = reader.words;
  if (!view.mayAsk) return null;
  const planned = view.plan?.state === 'proposed' || view.plan?.state === 'running';
  const asked = view.requests.some((each) => each.kind === 'plan' && each.state === 'open');
  const promised = view.requests.some((each) => each.kind === 'promise' && each.state === 'open');
  const promises = view.mayPromise && !promised;
  if (planned || (asked && !promises)) return null;
  return (
    <Section id="ask" title={requests.askTitle}>
      {promises ? <PromiseForm view={view} reader={reader} at={at} /> : null}
      {asked ? null : <PlanForm view={view} reader={reader} at={at} />}
    </Section>
  );
}

function PromiseForm({ view, reader, at }: AskingProps) {
  const { requests } = reader.words;
  const tomorrow = dayFrom(dayNumber(view.today) + 1);
  return (
    <More title={requests.promise}>
      <ActForm at={at} act="promise">
        <p>{requests.promiseHint}</p>
        <Field id="promise-until" name="until" type="date" label={requests.promiseUntil} least={tomorrow} required />
        <LongField id="promise-text" name="text" label={requests.promiseText} />
        <Button>{requests.promiseSend}</Button>
      </ActForm>
    </More>
  );
}

const PlanForm = ({ reader, at }: AskingProps) => (
  <More title={reader.words.requests.planAsk}>
    <ActForm at={at} act="planAsk">
      <p>{reader.words.requests.planAskHint}</p>
      <LongField id="plan-text" name="text" label={reader.words.requests.planText} required />
      <Field id="plan-month" name="perMonth" type="money" label={reader.words.requests.planPerMonth} length={20} />
      <Button>{reader.words.requests.planSend}</Button>
    </ActForm>
  </More>
);
