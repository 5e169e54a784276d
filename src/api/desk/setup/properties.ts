/** The properties as the wizard shows them: what stands in their cells, how it reads, and what the law of the place says. */
import type { Property } from '../../../domain/book';
import { localDay, monthKey } from '../../../domain/calendar';
import { lawOf } from '../../../domain/law';
import { type Day, propertyName } from '../../../domain/values';
import type { Cell } from '../../../ports';
import { type App, runNow } from '../../../run/app';
import { maySee } from '../../../run/person';
import { textOf } from '../../../sheet/cells';
import { currentRows } from '../../../sheet/current-rows';
import type { Loaded } from '../../../sheet/load';
import { PROPERTIES } from '../../../sheet/schema';
import type { SetupFacts, SetupProperty } from '../setup';
import { lawText, termsText } from './words';

type Field = Exclude<keyof NonNullable<SetupFacts['property']>, 'name' | 'confirm'>;

/** Each fact of a property and the column that holds it. */
export const PROPERTY_COLUMNS: Readonly<Record<Field, string>> = {
  address: 'Address',
  zone: 'Time zone',
  currency: 'Currency',
  jurisdiction: 'Jurisdiction',
  graceDays: 'Grace days',
  graceRule: 'Grace rule',
  lateFee: 'Late fee',
  lateFeeCap: 'Late fee cap',
  returnedFee: 'Returned payment fee',
  managerEmail: 'Manager email',
};
export const CONFIRMED = 'Fee terms confirmed';

/** In the order of their tab; a row that cannot run yet is shown too, so that it can be mended here. */
export function setupProperties(app: App, loaded: Loaded): readonly SetupProperty[] {
  return currentRows(app.host, loaded, PROPERTIES).flatMap((row) => {
    const name = textOf(row.Property);
    return name === '' || !maySee(app.person, name) ? [] : [shown(app, loaded, name, row)];
  });
}

function shown(app: App, loaded: Loaded, name: string, row: Readonly<Record<string, Cell>>): SetupProperty {
  const { book } = loaded;
  const property = book.properties.get(propertyName(name));
  const today = localDay(runNow(app).now, property?.zone ?? book.settings.zone);
  const text = (field: Field) => textOf(row[PROPERTY_COLUMNS[field]]);
  return {
    name,
    address: text('address'),
    zone: text('zone'),
    currency: text('currency'),
    jurisdiction: text('jurisdiction'),
    graceDays: text('graceDays'),
    graceRule: text('graceRule'),
    lateFee: text('lateFee'),
    lateFeeCap: text('lateFeeCap'),
    returnedFee: text('returnedFee'),
    managerEmail: text('managerEmail'),
    confirmed: textOf(row[CONFIRMED]),
    law: lawText(lawOf(text('jurisdiction'))),
    terms: property ? termsText(property.fees, property.currency, `${monthKey(today)}-01` as Day) : '',
    leases: book.leases.filter((lease) => lease.property === property?.name).length,
  };
}

/** Nothing about it is left to ask: where it is, who answers for it, and that its fees may be charged. */
export function isComplete({ address, managerEmail, fees, jurisdiction }: Property): boolean {
  const settled = !fees.late || fees.confirmed || lawOf(jurisdiction)?.verified === true;
  return address !== '' && managerEmail !== '' && settled;
}
