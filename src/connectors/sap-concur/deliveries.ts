/** What became of the receipts that were posted: SAP works on them for a while, and then has them or gives up. */
import type { Instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, faultOf, isFault, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, chunks, inWaves } from '../../http/paging';
import { asked, type Flow, type Lost } from '../connector';
import type { Delivered, DeliveryContext, DeliveryFeed, DeliveryPage, OpenMessage } from '../messages';
import { askImage, askStatus, askStatuses, IDS_AT_ONCE, STATUSES, statusesIn } from './api';
import { IMAGE } from './receipt';

const WAVE = 10;

export const deliveries: DeliveryFeed = { pull };

/** All that is open is asked after in one go, so there is no place to remember. */
function* pull(_state: unknown, { open, now }: DeliveryContext): Flow<DeliveryPage> {
  const refs = open.map(refIn);
  const images = refs.filter((ref) => ref.startsWith(IMAGE));
  const posted = refs.filter((ref) => !ref.startsWith(IMAGE));
  const heard = [yield* ofReceipts(posted, now), yield* ofImages(images, now)];
  return {
    delivered: heard.flatMap((each) => each.delivered),
    faults: heard.flatMap((each) => each.faults),
    state: {},
    more: false,
  };
}

const refIn = ({ ref }: OpenMessage): string => ref.split(' ')[0] ?? '';

interface Heard {
  readonly delivered: readonly Delivered[];
  readonly faults: readonly Lost[];
}

const news = (ref: string, state: Delivered['state'], at: Instant, detail = ''): Delivered => ({
  ref,
  state,
  at,
  detail,
});

// ---------------------------------------------------------------- Receipts v4

function* ofReceipts(ids: readonly string[], now: Instant): Flow<Heard> {
  const delivered: Delivered[] = [];
  const faults: Lost[] = [];
  const failed: string[] = [];
  const some = chunks(ids, IDS_AT_ONCE);
  const outcomes = yield* inWaves(
    some.map((each) => askStatuses('receiptIds', each)),
    WAVE,
  );
  for (const told of outcomes.flatMap((outcome) => statusesIn(replyOf(outcome)))) {
    try {
      const { ref, state } = readIn(told);
      if (state === 'failed') failed.push(ref);
      else if (state === 'unknown')
        delivered.push(news(ref, state, now, 'SAP Concur tells of a receipt for two weeks.'));
      else if (state === 'delivered') delivered.push(news(ref, state, now));
    } catch (error) {
      faults.push({ about: `receipt ${told.word('receiptId') ?? '?'}`, fault: faultOf(error) });
    }
  }
  for (const ref of failed) delivered.push(news(ref, 'failed', now, yield* reasonFor(ref)));
  return { delivered, faults };
}

function readIn(told: Json): { readonly ref: string; readonly state: 'open' | 'delivered' | 'failed' | 'unknown' } {
  const ref = told.str('receiptId');
  const receipt = told.as(`receipt ${ref}`);
  const code = receipt.int('responseCode');
  if (code === 404) return { ref, state: 'unknown' };
  if (code !== 200) return fail('auth', `SAP Concur does not tell what became of receipt ${ref} (${code}).`);
  return { ref, state: receipt.oneOf('receiptStatus.status', STATUSES) };
}

/** What went wrong, from the story of the receipt: its last word is only that it failed. */
function* reasonFor(id: string): Flow<string> {
  const errors = bodyOf(yield* asked(askStatus(id)), `receipt ${id}`)
    .items('logs')
    .filter((log) => log.word('logLevel') === 'ERROR')
    .flatMap((log) => log.word('message') ?? []);
  return errors.at(-2) ?? errors.at(-1) ?? 'SAP Concur could not process it.';
}

// ---------------------------------------------------------------- Image v1

/** An image is kept at once or not at all: whether it is still there is all that can be asked. */
function* ofImages(refs: readonly string[], now: Instant): Flow<Heard> {
  const outcomes = yield* askEach(refs, (ref) => askImage(ref.slice(IMAGE.length)), WAVE);
  const delivered = outcomes.flatMap(([ref, outcome]): Delivered[] => {
    if (!isFault(outcome)) return [news(ref, 'delivered', now)];
    return outcome.fault === 'missing' ? [news(ref, 'failed', now, 'It is not there.')] : [];
  });
  const faults = outcomes.flatMap(([ref, outcome]): Lost[] =>
    isFault(outcome) && outcome.fault !== 'missing' ? [{ about: ref, fault: outcome }] : [],
  );
  return { delivered, faults };
}
