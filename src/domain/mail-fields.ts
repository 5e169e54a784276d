/** What a message to residents says, computed from the book at the moment it leaves. */
import { type Account, firstFeeDayOf, upcomingRent } from './account';
import { DEPOSIT, type OpenCharge, type OutboxRow, RENT } from './book';
import { addDays, daysBetween, localDay } from './calendar';
import { chargeName } from './charge-names';
import { daysWords, longDay, moneyWords, periodWords, shortDay } from './dates';
import { assessFee, mayCarryFee } from './fees';
import { isAboutDebt } from './ladder';
import { lawOf } from './law';
import type { MessageFields } from './message-fields';
import { cents, sum } from './money';
import { methodWords, referenceWords } from './payment-method';
import { planFields } from './plan-fields';
import { nextInstalment, runningPlan } from './plans';
import { unitsIn } from './run-book';
import { demandedOn, unpaidOn } from './standing';
import { type Cents, type Day, type Instant, type Key, key } from './values';

interface PaymentPart {
  readonly amountCents: Cents;
  readonly reference: string;
  /** Left out by rows that older versions have written. */
  readonly source?: string;
  readonly at: Instant;
  readonly reason: string;
}

interface RequestPart {
  readonly about: string;
  readonly on: Day;
  readonly agreed: boolean;
  readonly answer: string;
}

/** The fields of one message in a language; `payLink` and `accountLink` are empty where there is none. */
export function mailFields(
  account: Account,
  row: Pick<OutboxRow, 'payload' | 'kind'>,
  language: string,
  payLink: string,
  accountLink = '',
): MessageFields {
  const { lease, property, state, today } = account;
  const money = (amount: Cents) => moneyWords(amount, property.currency, language);
  const unpaid = demandedOn(state, today);
  // While a plan runs, what lies in it is owed, but not asked for.
  const owed =
    runningPlan(state) && row.kind !== 'receipt' ? sum(unpaid.map((each) => each.openCents)) : askedBalance(account);
  const subject = subjectOf(account, row.payload.about as Key | undefined, unpaid);
  const welcomes = isWelcome(row);
  const ahead = welcomes && subject && !subject.charge ? firstDues(account, subject) : [];
  const asked = askedFor(account, subject, [...unpaid, ...ahead]);
  const lines = (asked > 0 || !welcomes ? [...unpaid, ...ahead] : []).map((charge) => ({
    label: label(account, charge, language),
    amount: money(charge.openCents),
    due: shortDay(charge.due, language),
  }));
  return {
    resident_names: lease.residents,
    unit: lease.unit,
    property: property.name,
    address: property.address,
    balance_due: money(cents(Math.max(0, owed))),
    amount_due: welcomes && asked === 0 ? '' : money(asked),
    due_date: subject ? longDay(subject.due, language) : '',
    days_late: subject && subject.due < today ? daysWords(daysBetween(subject.due, today), language) : '',
    rent_period: periodOfCharge(account, subject?.key, language),
    charges: lines,
    ...graceFields(account, subject, language),
    pay_by: '',
    pay_link: payLink,
    account_link: accountLink,
    ...paymentFields(account, row.payload.payment as PaymentPart | undefined, language),
    ...requestFields(account, row.payload.request as RequestPart | undefined, language),
    ...planFields(account, row, language),
    manager_name: account.book.settings.senderName || property.name,
    manager_email: property.managerEmail,
    today: longDay(today, language),
  };
}

/** The balance without lines under dispute: no message asks for those. */
function askedBalance({ state, today }: Account): Cents {
  const open = (charges: readonly OpenCharge[]) => sum(charges.map((charge) => charge.openCents));
  const disputed = open(unpaidOn(state, today)) - open(demandedOn(state, today));
  return cents(Math.max(0, state.balanceCents - disputed));
}

type Due = Pick<OpenCharge, 'key' | 'type' | 'due' | 'openCents'>;

/** A message about the day of signature: it is about no debt, and has nothing to ask for where all is paid ahead. */
const isWelcome = ({ payload }: Pick<OutboxRow, 'payload'>): boolean =>
  payload.about !== undefined && !isAboutDebt({ about: payload.about as Key });

/** What will fall due first: the rent, and on the first day of the lease the deposit with it. */
function firstDues({ lease, state }: Account, subject: Subject): readonly Due[] {
  const rent = { key: subject.key, type: RENT, due: subject.due, openCents: subject.amountCents };
  const asksDeposit =
    lease.depositCents > 0 && lease.start === subject.due && !state.periods.some((each) => each.line === DEPOSIT);
  if (!asksDeposit) return [rent];
  return [rent, { key: key(`deposit:${lease.id}`), type: DEPOSIT, due: lease.start, openCents: lease.depositCents }];
}

/** Before and on the due day what falls due that day; once it is late, all that is unpaid. */
function askedFor(account: Account, subject: Subject | undefined, dues: readonly Due[]): Cents {
  if (subject && !subject.charge) {
    const ahead = sum(account.state.unspent.map((each) => each.leftCents));
    const coming = sum(dues.filter((each) => each.due === subject.due).map((each) => each.openCents));
    return cents(Math.max(0, Math.max(subject.amountCents, coming) - ahead));
  }
  const asked = subject && subject.due >= account.today ? dues.filter((each) => each.due === subject.due) : dues;
  return sum(asked.map((each) => each.openCents));
}

interface Subject {
  readonly key: Key;
  readonly due: OpenCharge['due'];
  readonly amountCents: Cents;
  /** Undefined while it has not been posted. */
  readonly charge?: OpenCharge;
}

function subjectOf(account: Account, about: Key | undefined, unpaid: readonly OpenCharge[]): Subject | undefined {
  const upcoming = upcomingRent(account);
  const posted = [...account.state.charges, ...unpaid, ...coming(account)].find((each) => each.key === about);
  const charge = posted ?? (upcoming && upcoming.key === about ? undefined : unpaid[0]);
  if (charge) return { key: charge.key, due: charge.due, amountCents: charge.totalCents, charge };
  return upcoming && { key: upcoming.key, due: upcoming.due, amountCents: upcoming.amountCents };
}

/** The instalment that falls due next, for what is written about it before. */
function coming({ state, today }: Account): readonly OpenCharge[] {
  const next = nextInstalment(state, today);
  return next ? [next] : [];
}

function label(account: Account, charge: Pick<Due, 'key' | 'type'>, language: string): string {
  const period = periodOfCharge(account, charge.key, language);
  const name = chargeName(charge.type, language);
  return period ? `${name}, ${period}` : name;
}

function periodOfCharge(account: Account, charge: Key | undefined, language: string): string {
  const period = account.state.periods.find((each) => each.charge === charge && each.from < each.until);
  if (period) return periodWords(period.from, period.until, language);
  const upcoming = upcomingRent(account);
  return upcoming && upcoming.key === charge && upcoming.from && upcoming.until
    ? periodWords(upcoming.from, upcoming.until, language)
    : '';
}

/** The last day without a fee while it is still ahead, and the fee that would come or has come. */
function graceFields(
  account: Account,
  subject: Subject | undefined,
  language: string,
): Pick<MessageFields, 'last_grace_day' | 'late_fee'> {
  const { lease, property, today } = account;
  if (!subject || !lease.fees.late || (subject.charge && !mayCarryFee(lease.fees, subject.charge.type)))
    return { last_grace_day: '', late_fee: '' };
  const firstDay = firstFeeDayOf(account, subject.due);
  const charge = subject.charge ?? { due: subject.due, totalCents: lease.rentCents, covers: [], feeCents: cents(0) };
  const facts = {
    charge,
    today: firstDay > today ? firstDay : today,
    rentCents: lease.rentCents,
    frequency: lease.frequency,
    currency: property.currency,
    unitsInProperty: unitsIn(account.book, property.name),
  };
  const fee = assessFee(lease.fees, lawOf(property.jurisdiction), facts);
  const amount = charge.feeCents > 0 ? charge.feeCents : fee.verdict === 'post' ? fee.cents : cents(0);
  return {
    last_grace_day: firstDay > today && fee.verdict === 'post' ? longDay(addDays(firstDay, -1), language) : '',
    late_fee: amount > 0 ? moneyWords(amount, property.currency, language) : '',
  };
}

function paymentFields(account: Account, payment: PaymentPart | undefined, language: string): Partial<MessageFields> {
  if (!payment) return {};
  const { property, state } = account;
  const paid = { source: payment.source ?? '', reference: payment.reference };
  return {
    payment_amount: moneyWords(payment.amountCents, property.currency, language),
    payment_date: longDay(localDay(payment.at, property.zone), language),
    payment_method: methodWords(paid, language),
    payment_reference: referenceWords(paid),
    remaining_balance: moneyWords(cents(Math.max(0, state.balanceCents)), property.currency, language),
    failure_reason: payment.reason,
  };
}

/** What the answer to a resident's request says; the line as it was named when it was answered. */
function requestFields(account: Account, request: RequestPart | undefined, language: string): Partial<MessageFields> {
  if (!request) return {};
  const charge = account.state.charges.find((each) => each.key === request.about);
  return {
    request_line: charge ? label(account, charge, language) : '',
    request_date: longDay(request.on, language),
    request_agreed: request.agreed ? 'yes' : '',
    request_answer: request.answer,
  };
}
