/** How a resident wants to be reached: written into the lease's row in the resident's name, and honoured from that moment on. */
import type { Account } from '../../domain/account';
import { type Acting, type ContactHeader, type ContactWrite, isContact } from '../../domain/acts/act';
import { contactCell, LANGUAGES, NOTIFY_WAYS } from '../../domain/acts/contact';
import { rowAfter } from '../../domain/acts/lease-row';
import { perform } from '../../domain/acts/perform';
import type { Lease } from '../../domain/book';
import { contactName, contactOf } from '../../domain/contacts';
import { isMessage } from '../../domain/legs';
import { e164 } from '../../domain/phone';
import { unreachable } from '../../domain/reach';
import { leaseById, type RunBook } from '../../domain/run-book';
import { recall } from '../../outbox/recall';
import type { App } from '../../run/app';
import { daysMayHaveChanged } from '../../run/hints';
import { loadBook } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { LEASES } from '../../sheet/schema';
import { cellsOf, lineOf } from '../desk/act/work';
import type { Fields, ResidentAct } from './act';
import { askOnce, no, type Scene, type Wanted } from './request-once';

interface Wish {
  readonly notifyBy: string;
  readonly language: string;
  readonly consents: boolean;
  /** `+15125550123`, '' for none; left out: as it is. */
  readonly phone?: string;
}

export const preferences: ResidentAct = (app, one, request, fields) => {
  const wish = wishOf(fields);
  if (typeof wish === 'string') return { done: false, says: wish };
  const phone = wish.phone ?? numberOf(one.account.lease);
  const isStopped = wish.consents && optedOut(one.account.book, phone);
  const yes = { says: isStopped ? 'preferencesStart' : 'preferencesSaved' };
  const outcome = askOnce(app, one, request, yes, (scene) => wanted(scene, wish));
  if (outcome.done && !wish.consents) takeBackTexts(app);
  return outcome;
};

function wishOf(fields: Fields): Wish | string {
  const [notifyBy = '', language = ''] = [fields.notifyBy?.trim(), fields.language?.trim().toLowerCase()];
  // That nothing is sent at all is a decision of the house: it may owe the resident a notice.
  if (notifyBy === 'none' || !NOTIFY_WAYS.some((each) => each === notifyBy)) return 'preferencesWay';
  if (!LANGUAGES.some((each) => each === language)) return 'preferencesLanguage';
  const consents = /^(yes|on|true|1)$/i.test(fields.smsConsent?.trim() ?? '');
  const typed = fields.phone?.trim();
  // The form shows four digits of the number that is known: left as they are, or left empty, it stays.
  if (!typed || typed.startsWith('…')) return { notifyBy, language, consents };
  const read = e164(typed);
  return 'number' in read ? { notifyBy, language, consents, phone: read.number } : 'preferencesPhone';
}

const numberOf = ({ phone }: Lease): string => {
  const read = e164(phone);
  return 'number' in read ? read.number : '';
};

const optedOut = (book: RunBook, phone: string): boolean =>
  phone !== '' && contactOf(book.contacts ?? [], 'sms', phone)?.state === 'opted out';

function wanted(scene: Scene, wish: Wish): Wanted | ReturnType<typeof no> {
  const { account, loaded } = scene;
  const { lease } = account;
  if (lease.notifyBy === 'none') return no('preferencesHouse');
  const number = wish.phone ?? numberOf(lease);
  if (wish.consents && number === '') return no('preferencesNumber');
  const withdraws = !wish.consents && lease.smsConsent !== '';
  const cells = cellsFor(account, withdraws ? withoutTexts(wish) : wish, number);
  const after = applied(scene, lease, cells);
  if (typeof after === 'string') return no(after);
  const layout = loaded.layouts.get(LEASES.title);
  if (after.writes.some(({ header }) => !layout?.at.has(header))) return no('preferencesColumn');
  const reason = unreachable({ ...loaded.book, settings: { ...loaded.book.settings, reminders: true } }, after.lease);
  // Consent that is taken back is taken back, whatever else the form says.
  if (reason !== undefined && !withdraws) return no('preferencesUnreachable');
  const others = wish.consents ? [] : withSameNumber(scene, number);
  const texts = others.map((each) => ({ ...account, lease: each }));
  if (after.writes.length + others.length === 0) return { changes: {}, told: `${lease.id}: ${AS_IT_WAS}` };
  effectsComing(scene.app);
  daysMayHaveChanged(scene.app);
  const leases = loaded.book.leases.map((each) =>
    each.id === lease.id ? after.lease : others.includes(each) ? { ...each, smsConsent: '' } : each,
  );
  return {
    changes: {
      people: [
        ...after.writes.map((write) => cellsOf(account, write)),
        ...texts.map((each) => cellsOf(each, noConsent(each.lease))),
      ],
      log: [
        ...after.writes.map((write) => lineOf(scene.app, account, write, REASON)),
        ...texts.map((each) => lineOf(scene.app, each, noConsent(each.lease), REASON)),
      ],
      views: true,
    },
    told: `${lease.id}: how the resident is reached was changed on the page.`,
    book: { ...loaded.book, leases },
  };
}

const AS_IT_WAS = 'how the resident is reached was confirmed on the page.';
/** Who has no texts any more, and has chosen nothing else, gets mail. */
const withoutTexts = (wish: Wish): Wish => (wish.notifyBy === 'sms' ? { ...wish, notifyBy: 'email' } : wish);

const REASON = 'as the resident says on the page';

/** What each cell is to hold. A consent is to one number: with another one it is given anew, or it is none. */
function cellsFor(account: Account, wish: Wish, number: string): readonly (readonly [ContactHeader, string])[] {
  const { lease, today } = account;
  const isOther = wish.phone !== undefined && wish.phone !== numberOf(lease);
  const given = `page, ${today}, …${number.slice(-4)}`;
  const consent = !wish.consents ? '' : lease.smsConsent === '' || isOther ? given : lease.smsConsent;
  return [
    ...(isOther ? [['Phone', wish.phone ?? ''] as const] : []),
    ['Notify by', wish.notifyBy],
    ['Language', wish.language],
    ['SMS consent', consent],
  ];
}

interface After {
  readonly lease: Lease;
  readonly writes: readonly ContactWrite[];
}

/** One act for each cell that changes, each on the row as the one before has left it. */
function applied(
  { account, loaded }: Scene,
  before: Lease,
  cells: readonly (readonly [ContactHeader, string])[],
): After | string {
  let lease = before;
  const writes: ContactWrite[] = [];
  for (const [header, to] of cells) {
    if (contactCell(lease, header) === to) continue;
    const acting: Acting = { account: { ...account, lease, entries: [] }, receipts: [], outbox: loaded.outbox };
    const result = perform(acting, { kind: 'contact', lease: lease.id, header, to, reason: REASON });
    if ('refused' in result) return 'preferencesSheet';
    const people = result.people ?? [];
    writes.push(...people.filter(isContact));
    lease = rowAfter(lease, [], people).lease;
  }
  return { lease, writes };
}

const noConsent = ({ smsConsent }: Lease): ContactWrite => ({ header: 'SMS consent', before: smsConsent, after: '' });

/** Who wants no texts to a number wants none about another lease either. */
function withSameNumber({ account, loaded }: Scene, number: string): readonly Lease[] {
  const own = new Set([number, numberOf(account.lease)].filter((each) => each !== ''));
  const names = new Set([...own].map((each) => contactName('sms', each)));
  return loaded.book.leases.filter(
    (each) => each.id !== account.lease.id && each.smsConsent !== '' && names.has(contactName('sms', each.phone)),
  );
}

/** Texts that a carrier holds are asked back at once; what waits here is not sent, for its rule is asked again before. */
function takeBackTexts(app: App): void {
  const loaded = loadBook(app.host);
  const isHeld = loaded.outbox.some((row) => {
    const lease = row.lease && leaseById(loaded.book, row.lease);
    return row.state === 'scheduled' && isMessage(row) && lease && lease.smsConsent === '';
  });
  if (isHeld) recall(app, loaded, app.host.userStore.all());
}
