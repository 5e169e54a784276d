/** The head of the account: whose it is, what is owed in plain words, and how sure these figures are. */
import type { AccountFigures, ResidentView } from '../../src/api/resident/view';
import { cents, minus, negate } from '../../src/domain/money';
import type { Cents } from '../../src/domain/values';
import { Chip } from './kit';
import type { Reader } from './reader';

type Tone = readonly [tone: string, icon: string];

const TONES: Readonly<Record<AccountFigures['word'], Tone>> = {
  paid: ['paid', '✓'],
  due: ['due', '◐'],
  grace: ['due', '◐'],
  partial: ['due', '◐'],
  late: ['late', '▲'],
  processing: ['info', '◷'],
  plan: ['plan', '≡'],
  disputed: ['plan', '?'],
  hold: ['rest', '–'],
  notice: ['late', '▲'],
};

interface BalanceProps {
  readonly view: ResidentView;
  readonly reader: Reader;
}

export function Balance({ view, reader }: BalanceProps) {
  const { account } = view;
  const { words } = reader;
  const [tone, icon] = TONES[account.word];
  return (
    <section class="balance" id="balance" aria-labelledby="balance-title">
      <Chip tone={tone} icon={icon}>
        {words.account.standing[account.word]}
      </Chip>
      <h2 class="big" id="balance-title">
        {headline(account, reader)}
      </h2>
      {sentences(view, reader).map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Freshness view={view} reader={reader} />
    </section>
  );
}

/** Fallen due and unpaid, less money that lies there because a line is disputed: what is owed by now. */
const owedByNow = ({ unpaidCents, aheadCents }: AccountFigures): Cents => minus(unpaidCents, aheadCents);

/** Where nothing has fallen due, what is charged and will. */
const owedCents = (account: AccountFigures): Cents =>
  owedByNow(account) > 0 ? owedByNow(account) : account.balanceCents;

const coveredByProcessing = ({ word, processingCents }: AccountFigures) => word === 'processing' && processingCents > 0;

function headline(account: AccountFigures, { words, money }: Reader): string {
  const owed = owedCents(account);
  if (owed > 0 && coveredByProcessing(account)) return words.account.isProcessing(money(account.processingCents));
  if (owed > 0) return words.account.owe(money(owed));
  if (account.balanceCents < 0) return words.account.ahead(money(negate(account.balanceCents)));
  return words.account.clear;
}

function sentences(view: ResidentView, reader: Reader): readonly string[] {
  const { account, today } = view;
  const { words, money, day } = reader;
  const owed = owedCents(account);
  const said: string[] = [];
  const processed = owed > 0 && coveredByProcessing(account);
  if (processed) said.push(`${words.account.owe(money(owed))}.`, ...notAskedFor(account, reader), words.account.usual);
  else if (owedByNow(account) > 0 && account.oldestDue)
    said.push(...notAskedFor(account, reader), ...dueSentences(account, today, reader));
  else if (owed > 0 && account.oldestDue) said.push(words.account.dueOn(day(account.oldestDue)));
  if (owed < account.balanceCents) said.push(words.account.wholeBalance(money(account.balanceCents)));
  if (account.balanceCents < 0 && owed <= 0) said.push(words.account.used);
  if (account.processingCents > 0 && !processed)
    said.push(`${words.account.isProcessing(money(account.processingCents))}.`);
  if (account.collectedCents > 0) said.push(words.account.collected(money(account.collectedCents)));
  if (view.pay?.can === 'pay' && view.pay.wholeCents !== owed)
    said.push(words.account.payNow(money(view.pay.wholeCents)));
  if (account.holdUntil) said.push(words.account.held(day(account.holdUntil)));
  if (account.next) said.push(words.account.next(money(account.next.amountCents), day(account.next.due)));
  if (view.endedOn) said.push(words.account.ended(day(view.endedOn)));
  if (account.depositHeldCents > 0) said.push(words.account.deposit(money(account.depositHeldCents)));
  return said;
}

/** What is owed and need not be paid now: the button below asks for less, or a plan has a later day for it. */
function notAskedFor(account: AccountFigures, { words, money }: Reader): readonly string[] {
  const { unpaidCents, disputedCents, planLaterCents } = account;
  const { someDisputed, allDisputed, somePlanned, allPlanned } = words.account;
  const said = (amount: Cents, some: (amount: string) => string, all: string) =>
    amount <= 0 ? [] : [amount >= unpaidCents ? all : some(money(amount))];
  return [...said(disputedCents, someDisputed, allDisputed), ...said(planLaterCents, somePlanned, allPlanned)];
}

function dueSentences(account: AccountFigures, today: string, { words, day }: Reader): readonly string[] {
  if (!account.oldestDue) return [];
  const due =
    account.oldestDue === today
      ? words.account.dueToday
      : words.account.lateSince(day(account.oldestDue), account.daysLate);
  return account.lastFreeDay ? [due, words.account.freeUntil(day(account.lastFreeDay))] : [due];
}

function Freshness({ view, reader }: BalanceProps) {
  const { words, moment } = reader;
  const at = view.asOf === undefined ? '' : moment(view.asOf);
  if (view.stale)
    return (
      <p class="note" role="status">
        {words.account.stale(at)}
      </p>
    );
  return at === '' ? null : <p class="soft">{words.account.asOf(at)}</p>;
}

/** What is under way: shown as such, and not taken off what is owed. */
export function Processing({ view, reader }: BalanceProps) {
  const { words, money, day, source } = reader;
  if (view.processing.length === 0) return null;
  return (
    <section aria-labelledby="processing-title" id="processing">
      <h2 id="processing-title">{words.account.processingTitle}</h2>
      <ul class="rows">
        {view.processing.map((line, index) => (
          <li key={`${line.on}-${index}`}>
            <Chip tone="info" icon="◷">
              {words.account.standing.processing}
            </Chip>{' '}
            {words.account.processingLine(money(cents(line.amountCents)), day(line.on), source(line.source))}
          </li>
        ))}
      </ul>
      <p class="soft">{words.account.usual}</p>
    </section>
  );
}
