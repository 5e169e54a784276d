/** A household that does not exist: what a message is shown with while the ledger has no lease. */
import type { Lease, Property } from '../../../domain/book';
import { addDays } from '../../../domain/calendar';
import { cents, toNumber } from '../../../domain/money';
import type { RunBook } from '../../../domain/run-book';
import { type Day, leaseId, propertyName } from '../../../domain/values';
import type { Loaded } from '../../../sheet/load';

const RENT_UNITS = 1200;

export interface Household {
  readonly book: RunBook;
  readonly lease: Lease;
  readonly property: Property;
}

/** In the file's own currency and zone, under the company's fee terms. */
export function sampleHousehold({ book, settings }: Loaded, today: Day): Household {
  const { zone, currency } = book.settings;
  const fees = settings.defaults.fees(currency);
  const property: Property = {
    row: 0,
    name: propertyName('Sample Court'),
    address: '12 Sample Street',
    zone,
    currency,
    jurisdiction: '',
    fees,
    managerEmail: '',
    slack: false,
  };
  const lease: Lease = {
    row: 0,
    id: leaseId('SAMPLE'),
    property: property.name,
    unit: '4B',
    residents: 'Sam Sample',
    emails: [],
    phone: '',
    rentCents: wholeUnits(RENT_UNITS, currency),
    frequency: 'monthly',
    dueDay: 1,
    start: addDays(today, -40),
    depositCents: cents(0),
    proration: 'actual days',
    allocation: { kind: 'oldest' },
    notifyBy: 'email',
    smsConsent: '',
    language: 'en',
    fees,
  };
  const properties = new Map([[property.name, property]]);
  return { book: { ...book, properties, leases: [lease], receipts: [], tasks: [] }, lease, property };
}

/** So many whole units of a currency, whatever its smallest coin is. */
const wholeUnits = (units: number, currency: Property['currency']) =>
  cents(Math.round(units / toNumber(cents(1), currency)));
