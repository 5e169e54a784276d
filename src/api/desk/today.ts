/** The desk's first screen: what needs a person, who is late, what came in, and what leaves today. */
import type { Day } from '../../domain/values';
import type { EffectLine, LeaseLine, Money, Person, ReceiptLine } from './told';

/** Something that only a person can settle, the most urgent first. */
export interface Need {
  readonly kind:
    | 'integrity'
    | 'approval'
    | 'unmatched receipt'
    | 'failed payment'
    | 'returned payment'
    | 'effect'
    | 'fee terms'
    | 'problem'
    | 'connection'
    | 'plan'
    | 'task';
  /** Key of the receipt, effect or task, id of the platform; '' where there is none. */
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly lease?: string;
  readonly money?: Money;
  /** The civil day since when it waits, in the workbook's zone. */
  readonly since?: Day;
  /** Where to mend it: a tab and a row of the Sheet. */
  readonly cell?: { readonly tab: string; readonly row?: number };
  /** For an effect: its state, which says what may be decided. */
  readonly state?: string;
}

export interface DueLine extends LeaseLine {
  readonly due: Day;
  readonly amount: Money;
}

export interface RunTold {
  /** `2026-12-06 09:05`, by the workbook's clock. */
  readonly at: string;
  readonly what: string;
  readonly result: string;
  readonly good: boolean;
}

export interface Today {
  /** `2026-12-06 09:05`, by the workbook's clock. */
  readonly asOf: string;
  readonly zone: string;
  readonly person: Person;
  /** False until the setup wizard has come to its end. */
  readonly ready: boolean;
  /** One line for the strip under the title. */
  readonly health: { readonly good: boolean; readonly text: string };
  /** Mails that may still leave today; undefined where only the owner's account knows. */
  readonly mail?: {
    readonly left: number;
    readonly perDay: number;
    /** When it was so; left out where it is so now. */
    readonly asOf?: string;
  };
  readonly reminders: boolean;
  /** Somebody has paused everything: nothing leaves. */
  readonly paused: boolean;
  readonly needs: readonly Need[];
  /** Most money first, at most five rows; the sums are one for each currency. */
  readonly late: { readonly count: number; readonly sums: readonly Money[]; readonly rows: readonly LeaseLine[] };
  /** Rent that falls due within three days. */
  readonly dueSoon: readonly DueLine[];
  readonly processing: readonly ReceiptLine[];
  /** Since yesterday's midnight. */
  readonly paid: { readonly sums: readonly Money[]; readonly rows: readonly ReceiptLine[] };
  /** What leaves by the end of today, and what a person holds back. */
  readonly sending: readonly EffectLine[];
  readonly lastRun?: RunTold;
  /** `about 09:20`: clock triggers may be late by minutes. */
  readonly nextRuns: readonly { readonly at: string; readonly what: string }[];
  /** This month so far, one for each currency. */
  readonly month: readonly { readonly collected: Money; readonly expected: Money }[];
  /** How many rows each list has in all: a list shows at most a hundred. */
  readonly counts: {
    readonly needs: number;
    readonly dueSoon: number;
    readonly processing: number;
    readonly paid: number;
    readonly sending: number;
  };
}
