/** What people do at SendGrid and at the other end of the mail: mailboxes close, mail is reported, keys and senders change. */

import { passTime } from './clock';
import { reportedSpam, unsubscribed } from './events';
import type { Account, Mailbox, Message, Region, SendgridState } from './state';
import { API_KEY, EU_KEY, sameAddress, seconds, suppress } from './state';

interface Where {
  /** Whose account: 'global' when left out. */
  readonly region?: Region;
}

const accountOf = (state: SendgridState, { region = 'global' }: Where = {}): Account => state.accounts[region];

function lastTo(account: Account, email: string): Message {
  const found = account.messages.filter(({ to }) => sameAddress(to, email)).at(-1);
  if (!found) throw new Error(`SendGrid has sent nothing to ${email}.`);
  return found;
}

/** From now on a resident's mailbox is gone, its host refuses our mail, or it does not answer; 'open' takes mail again. */
export function sendgridMailbox(
  state: SendgridState,
  email: string,
  is: Mailbox | 'open',
  nowMs: number,
  where: Where = {},
): void {
  passTime(state, nowMs);
  const { mailboxes } = accountOf(state, where);
  if (is === 'open') delete mailboxes[email.toLowerCase()];
  else mailboxes[email.toLowerCase()] = is;
}

/** The resident presses "This is spam" on the last mail. */
export function reportSendgridSpam(state: SendgridState, email: string, nowMs: number, where: Where = {}): void {
  passTime(state, nowMs);
  const account = accountOf(state, where);
  reportedSpam(account, lastTo(account, email), nowMs);
  suppress(account, 'spam_reports', { created: seconds(nowMs), email, ip: '198.51.100.25' });
}

/** The resident follows the link at the foot of the last mail and wants no more. */
export function unsubscribeAtSendgrid(state: SendgridState, email: string, nowMs: number, where: Where = {}): void {
  passTime(state, nowMs);
  const account = accountOf(state, where);
  unsubscribed(account, lastTo(account, email), nowMs);
  suppress(account, 'unsubscribes', { created: seconds(nowMs), email });
}

/** The landlord pauses a batch at SendGrid, by its API or another program that shares the account. */
export function pauseSendgridBatch(state: SendgridState, batch: string, nowMs: number, where: Where = {}): void {
  passTime(state, nowMs);
  accountOf(state, where).holds.push({ batch_id: batch, status: 'pause', sinceMs: nowMs });
}

/** The batches whose mail to that address still waits. */
export const sendgridBatchesFor = (state: SendgridState, email: string, where: Where = {}): readonly string[] =>
  accountOf(state, where).messages.flatMap(({ to, isDone, batchId }) =>
    sameAddress(to, email) && !isDone && batchId !== null ? [batchId] : [],
  );

/** The landlord takes an address off a list at SendGrid's own page. */
export function clearSendgridList(
  state: SendgridState,
  list: keyof Account['lists'],
  email: string,
  where: Where = {},
): void {
  const account = accountOf(state, where);
  account.lists[list] = account.lists[list].filter((row) => !sameAddress(row.email, email));
}

/** What has come into a mailbox so far, oldest first. */
export function sendgridInbox(state: SendgridState, email: string, nowMs: number, where: Where = {}): Message[] {
  passTime(state, nowMs);
  const isHere = ({ to, events }: Message) =>
    sameAddress(to, email) && events.some(({ event }) => event === 'delivered');
  return accountOf(state, where).messages.filter(isHere);
}

/** The landlord verifies an address from which mail may be sent. */
export function verifySendgridSender(state: SendgridState, email: string, where: Where = {}): void {
  accountOf(state, where).senders.push(email.toLowerCase());
}

/** The landlord's plan has so many mails a day from now on. */
export function limitSendgridPlan(state: SendgridState, mailsADay: number, where: Where = {}): void {
  accountOf(state, where).dailyMails = mailsADay;
}

/** The landlord takes a permission from the key. */
export function takeSendgridScope(state: SendgridState, scope: string, { region = 'global' }: Where = {}): void {
  const wanted = region === 'eu' ? EU_KEY : API_KEY;
  for (const key of state.keys) if (key.key === wanted) key.scopes = key.scopes.filter((each) => each !== scope);
}

/** The landlord deletes the key. */
export function revokeSendgridKey(state: SendgridState, { region = 'global' }: Where = {}): void {
  state.keys = state.keys.filter((key) => key.region !== region);
}
