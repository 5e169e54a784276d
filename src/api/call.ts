/** What the gateway offers: each call with the role that may, how its arguments are read, and what it does. */

import type { App } from '../run/app';
import type { Role } from '../run/person';
import { type Reader, readArgs } from './args';
import type { CallName, Calls } from './desk/contract';

export interface Call {
  readonly role: Role;
  /** What a refused attempt of it is worth: those that change something are told in the Log. */
  readonly changes: boolean;
  /** Tells of the whole book: nothing for a person of some properties only. */
  readonly whole?: true;
  readonly run: (app: App, args: unknown) => unknown;
}

/** Arguments are read before anything runs: a call with wrong ones does nothing. Readers are made only for the call at hand. */
export function call<T>(role: Role, reader: () => Reader<T>, run: (app: App, args: T) => unknown): Call {
  return { role, changes: role !== 'viewer', run: (app, args) => run(app, readArgs(reader(), args)) };
}

/** The same for somebody who may see every property. */
export const wholeBook = (each: Call): Call => ({ ...each, whole: true });

/** A call of the sidebar: its name fixes what it takes and what it gives, on both sides. */
export type DeskCall<Name extends CallName> = Call & {
  readonly takes?: Calls[Name]['args'];
  readonly gives?: Calls[Name]['value'];
};

/** The gateway must offer every name of the contract. */
export type DeskCalls = { readonly [Name in CallName]: DeskCall<Name> };

/** Typed by the contract: `desk<'today'>('viewer', none, today)`. `busy` becomes a refusal at the gateway. */
export const desk = <Name extends CallName>(
  role: Role,
  reader: () => Reader<Calls[Name]['args']>,
  run: (app: App, args: Calls[Name]['args']) => Calls[Name]['value'] | 'busy',
): DeskCall<Name> => call(role, reader, run);
