/** The platforms as the desk shows them: state, limits, the last fault in plain words, and what may be done. */
import type { CredentialField } from '../../connectors/connector';

export type ConnectionState = 'not connected' | 'connected' | 'needs sign-in' | 'busy' | 'failing' | 'paused';

export interface Connection {
  readonly id: string;
  readonly title: string;
  readonly group: 'Pay in' | 'Messages';
  readonly state: ConnectionState;
  /** With test or live marked, and the last four characters of its key. */
  readonly account: string;
  /** `2026-12-06 09:05`, by the workbook's clock; '' for never. */
  readonly lastSuccess: string;
  readonly nextRun: string;
  readonly callsToday?: { readonly used: number; readonly limit: number };
  readonly mailToday?: { readonly left: number; readonly perDay: number };
  readonly fault?: { readonly what: string; readonly means: string; readonly fix: string };
  readonly fields: readonly (CredentialField & { readonly secret: boolean })[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Gmail needs nothing but consent, and cannot be removed. */
  readonly removable: boolean;
  /** Only the owner of the triggers holds keys. */
  readonly mine: boolean;
}
