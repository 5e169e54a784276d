/** The platforms as the desk shows them: state, limits, the last fault in plain words, and what may be done. */

import type { CredentialField, Group } from '../../connectors/connector';
import type { Difference } from './differences';

export type ConnectionState = 'not connected' | 'connected' | 'needs sign-in' | 'busy' | 'failing' | 'paused';

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
  /** Our address to register with the vendor's application, for a sign-in. */
  readonly redirect?: string;
  /** `2026-12-06 09:05`, by the workbook's clock; '' for never. */
  readonly lastSuccess: string;
  readonly nextRun: string;
  readonly callsToday?: { readonly used: number; readonly limit: number };
  readonly mailToday?: { readonly left: number; readonly perDay: number };
  readonly fault?: { readonly what: string; readonly means: string; readonly fix: string };
  readonly fields: readonly (CredentialField & { readonly secret: boolean })[];
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
