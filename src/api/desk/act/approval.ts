/** Four eyes: above the limit in Settings an act waits in the Outbox until a second person approves it. */
import type { Account } from '../../../domain/account';
import type { Act, ActResult } from '../../../domain/acts/act';
import { moneyText } from '../../../domain/acts/words';
import type { Intent, OutboxRow } from '../../../domain/book';
import { decimal, parseAmount } from '../../../domain/money';
import { OFFER } from '../../../domain/picture';
import { type Cents, key } from '../../../domain/values';
import type { App } from '../../../run/app';
import { maySee } from '../../../run/person';
import type { Loaded } from '../../../sheet/load';
import { readPeopleList } from '../../../sheet/people-list';
import type { Preview } from '../override';

export const APPROVAL = 'approval';

export const personAtKeys = (app: App): string => app.person?.mail ?? app.run.by.toLowerCase();

export interface Approval {
  readonly needed?: NonNullable<Preview['approval']>;
  /** The limit is passed, and there is nobody to ask. */
  readonly alone?: string;
}

/** Whether the act needs a second person. Nobody approves their own, the owner neither, as long as there is somebody else. */
export function approvalFor(app: App, loaded: Loaded, account: Account, { amountCents }: ActResult): Approval {
  const { currency } = account.property;
  const text = account.book.settings.approvalLimit;
  const limit = text === '' ? undefined : parseAmount(text, currency);
  if (limit === undefined || amountCents === undefined || amountCents <= limit) return {};
  if (othersThan(app, loaded, account).length > 0)
    return { needed: { limit: { cents: limit, currency }, amount: { cents: amountCents, currency } } };
  return {
    alone: `It is above the approval limit of ${moneyText(account, limit)}, but nobody else is listed who could approve it.`,
  };
}

/** Owner and managers other than this person who may see the property. */
function othersThan(app: App, loaded: Loaded, account: Account): readonly string[] {
  const owner = app.host.documentStore.get('owner')?.toLowerCase();
  const managers = readPeopleList(loaded.settings.value('Managers'))
    .filter((each) => maySee({ ...each, role: 'manager' }, account.property.name))
    .map((each) => each.mail);
  return [...(owner ? [owner] : []), ...managers].filter((mail) => mail !== personAtKeys(app));
}

/** What waits: the act as it was wanted, with the amount that was seen. */
export interface Waiting {
  readonly act: Act;
  readonly by: string;
  readonly amountCents: Cents;
}

/** The row that waits; nothing leaves the house by it. */
export function approvalIntent(app: App, account: Account, act: Act, result: ActResult, request: string): Intent {
  const amountCents = result.amountCents ?? 0;
  return {
    key: key(`${APPROVAL}:${request}`),
    channel: 'ledger',
    kind: APPROVAL,
    lease: account.lease.id,
    property: account.property.name,
    to: 'a second person',
    subject: result.title,
    payload: { act: filledIn(account, act, result), by: personAtKeys(app), amountCents },
    notBefore: account.run.now,
    waitsForRelease: true,
    because: { rule: 'always' },
    urgency: 9,
  };
}

/** What the act left open is fixed: a waiver that named no amount gives up what was open when it was asked for. */
const filledIn = (account: Account, act: Act, { amountCents }: ActResult): Act =>
  act.kind === 'waive' && amountCents !== undefined
    ? { ...act, amount: decimal(amountCents, account.property.currency) }
    : act;

/** It comes from a platform, not from a person who wants more than one may alone. */
export const isOffer = (row: OutboxRow): boolean => row.key.startsWith(OFFER);

export const isApproval = (row: OutboxRow): boolean => row.channel === 'ledger' && row.kind === APPROVAL;
