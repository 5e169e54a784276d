/** One lease and nothing else: all that whoever holds a link can be shown, or act on. */
import type { Account } from '../../domain/account';
import type { Entry, ReceiptRow } from '../../domain/book';
import type { Instant, LeaseId } from '../../domain/values';

/** A row of the Resident pages tab whose link was proven. */
export interface PageLink {
  readonly row: number;
  /** 128 random bits, lower-case hex: the only name that an address bears. */
  readonly id: string;
  readonly lease: LeaseId;
  /** The mail address or phone number that it was made for, as on the lease; all mail addresses where a message goes to all of them. */
  readonly address: string;
  readonly version: number;
}

/** What is read for a link. Its account's book holds this lease, its property and their rows only: there is nothing else to leak. */
export interface OneLease {
  readonly link: PageLink;
  readonly account: Account;
  /** In the order of the journal; from the last thirteen months where it was not asked for whole. */
  readonly entries: readonly Entry[];
  /** There are older ones. */
  readonly older: boolean;
  /** Newest first. */
  readonly receipts: readonly ReceiptRow[];
  readonly platforms: readonly PlatformState[];
}

/** A row of the Connections tab. */
export interface PlatformState {
  readonly id: string;
  /** `connected`, `paused`, `failing`, … as the tab says. */
  readonly state: string;
  /** When it was last read to its end. */
  readonly readAt?: Instant;
}
