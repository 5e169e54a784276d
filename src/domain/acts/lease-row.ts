/** What a person changes on the Leases and Terms tabs through the sidebar: a hold, the end, the rent from a day. */
import { parseAddressList } from '../addresses';
import { type Lease, RENT, type Term } from '../book';
import { addDays, parseDay } from '../calendar';
import { rateOn } from '../charges';
import { parseAmount } from '../money';
import { termsOf } from '../run-book';
import { datesRefused, renewedEnd } from '../term-dates';
import { type Day, never } from '../values';
import {
  type Acting,
  type ActOf,
  type ActResult,
  type ContactWrite,
  isContact,
  type PeopleWrite,
  type Refused,
  refuse,
} from './act';
import { NOTIFY_WAYS } from './contact';
import { dayText, moneyText, notDay } from './words';

/** A guard against a mistyped year. */
const DAYS_MOST = 732;

export function hold({ account }: Acting, act: ActOf<'hold'>): ActResult | Refused {
  const { lease, today } = account;
  const until = act.until === '' ? undefined : parseDay(act.until);
  if (act.until !== '' && !until) return refuse(notDay(act.until));
  if (until === lease.holdUntil || (!until && !lease.holdUntil)) return refuse('The hold is so already.');
  if (until && (until < today || until > addDays(today, DAYS_MOST)))
    return refuse('A hold must last until today or later, and no longer than two years.');
  const people = [cell('Hold until', lease.holdUntil, until)];
  if (!until) return { title: `End the hold of ${lease.id}`, told: `Ended the hold of ${lease.id}`, people };
  const what = `${lease.id} until ${dayText(until)}: reminders, fees and the ladder rest`;
  return { title: `Hold ${what}`, told: `Put on hold ${what}`, people };
}

export function changeRent({ account }: Acting, act: ActOf<'rent'>): ActResult | Refused {
  const { lease, book, today } = account;
  const amountCents = parseAmount(act.amount, account.property.currency);
  const from = parseDay(act.from);
  if (amountCents === undefined || amountCents < 0) return refuse('The rent must be an amount such as 1200.00.');
  if (!from) return refuse(notDay(act.from));
  if (from < lease.start || from < book.settings.booksOpenOn || from > addDays(today, DAYS_MOST))
    return refuse('The rent can change from a day on which the lease and the books run, at most two years ahead.');
  if (lease.end && from > lease.end) return refuse(`The lease ends on ${lease.end}, before that day.`);
  const terms = termsOf(book, lease);
  const now = rateOn(terms, RENT, from, lease.rentCents);
  if (now === amountCents) return refuse(`The rent is ${moneyText(account, now)} on that day already.`);
  const term: Term = { row: 0, lease: lease.id, type: RENT, amountCents, from, every: 'period', memo: '' };
  const later = terms.find((each) => each.type === RENT && each.every === 'period' && each.from > from);
  const what = `the rent from ${moneyText(account, now)} to ${moneyText(account, amountCents)} from ${dayText(from)} on`;
  const back = 'It begins in the past: periods that were charged are charged anew, with what is owed or given back.';
  return {
    title: `Change ${what}`,
    told: `Changed ${what}`,
    touches: from,
    people: [{ term }],
    warnings: [
      ...(from < today ? [back] : []),
      ...(later ? [`Another change of the rent from ${dayText(later.from)} on stays as it is.`] : []),
    ],
  };
}

export function moveOut({ account }: Acting, act: ActOf<'move out'>): ActResult | Refused {
  const { lease, state } = account;
  const end = parseDay(act.end);
  if (!end) return refuse(notDay(act.end));
  if (end === lease.end) return refuse(`The lease ends on ${end} already.`);
  const refused = datesRefused(state, lease.start, end, lease);
  if (refused) return refuse(refused);
  const held = moneyText(account, state.depositHeldCents);
  return {
    title: `End ${lease.id} on ${dayText(end)}`,
    told: `${lease.id} ends on ${dayText(end)}`,
    touches: end,
    people: [cell('End', lease.end, end)],
    warnings: state.depositHeldCents > 0 ? [`A deposit of ${held} is held: give it back, or keep it, at the end.`] : [],
  };
}

/** The same term once more, from the day after its end. */
export function renew({ account: { lease } }: Acting, _act: ActOf<'renew'>): ActResult | Refused {
  if (!lease.end) return refuse('The lease has no end: it runs from month to month.');
  const end = renewedEnd(lease, lease.end);
  const what = `${lease.id} until ${dayText(end)}`;
  return { title: `Renew ${what}`, told: `Renewed ${what}`, people: [cell('End', lease.end, end)] };
}

const cell = (header: 'Hold until' | 'End', before: Day | undefined, after: Day | undefined): PeopleWrite => ({
  header,
  ...(before ? { before } : {}),
  ...(after ? { after } : {}),
});

/** The lease and its terms as they are once the writes stand. */
export function rowAfter(
  lease: Lease,
  terms: readonly Term[],
  writes: readonly PeopleWrite[],
): { readonly lease: Lease; readonly terms: readonly Term[] } {
  let { holdUntil, end, ...rest } = lease;
  const after = [...terms];
  for (const write of writes) {
    if ('term' in write) after.push(write.term);
    else if (isContact(write)) rest = { ...rest, ...contactAfter(write) };
    else if (write.header === 'End') end = write.after;
    else holdUntil = write.after;
  }
  return {
    lease: { ...rest, ...(holdUntil ? { holdUntil } : {}), ...(end ? { end } : {}) },
    terms: after,
  };
}

function contactAfter({ header, after }: ContactWrite): Partial<Lease> {
  switch (header) {
    case 'Email':
      return { emails: parseAddressList(after).addresses };
    case 'Phone':
      return { phone: after };
    case 'Notify by':
      return { notifyBy: NOTIFY_WAYS.find((each) => each === after) ?? 'none' };
    case 'Language':
      return { language: after || 'en' };
    case 'SMS consent':
      return { smsConsent: after };
    default:
      return never(header);
  }
}
