/** The platforms as the desk shows them: state, limits, the last fault in plain words, and what may be done. */

import type { AccountAct, CredentialField, Group } from '../../connectors/connector';
import type { Difference } from './differences';

export type ConnectionState = 'not connected' | 'connected' | 'needs sign-in' | 'busy' | 'failing' | 'paused';

/** A linked bank, by name. What opens it is told to nobody. */
export interface LinkedBankLine {
  /** By which a new consent is asked for. */
  readonly item: string;
  /** Bank, account and its last digits. */
  readonly name: string;
  /** The owner's own, which is read, or that of a lease, which is collected from. */
  readonly purpose: 'feed' | 'pay';
  readonly lease?: string;
}

export interface Connection {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly state: ConnectionState;
  /** With test or live marked, and the last four characters of its key. */
  readonly account: string;
  /** Whether real money moves there; '' where it is not connected or makes no difference. */
  readonly mode: 'live' | 'sandbox' | '';
  /** How it is connected: keys are entered here, or the owner signs in at the vendor. */
  readonly by: 'keys' | 'sign-in' | 'consent';
  /** A field of the sign-in's form that connects without one. */
  readonly instead?: string;
  /** Our address to register with the vendor's application, for a sign-in. */
  readonly redirect?: string;
  /** `2026-12-06 09:05`, by the workbook's clock; '' for never. */
  readonly lastSuccess: string;
  readonly nextRun: string;
  /** It failed, the last time it was asked: how often in a row, and when it is asked again. */
  readonly failed?: { readonly times: number; readonly again: string };
  /** A sign-in has ended; the Connections tab tells of it with the next run. */
  readonly untold?: true;
  /** Banks that people have linked at it; left out where it links none, or where somebody else holds its keys. */
  readonly banks?: readonly LinkedBankLine[];
  /** `plan` where the limit is that of the account's plan, and not Google's for all platforms together. */
  readonly callsToday?: { readonly used: number; readonly limit: number; readonly plan?: true };
  readonly mailToday?: { readonly left: number; readonly perDay: number };
  readonly fault?: { readonly what: string; readonly means: string; readonly fix: string };
  readonly fields: readonly (CredentialField & { readonly secret: boolean })[];
  /** What its screens can show, once it is connected: the fields of both sides, a dry run, leases to take over. */
  readonly shows: readonly ('mapping' | 'dry run' | 'roster')[];
  /** What is no secret, as it is chosen now; only where the keys are held. */
  readonly values?: Readonly<Record<string, string>>;
  /** What the owner may ask of it. */
  readonly acts: readonly AccountAct[];
  /** Channels of Slack's app by property; left out for other platforms, and where it is not connected. */
  readonly channels?: readonly { readonly property: string; readonly channel: string }[];
  /** What it is told of the ledger: `standing: all leases; receipt: linked leases`. */
  readonly told?: string;
  /** How the last comparison with the ledger went; left out where there was none. */
  readonly agreed?: { readonly asOf: string; readonly count: number; readonly here: string; readonly there: string };
  readonly differences: readonly Difference[];
  /** The first day whose charges are mirrored into these books. */
  readonly booksFrom?: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Gmail needs nothing but consent, and cannot be removed. */
  readonly removable: boolean;
  /** Only the owner of the triggers holds keys. */
  readonly mine: boolean;
}
