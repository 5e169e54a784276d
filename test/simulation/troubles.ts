/** What goes wrong at vendors now and then, in the simulated years. */
import type { VendorFault } from '../../local/faults';

export const TROUBLES: readonly Omit<VendorFault, 'vendor' | 'when'>[] = [
  { what: 'unauthorized' },
  { what: 'busy' },
  { what: 'busy', retryAfterSeconds: 900 },
  { what: 'server-error' },
  { what: 'timeout', side: 'before' },
  { what: 'timeout', side: 'after' },
  { what: 'truncated' },
  { what: 'slow' },
];
