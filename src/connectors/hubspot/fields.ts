/** What of a lease's standing goes into which property of its contact: names, definitions and values as they read back. */
import { decimal } from '../../domain/money';
import type { LeaseStatus } from '../../domain/status';
import type { Cents } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Account, CredentialField } from '../connector';
import { STANDINGS } from '../told';
import { KEY } from './api';

type Kind = 'word' | 'amount' | 'count' | 'day' | 'text';

interface Field {
  /** The setting that names another property for it. */
  readonly setting: string;
  readonly label: string;
  readonly property: string;
  readonly kind: Kind;
  text(status: LeaseStatus): string;
}

/** HubSpot keeps a number as the text that it was given: without idle zeros there is one way to write each. */
const plain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const amount = (cents: Cents | undefined, { currency }: LeaseStatus): string =>
  cents === undefined ? '' : plain(decimal(cents, currency));

const field = (name: string, label: string, property: string, kind: Kind, text: Field['text']): Field => ({
  setting: `MAP_${name}`,
  label,
  property,
  kind,
  text,
});

const FIELDS: readonly Field[] = [
  field('STANDING', 'Standing', 'rent_status', 'word', (told) => told.standing),
  field('BALANCE', 'Balance', 'rent_balance', 'amount', (told) => amount(told.balanceCents, told)),
  field('UNPAID', 'Unpaid', 'rent_unpaid', 'amount', (told) => amount(told.unpaidCents, told)),
  field('DAYS_LATE', 'Days late', 'rent_days_late', 'count', (told) => String(told.daysLate)),
  field('NEXT_DUE', 'Next due', 'rent_next_due', 'day', (told) => told.nextDue),
  field('LAST_PAYMENT', 'Last payment', 'rent_last_payment', 'day', (told) => told.lastPayment?.day ?? ''),
  field('LAST_AMOUNT', 'Last amount', 'rent_last_amount', 'amount', (told) =>
    amount(told.lastPayment?.amountCents, told),
  ),
  field('RENT', 'Rent', 'rent_amount', 'amount', (told) => amount(told.rentCents, told)),
  field('AS_OF', 'As of', 'rent_as_of', 'day', (told) => told.asOf),
  field('RESIDENTS', 'Residents', 'rent_residents', 'text', (told) => told.residents),
  field('HOME', 'Home', 'rent_home', 'text', (told) => [told.property, told.unit].filter((part) => part).join(' ')),
];

/** What a mapping says where a value is not to be written. */
export const NONE = 'none';

/** What is the resident's own, or ours for another purpose. */
export const TAKEN: readonly string[] = [KEY, 'email', 'phone', 'firstname', 'lastname'];

export const mappings: readonly CredentialField[] = FIELDS.map(({ setting, label, property }) => ({
  name: setting,
  label,
  help: `HubSpot > Settings > Properties. The internal name; "${property}" when left empty, "${NONE}" to write it nowhere`,
  secret: false,
  optional: true,
  pick: 'fields',
  maps: 'Contact properties',
}));

export interface Place extends Field {
  /** The property that it goes to in this account. */
  readonly to: string;
}

/** What is written, and where. Throws a fault where a mapping would write over something else. */
export function placesOf(account: Account): readonly Place[] {
  const places = FIELDS.map((each) => ({ ...each, to: (account[each.setting] ?? '').trim() || each.property }));
  const wanted = places.filter(({ to }) => to.toLowerCase() !== NONE);
  for (const { to, label } of wanted) {
    if (TAKEN.includes(to))
      return fail('rejected', `${label} cannot go to the property "${to}", which holds something else.`);
    const others = wanted.filter((each) => each.to === to);
    if (others.length > 1)
      return fail(
        'rejected',
        `${others.map((each) => each.label).join(' and ')} cannot both go to the property "${to}".`,
      );
  }
  return wanted;
}

export const written = (status: LeaseStatus, account: Account): Readonly<Record<string, string>> =>
  Object.fromEntries(placesOf(account).map(({ to, text }) => [to, text(status)]));

/** What a property of that kind holds, in the words of {@link written}. */
export function asWritten({ kind }: Pick<Place, 'kind'>, text: string): string {
  if (kind === 'amount' || kind === 'count') return /^-?\d+(\.\d+)?$/.test(text) ? plain(text) : text;
  if (kind !== 'day') return text;
  // A property for a moment holds midnight in its own way.
  if (/^\d{10,}$/.test(text)) return new Date(Number(text)).toISOString().slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}T00:00/.test(text) ? text.slice(0, 10) : text;
}

// ---------------------------------------------------------------- their definitions

const TYPES: Readonly<Record<Kind, { readonly type: string; readonly fieldType: string }>> = {
  word: { type: 'enumeration', fieldType: 'select' },
  amount: { type: 'number', fieldType: 'number' },
  count: { type: 'number', fieldType: 'number' },
  day: { type: 'date', fieldType: 'date' },
  text: { type: 'string', fieldType: 'text' },
};

/** Types of the account's own properties that can hold a value of that kind. */
export const HOLDS: Readonly<Record<Kind, readonly string[]>> = {
  word: ['enumeration', 'string'],
  amount: ['number', 'string'],
  count: ['number', 'string'],
  day: ['date', 'datetime', 'string'],
  text: ['string'],
};

export interface Definition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
}

const GROUP = { groupName: 'contactinformation' };
const KEY_DEFINITION: Definition & { readonly hasUniqueValue: true; readonly groupName: string } = {
  ...GROUP,
  name: KEY,
  label: 'Rent Ledger ID',
  type: 'string',
  fieldType: 'text',
  hasUniqueValue: true,
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const options = STANDINGS.map((value, displayOrder) => ({ value, label: capital(value), displayOrder, hidden: false }));

/** The properties that can be made: our key, and those that go by our own names. */
export const definitions = (account: Account): readonly Definition[] => [
  KEY_DEFINITION,
  ...placesOf(account)
    .filter(({ to, property }) => to === property)
    .map(({ property, label, kind }) => ({
      ...GROUP,
      name: property,
      label: `Rent: ${label.toLowerCase()}`,
      ...TYPES[kind],
      ...(kind === 'word' ? { options } : {}),
    })),
];
