/** A story is one world in which people, vendors and the ledger live through some months; each platform has a chapter in it. */
import type { SandboxRequest } from '../vendors/sandbox';
import type { World } from '../world';

/** Where the stories play. */
export const STORY_ZONE = 'America/New_York';

export interface Stage {
  readonly world: World;
  /** The day of the story, in the workbook's zone. */
  readonly day: string;
  /** A call of the owner through the one door. Throws with the ledger's own words when it is refused. */
  ask<T = unknown>(name: string, args?: Readonly<Record<string, unknown>>): T;
  /** The platform's account, which people at the vendor change. */
  state<State>(): State;
  /** Connects this chapter's platform with keys, or by signing in at the vendor and coming back. */
  connectKeys(credentials: Readonly<Record<string, string>>): void;
  signIn(credentials: Readonly<Record<string, string>>): void;
  /**
   * Asks a platform for something on a lease's behalf, as a manager does on the lease's screen, and sends it. Gives its reference.
   * `note` is what the manager writes with it, where the platform asks for a text.
   */
  offer(lease: string, kind: string, note?: string): string;
  /** Asks a platform for one of its acts, as the owner does on its card, and sends it. */
  act(kind: string, value?: string): void;
  /** Sends one request to the sandbox past the ledger, as the vendor's own page or app would; the recording does not see it. */
  atVendor(request: SandboxRequest): { readonly status: number; readonly body: string };
}

/** A lease of the story: columns of the Leases tab by header. */
export interface StoryLease {
  readonly id: string;
  readonly unit: string;
  readonly residents: string;
  readonly email: string;
  /** `1450.00` */
  readonly rent: string;
  /** USD when left out; a lease in another currency lies in a property of its own. */
  readonly currency?: 'USD' | 'GBP';
  /** Monthly when left out; fortnightly rents fall due on Mondays. */
  readonly frequency?: 'fortnightly';
}

export interface Operation {
  readonly name: string;
  /** Several are parted by a bar, where the connector does it one way or another. */
  readonly method: string;
  /** Tried on host and path: `api.stripe.com/v1/payment_intents`. */
  readonly at: RegExp;
  /** Tried on the query or body where path and method do not tell operations apart. */
  readonly with?: RegExp;
}

type Cells = Readonly<Record<string, string>>;

/** Cells beyond those of a lease: by lease id, by the name of a property, by the name of a setting; and whole rows of other tabs. */
export interface ChapterRows {
  readonly Leases?: Readonly<Record<string, Cells>>;
  readonly Properties?: Readonly<Record<string, Cells>>;
  readonly Settings?: Cells;
  readonly Links?: readonly Cells[];
  readonly Ladder?: readonly Cells[];
}

export interface Chapter {
  readonly platform: string;
  readonly leases: readonly StoryLease[];
  readonly rows?: ChapterRows;
  /** The owner connects the platform, with keys or by signing in. */
  connect(stage: Stage): void;
  /** What happens on a day, before the ledger's own runs of it: residents pay, bookkeepers type, banks return. */
  readonly days: Readonly<Record<string, (stage: Stage) => void>>;
  /** Everything that the connector can do: each must have been seen in the recording when the story ends. */
  readonly operations: readonly Operation[];
  /** What the vendor holds at the end, in minor units by lease: settled money less what went back. Compared with the ledger's. */
  totals(state: never): ReadonlyMap<string, number>;
}
