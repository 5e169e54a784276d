/** What a process makes once: a test runner loads this folder anew for each spec file, compiled code need not be made anew. */
import { runInThisContext, type Script } from 'node:vm';
import type { Native } from './context/bridge';
import type { Dressed } from './context/index';

/** The wires of a realm: who is at their end changes with each execution, or with each load of this folder. */
export interface Wires {
  readonly ends: { native?: Native; now?: () => number; load?: () => void };
  readonly native: Native;
  readonly now: () => number;
  readonly load: () => void;
}

/** A dressed realm with the app in it, which serves one execution at a time. */
export interface Realm {
  readonly context: object;
  readonly wires: Wires;
  readonly dressed: Dressed;
}

interface ProcessWide {
  /** Compiled code by a name that changes with the code. */
  readonly scripts: Map<string, Script>;
  /** Realms that wait for the next execution of their app. */
  readonly idle: WeakMap<Script, Realm[]>;
  /** Belongs to the process itself, so that a realm that stays holds on to nothing of the spec file that opened it. */
  readonly wires: () => Wires;
}

const MADE = `globalThis[Symbol.for('rent-ledger.host')] ??= {
  scripts: new Map(),
  idle: new WeakMap(),
  wires() {
    const ends = {};
    return {
      ends,
      native: (service, method, args) => ends.native(service, method, args),
      now: () => ends.now(),
      load: () => ends.load(),
    };
  },
}`;

export const processWide = runInThisContext(MADE) as ProcessWide;

/** The script of that name; `make` compiles it when there is none yet. */
export function scriptOf(name: string, make: () => Script): Script {
  const known = processWide.scripts.get(name) ?? make();
  processWide.scripts.set(name, known);
  return known;
}
