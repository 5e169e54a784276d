/** What people do around Mailgun: residents at their mailboxes, the owner at its pages; the network with its posts. */
import { createHmac } from 'node:crypto';
import { settle } from './delivery';
import { complained, unsubscribed, WEBHOOK_KINDS } from './events';
import { type Mail, type MailgunState, plainAddress, rfcTime, serialDigest, type Trouble } from './state';
import { suppress } from './suppressions';

/** Mail that lies in a mailbox, oldest first. */
export function inbox(state: MailgunState, address: string, nowMs: number): Mail[] {
  settle(state, nowMs);
  const wanted = plainAddress(address);
  return state.mails.filter((mail) => mail.recipient === wanted && mail.state === 'delivered' && !mail.isTest);
}

/** The mailbox is gone, or full, from now on. */
export function breakMailbox(state: MailgunState, address: string, is: Trouble['is']): void {
  state.mailboxes[plainAddress(address)] = { is };
}

export function mendMailbox(state: MailgunState, address: string): void {
  delete state.mailboxes[plainAddress(address)];
}

function lastMail(state: MailgunState, address: string, nowMs: number): Mail {
  const mail = inbox(state, address, nowMs).at(-1);
  if (!mail) throw new Error(`No mail lies in the mailbox of ${address}.`);
  return mail;
}

/** The resident calls the last mail spam. */
export function complain(state: MailgunState, address: string, nowMs: number): void {
  const mail = lastMail(state, address, nowMs);
  complained(state, mail, nowMs);
  suppress(state, mail.domain, 'complaints', { address: mail.recipient, created_at: rfcTime(nowMs) });
}

/** The resident unsubscribes by the link of the last mail: from all mail of the domain. */
export function unsubscribe(state: MailgunState, address: string, nowMs: number): void {
  const mail = lastMail(state, address, nowMs);
  unsubscribed(state, mail, nowMs);
  suppress(state, mail.domain, 'unsubscribes', { address: mail.recipient, tags: ['*'], created_at: rfcTime(nowMs) });
}

/** The owner enters an address for the news of a domain; for all kinds when none is named. */
export function registerWebhook(
  state: MailgunState,
  domain: string,
  url: string,
  kinds: readonly string[] = WEBHOOK_KINDS,
): void {
  state.webhooks.push(...kinds.map((kind) => ({ domain, kind, url })));
}

/** A post on its way to somebody's server. */
export interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The posts that have left since the last look, each signed as it leaves: the signature lies in the body. */
export function takePosts(state: MailgunState, nowMs: number): Post[] {
  settle(state, nowMs);
  return state.untold.splice(0).map(({ url, item }) => {
    const timestamp = String(Math.floor(nowMs / 1000));
    const token = serialDigest(state, 'token').slice(0, 50);
    const signature = sign(state.account.signingKey, timestamp, token);
    const body = JSON.stringify({ signature: { token, timestamp, signature }, 'event-data': item });
    return { url, body, headers: { 'content-type': 'application/json' } };
  });
}

const sign = (key: string, timestamp: string, token: string): string =>
  createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');

/** The storage of events falls behind: what happens from now on shows only after so long. */
export function slowEvents(state: MailgunState, ms: number): void {
  state.account.indexMs = ms;
}

/** The account has sent too much: Mailgun takes no mail until then. */
export function holdSending(state: MailgunState, untilMs: number): void {
  state.account.sendsFromMs = untilMs;
}

/** A check of the name server fails, or passes again. */
export function verifyDomain(state: MailgunState, name: string, isVerified: boolean): void {
  const domain = state.domains.find((each) => each.name === name);
  if (!domain) throw new Error(`Mailgun has no domain ${name}.`);
  domain.state = isVerified ? 'active' : 'unverified';
}

/** The owner authorises a recipient of the sandbox domain, who has agreed by mail. */
export function authoriseRecipient(state: MailgunState, name: string, address: string): void {
  state.domains.find((each) => each.name === name)?.authorised.push(plainAddress(address));
}

/** The owner makes a new signing key, because the old one may be known to others. */
export function renewSigningKey(state: MailgunState, key: string): void {
  state.account.signingKey = key;
}
