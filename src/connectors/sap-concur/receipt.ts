/** A receipt of the ledger as a PDF in a user's SAP Concur: posted once under a name of ours, or kept by the older service. */
import { receiptNumber, receiptPdf, wordsOf } from '../../domain/receipt-pdf';
import { fail, faultOf, isFaultError } from '../../http/faults';
import type { HttpReply } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { receiptTold, refOf } from '../told';
import { askStatuses, type File, imageIdIn, isImageV1, postImage, postReceipt, STATUSES, statusesIn } from './api';
import { FOUND } from './signin';

/** Begins the reference of what the older service keeps. */
export const IMAGE = 'image:';

export const receipt: Effect = {
  once: 'lookup',
  onceFor: (account) => (isImageV1(account) ? 'ask' : 'lookup'),
  followed: true,
  run,
};

function* run(context: EffectContext): Flow<string> {
  const { payload, account } = context;
  const note = receiptTold(payload);
  const words = wordsOf(note.state);
  if (!words) return fail('malformed', `No receipt is given out for a payment that is "${note.state}".`);
  const user = userOf(note.customer, account);
  const file = { name: `rent-receipt-${receiptNumber(note.receipt)}.pdf`, pdf: receiptPdf(note, words) };
  return yield* isImageV1(account) ? keptImage(context, user, file) : posted(context, user, file);
}

const USER_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whose receipts these are: the External ID of the lease's link, or the one who signed in for `me`. */
function userOf(customer: string, account: Account): string {
  const id = customer.trim().toLowerCase() === 'me' ? ownUser(account) : customer.trim();
  if (id === undefined)
    return fail('rejected', 'Whose receipts are to be posted is not known: enter the User ID of the connection.');
  return USER_ID.test(id)
    ? id
    : fail(
        'rejected',
        `"${id}" is no user ID of SAP Concur: that is 36 letters and digits with dashes, no login name.`,
      );
}

/** The user of the connection: entered, or the one whom the sign-in named. A company's sign-in names none. */
export const ownUser = (account: Account): string | undefined => account.SAP_CONCUR_USER_ID ?? account[FOUND.user];

// ---------------------------------------------------------------- Receipts v4

/** SAP refuses a name that it has taken before with 304. */
const TAKEN = 304;
/** So often one receipt is posted anew, after SAP could not process it. */
const TIMES = 3;

/** Under a name of ours, which SAP takes once; one that came to nothing there is posted under the next name. */
function* posted({ key, attempt }: EffectContext, user: string, file: File): Flow<string> {
  for (let time = 1; time <= TIMES; time++) {
    const name = time === 1 ? refOf(key) : `${refOf(key)}-${time}`;
    // At the first try of all nothing can be there yet.
    const before = attempt === 1 && time === 1 ? undefined : yield* known(name);
    const there = before ?? (yield* postedAs(name, user, file));
    if (!there.failed) return there.id;
  }
  return fail('rejected', `SAP Concur could not process this receipt, ${TIMES} times.`);
}

interface Known {
  readonly id: string;
  readonly failed: boolean;
}

function* postedAs(name: string, user: string, file: File): Flow<Known> {
  try {
    return { id: idIn(yield* asked(postReceipt(user, file, name))), failed: false };
  } catch (error) {
    if (!isFaultError(error) || faultOf(error).status !== TAKEN) throw error;
    return (
      (yield* known(name)) ??
      fail('malformed', 'SAP Concur says that it has this receipt, and does not say which it is.')
    );
  }
}

/** What we have posted under this name; undefined where there is nothing. */
function* known(name: string): Flow<Known | undefined> {
  const [told] = statusesIn(yield* asked(askStatuses('forwardIds', [name])));
  if (!told) return fail('malformed', 'SAP Concur was asked after a receipt and told of none.');
  if (told.int('responseCode') !== 200) return undefined;
  return { id: told.str('receiptId'), failed: told.oneOf('receiptStatus.status', STATUSES) === 'failed' };
}

/** The Location of a receipt is written in two ways; the id at its end, and at that of the Link to its status, is the same. */
function idIn({ headers }: HttpReply): string {
  const [, status] = /<[^>]*\/([\w-]+)>\s*;\s*rel="?processing-status"?/.exec(headers.link ?? '') ?? [];
  const [, place] = /\/([\w-]+)$/.exec(headers.location ?? '') ?? [];
  return status ?? place ?? fail('malformed', 'SAP Concur took a receipt and did not say what it is called.');
}

// ---------------------------------------------------------------- Image v1

/** The older service knows no name of ours and lists nothing: whether a try arrived whose answer was lost, a person finds out. */
function* keptImage({ account }: EffectContext, user: string, file: File): Flow<string> {
  const own = ownUser(account);
  if (own !== undefined && own !== user)
    return fail('rejected', 'Image v1 keeps receipts for the user who signed in, and for nobody else: write "me".');
  return `${IMAGE}${imageIdIn(yield* asked(postImage(file)))}`;
}
