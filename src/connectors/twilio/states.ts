/** What Twilio's states and error numbers of a text mean for a resident's phone. */
import type { Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { Delivered, DeliveryState } from '../messages';
import { HOUR_MS } from '../seen';
import { momentOf } from './api';

/** A carrier that has said nothing until then says nothing any more. */
export const TOO_OLD_MS = 72 * HOUR_MS;

type Meaning = 'waits' | 'held' | 'sent' | 'delivered' | 'lost' | 'cancelled' | 'theirs';

/** All that the description names: `theirs` are texts that came in. */
const STATUSES: Readonly<Record<string, Meaning>> = {
  accepted: 'waits',
  queued: 'waits',
  sending: 'waits',
  scheduled: 'held',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  partially_delivered: 'lost',
  undelivered: 'lost',
  failed: 'lost',
  canceled: 'cancelled',
  receiving: 'theirs',
  received: 'theirs',
};

/**
 * Errors that say something of the phone. What a phone that is switched off (30003) or a queue cannot take today it may
 * take tomorrow, so those and all others are plain failures.
 */
const ERRORS: Readonly<Record<string, DeliveryState>> = {
  21610: 'opted out',
  21211: 'bounced',
  21614: 'bounced',
  30005: 'bounced',
  30006: 'bounced',
  30004: 'blocked',
  30007: 'blocked',
};

/** What a refusal at once says of the phone. */
export const refused = ({ code = '' }: Fault): DeliveryState | undefined => ERRORS[code];

/** Undefined while nothing is known. Throws a `malformed` fault for a status that is not described. */
export function newsOf(row: Json, now: Instant): Delivered | undefined {
  const meaning = row.oneOf('status', STATUSES);
  const about = { ref: row.str('sid'), address: row.str('to') };
  switch (meaning) {
    case 'held':
    case 'theirs':
      return undefined;
    case 'waits':
      // What was held until its hour was created long before it began to wait.
      return aged(about, row, now, 'date_updated');
    case 'sent':
      return aged(about, row, now, 'date_sent') ?? told(about, row, 'sent');
    case 'delivered':
      return told(about, row, 'delivered');
    case 'cancelled':
      return { ...told(about, row, 'failed'), detail: 'It was cancelled at Twilio.' };
    case 'lost':
      return lost(about, row);
  }
}

type About = { readonly ref: string; readonly address: string };

const told = (about: About, row: Json, state: DeliveryState): Delivered => ({
  ...about,
  state,
  at: momentOf(row, 'date_updated'),
  detail: '',
});

function aged(about: About, row: Json, now: Instant, since: string): Delivered | undefined {
  if (now - momentOf(row, since) < TOO_OLD_MS) return undefined;
  return { ...about, state: 'unknown', at: now, detail: 'No carrier has said whether it arrived.' };
}

function lost(about: About, row: Json): Delivered {
  const code = row.has('error_code') ? String(row.int('error_code')) : '';
  const detail = [code, row.opt('error_message') ?? ''].filter((part) => part !== '').join(' ');
  return { ...told(about, row, ERRORS[code] ?? 'failed'), detail: detail || row.str('status') };
}
