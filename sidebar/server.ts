/** What screens ask the script for: typed reads, and changes that happen once even where the reply is lost. */
import { signal } from '@preact/signals';
import type { CallName, Calls } from '../src/api/desk/contract';
import type { Applied, Unsettled } from '../src/api/desk/override';
import { online, send } from './line';
import { fromFailure, lostChange, lostRead, offline } from './trouble';

/** The calls that carry a request id. */
export type ChangeName = {
  [Name in CallName]: Calls[Name]['args'] extends { readonly request: string } ? Name : never;
}[Exclude<CallName, 'became'>];
/** What a change gives; after a lost reply only the sentence that the Log has of it. */
export type Settled<Name extends ChangeName> = Calls[Name]['value'] | Applied;

const READ_MS = 30_000;
const CHANGE_MS = 60_000;
/** A run answers when it ends, and Google ends it after six minutes; its progress is shown meanwhile. */
const RUN_MS = 400_000;
const ASK_AGAIN_MS = 2_000;
/** A run may hold the lock for six minutes; asking longer helps nobody. */
const ASKS = 180;
const SILENCES = 3;

/** What the change in flight is doing, for its button and the frame; '' when there is none. */
export const acting = signal<'' | 'sending' | 'checking'>('');

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A read. Rejects with a Trouble. */
export async function ask<Name extends CallName>(
  name: Name,
  args: Calls[Name]['args'],
  patienceMs = READ_MS,
): Promise<Calls[Name]['value']> {
  if (!online.value) throw offline();
  const answer = await send(name, args, patienceMs);
  if (answer === 'silence') throw online.value ? lostRead() : offline();
  if (!answer.ok) throw fromFailure(answer);
  return answer.value as Calls[Name]['value'];
}

/** An id for one intention of a person: made when a form opens, kept until it has been done. */
export function newRequest(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The run under which a request writes, as the Log names it. */
export const runOf = (request: string): string => `click-${request}`;

const inFlight = new Map<string, Promise<unknown>>();

/**
 * A change. The same request while it is on its way is the same change; after silence the script is asked what became of
 * it. Rejects with a Trouble.
 */
export function change<Name extends ChangeName>(name: Name, args: Calls[Name]['args']): Promise<Settled<Name>> {
  const { request } = args as { readonly request: string };
  const under = inFlight.get(request) ?? begun(name, args, request);
  inFlight.set(request, under);
  return under as Promise<Settled<Name>>;
}

async function begun(name: ChangeName, args: unknown, request: string): Promise<unknown> {
  if (!online.value) throw offline();
  acting.value = 'sending';
  try {
    const answer = await send(name, args, name === 'startRun' ? RUN_MS : CHANGE_MS);
    if (answer === 'silence') return await settled(request);
    if (!answer.ok) throw fromFailure(answer);
    return answer.value;
  } finally {
    acting.value = '';
    inFlight.delete(request);
  }
}

async function settled(request: string): Promise<Applied> {
  acting.value = 'checking';
  let silences = 0;
  for (let asked = 0; asked < ASKS && silences < SILENCES; asked++) {
    const answer = await send('became', { request }, READ_MS);
    if (answer !== 'silence' && answer.ok) {
      const what = answer.value as Unsettled;
      if (what.state === 'done') return what.applied;
      if (what.state === 'not done') throw lostChange('not done', runOf(request));
    } else silences++;
    await wait(ASK_AGAIN_MS);
  }
  throw lostChange('unsure', runOf(request));
}
