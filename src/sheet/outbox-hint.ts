/** The hint in shared properties that something waits to leave; the Outbox stays the truth. */
import type { Host } from '../ports';

export const OUTBOX_DUE = 'outbox-due';

/** Called before a commit that adds effects: a kill right after it must not leave them unnoticed. */
export const effectsComing = ({ host }: { readonly host: Pick<Host, 'documentStore'> }): void =>
  host.documentStore.set(OUTBOX_DUE, '0');
