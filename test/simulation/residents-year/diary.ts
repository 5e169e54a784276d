/** What people did, as they know it themselves: which lines rest since when, which plans run, what changed the debt. */
import type { World } from '../../../local/world';
import type { Fields } from '../../story/resident-life';
import type { Scene } from '../money-year/scene';
import type { Home } from './house';

/** Nothing is asked for of these charges: from when it was surely begun until somebody may have ended it. */
export interface Rest {
  readonly why: 'dispute' | 'plan';
  readonly lease: string;
  readonly charges: readonly string[];
  readonly fromMs: number;
  /** The request of the page, or the plan. */
  readonly about: string;
  untilMs: number;
}

/** What was due when it was given is not asked for until the end of a day. */
export interface Promise {
  readonly lease: string;
  readonly fromMs: number;
  readonly given: string;
  readonly until: string;
  endedMs: number;
}

export interface Offer {
  readonly charges: readonly string[];
  readonly instalments: readonly { readonly due: string; readonly amount: string }[];
  readonly graceDays: number;
}

/** A form that was sent, and its answer never came. */
export interface Unanswered {
  readonly home: Home;
  readonly act: string;
  readonly fields: Fields;
  readonly body: string;
}

/** A page at a processor that somebody has open. */
export interface OpenPage {
  readonly home: Home;
  readonly email: string;
  readonly url: string;
  /** Where it leads back to. */
  readonly view: 'paid' | 'saved';
  paid: boolean;
}

/** A link in the hands of each address: what the newest mail to it bears. */
export class Letters {
  private seen = 0;
  private readonly links = new Map<string, string>();

  /** '' where none has come. */
  linkOf(world: World, email: string): string {
    for (const { to, raw } of world.mailbox.slice(this.seen)) {
      const token = /[?]page=3D(rl_[\w-]+)|[?]page=(rl_[\w-]+)/.exec(raw.replace(/=\r?\n/g, ''));
      if (token) for (const each of to.split(/,\s*/)) this.links.set(each, token[1] ?? token[2] ?? '');
    }
    this.seen = world.mailbox.length;
    return this.links.get(email) ?? '';
  }
}

export class Diary {
  readonly letters = new Letters();
  readonly rests: Rest[] = [];
  readonly promises: Promise[] = [];
  readonly unanswered: Unanswered[] = [];
  readonly pages: OpenPage[] = [];
  /** What managers did to a debt, in minor units: more is more debt. */
  readonly debts: { readonly lease: string; readonly cents: number }[] = [];
  /** Acts that were answered with yes, by lease and name; each stands in the Log once. */
  readonly done: Record<string, number> = {};
  /** The newest plan that was proposed, by lease. */
  readonly offered = new Map<string, Offer>();
  /** Plans that were accepted, by their keys. */
  readonly agreed = new Map<string, Offer>();
  requests = 0;
  readonly trouble: string[] = [];
  /** Receipts that the ledger knew at a midnight, by when. */
  readonly knownMs = new Map<string, number>();

  constructor(readonly scene: Scene) {}

  say(what: string): void {
    this.trouble.push(`${new Date(this.scene.now).toISOString()} ${what}`);
  }

  count(home: Home, act: string): void {
    const name = `${home.id} ${act}`;
    this.done[name] = (this.done[name] ?? 0) + 1;
    this.scene.did(`resident ${act}`);
  }
}

/** What we look at ourselves is no part of the story: runs that are to die do not die of it. */
export function unharmed<T>({ state: { faults } }: World, look: () => T): T {
  const armed = faults.calls.splice(0);
  try {
    return look();
  } finally {
    faults.calls.push(...armed);
  }
}
