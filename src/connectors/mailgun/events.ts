/** What an event of Mailgun says about one message to one address. */
import { type Instant, instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { redact } from '../../http/redact';
import type { Delivered, DeliveryState } from '../messages';
import { joined } from '../seen';

type Read = (event: Json) => Pick<Delivered, 'state' | 'detail'> | undefined;

/** News that is no end, or about something else than a message of ours. */
const nothing: Read = () => undefined;

/** Every kind that Mailgun's description has. */
const KINDS: Readonly<Record<string, Read>> = {
  accepted: () => ({ state: 'sent', detail: '' }),
  delivered: (event) => (isTest(event) ? { state: 'unknown', detail: TEST } : { state: 'delivered', detail: '' }),
  failed: (event) => event.oneOf('severity', SEVERITIES)(event),
  rejected: (event) => ({ state: 'failed', detail: redact(event.word('reject.reason') ?? 'rejected') }),
  complained: () => ({ state: 'complained', detail: 'marked as spam' }),
  unsubscribed: () => ({ state: 'opted out', detail: 'unsubscribed' }),
  opened: nothing,
  clicked: nothing,
  stored: nothing,
  email_validation: nothing,
  list_member_uploaded: nothing,
  list_member_upload_error: nothing,
  list_uploaded: nothing,
};

const TEST = 'Test mode: Mailgun has delivered it to nobody.';

const SEVERITIES: Readonly<Record<string, Read>> = {
  // It is tried again for eight hours.
  temporary: (event) => ({ state: 'sent', detail: wordsOf(event) }),
  permanent: (event) => ({ state: failureOf(event), detail: wordsOf(event) }),
};

const isTest = (event: Json): boolean => event.at('flags.is-test-mode').value === true;

/** Why Mailgun itself has held a message back: the address is on one of its lists. */
const HELD_BACK: Readonly<Record<string, DeliveryState>> = {
  'suppress-bounce': 'bounced',
  'suppress-unsubscribe': 'opted out',
  'suppress-complaint': 'complained',
};

/**
 * That it is permanent says that the message did not arrive. Whether the address is bad the receiving server's code
 * tells (RFC 3463): X.1 is about the address, X.2.1 says that the mailbox is closed, X.7 that the server takes nothing
 * from this sender. Mailgun publishes no list of reasons, and calls many things a bounce.
 */
function failureOf(event: Json): DeliveryState {
  const reason = event.word('reason') ?? '';
  const held = HELD_BACK[reason];
  if (held) return held;
  const [, subject, detail] = /(?:^|\s)[45]\.(\d{1,3})\.(\d{1,3})\b/.exec(codesOf(event)) ?? [];
  if (subject === '1' || (subject === '2' && detail === '1')) return 'bounced';
  if (subject === '7') return 'blocked';
  if (subject !== undefined) return 'failed';
  return reason === 'bounce' ? 'bounced' : 'failed';
}

const codesOf = (event: Json): string =>
  joined([event.word('delivery-status.enhanced-code'), event.word('delivery-status.message')]);

function wordsOf(event: Json): string {
  const { value: code } = event.at('delivery-status.code');
  const said =
    event.word('delivery-status.message') ?? event.word('delivery-status.description') ?? event.word('reason');
  return redact(joined([typeof code === 'number' ? String(code) : undefined, said]) || 'no reason was given');
}

const REF = /^[0-9a-f]{20}$/;

/** Undefined for news that changes nothing. Throws a `malformed` fault for a kind or severity that is not described. */
export function readEvent(event: Json): Delivered | undefined {
  const news = event.oneOf('event', KINDS)(event);
  if (!news) return undefined;
  const ref = event.word('user-variables.ref');
  const address = event.word('recipient')?.toLowerCase();
  return {
    ...(ref !== undefined && REF.test(ref) ? { ref } : {}),
    ...(address === undefined ? {} : { address }),
    ...news,
    at: momentOf(event),
  };
}

/** Seconds since 1970 with a fraction. */
function momentOf(event: Json): Instant {
  const stamp = event.at('timestamp');
  const seconds = stamp.value;
  const isMoment = typeof seconds === 'number' && seconds >= 0 && seconds < 1e11;
  return isMoment ? instant(Math.floor(seconds * 1000)) : stamp.wrong('seconds since 1970');
}
