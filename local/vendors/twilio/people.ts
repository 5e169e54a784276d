/** What people do about a Twilio account: residents with phones, the owner in the console, carriers. */
import { passTime } from './delivery';
import { receive } from './inbound';
import type { ApiKey, OwnNumber, PhoneKind, TwilioState } from './state';

/** A resident texts one of our numbers: the one that texted them last, if none is named. Gives the text's sid. */
export function textBack(state: TwilioState, phone: string, body: string, nowMs: number, number?: string): string {
  passTime(state, nowMs);
  const [last] = Object.values(state.messages)
    .filter((one) => one.to === phone && one.sentMs !== null)
    .reverse();
  const to = number ?? last?.from;
  if (!to) throw new Error(`Nobody has texted ${phone}, so that it cannot answer.`);
  return receive(state, phone, to, body, nowMs).sid;
}

/** From now on a phone is switched off, out of service, a landline, behind a filter, or on again. */
export function turnPhone(state: TwilioState, phone: string, kind: PhoneKind, nowMs: number): void {
  passTime(state, nowMs);
  state.phones[phone] = kind;
}

export interface PhoneText {
  readonly from: string;
  readonly body: string;
  readonly atMs: number;
}

/** What stands on a resident's phone, oldest first. */
export function textsOn(state: TwilioState, phone: string, nowMs: number): PhoneText[] {
  passTime(state, nowMs);
  const silent = state.phones[phone] === 'silent';
  return Object.values(state.messages)
    .filter(({ to, status }) => to === phone && (status === 'delivered' || (silent && status === 'sent')))
    .map(({ from, body, sentMs }) => ({ from: from!, body, atMs: sentMs! }));
}

function numberOf(state: TwilioState, number: string): OwnNumber {
  const own = state.numbers.find((one) => one.number === number);
  if (!own) throw new Error(`The number ${number} is not one of the account's.`);
  return own;
}

/** The carriers no longer know the campaign of a number, or know it again. */
export function registerNumber(state: TwilioState, number: string, isRegistered: boolean, nowMs: number): void {
  passTime(state, nowMs);
  numberOf(state, number).registered = isRegistered;
}

/** Somebody else of the account sends a great deal from a number: its queue is full for so long. */
export function fillQueue(state: TwilioState, number: string, seconds: number, nowMs: number): void {
  const own = numberOf(state, number);
  own.busyUntilMs = Math.max(own.busyUntilMs, nowMs) + seconds * 1000;
}

/** The owner gives a number back. */
export function releaseNumber(state: TwilioState, number: string): void {
  state.numbers = state.numbers.filter((own) => own.number !== number);
}

/** The owner changes the auth token: the old one opens nothing any more. */
export function changeToken(state: TwilioState, authToken: string): void {
  state.account.authToken = authToken;
}

/** The owner makes an API key. */
export function addKey(state: TwilioState, key: ApiKey): void {
  state.keys.push(key);
}

/** The owner deletes an API key. */
export function deleteKey(state: TwilioState, sid: string): void {
  state.keys = state.keys.filter((key) => key.sid !== sid);
}

/** The account is on trial and may text verified phones only, or it has been paid for. */
export function setTrial(state: TwilioState, isTrial: boolean, verified: readonly string[] = []): void {
  state.account.type = isTrial ? 'Trial' : 'Full';
  state.verified = [...verified];
}

/** Twilio suspends the account, for want of money or for a complaint, or lifts that. */
export function suspend(state: TwilioState, isSuspended: boolean): void {
  state.account.status = isSuspended ? 'suspended' : 'active';
}

/** The owner sets which countries may be texted, by their codes: `+1`. */
export function allowRegions(state: TwilioState, codes: readonly string[]): void {
  state.regions = [...codes];
}
