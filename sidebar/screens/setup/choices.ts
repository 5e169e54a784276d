/** Time zones, currencies and jurisdictions to choose from, with what stands in the cell always among them. */

export interface Choice {
  readonly value: string;
  readonly label: string;
}

const withOwn = (values: readonly string[], own: string): readonly string[] =>
  own === '' || values.includes(own) ? values : [own, ...values];

export const zoneChoices = (own: string): readonly Choice[] =>
  withOwn(Intl.supportedValuesOf('timeZone'), own).map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }));

/** `USD, US Dollar`. */
export function currencyChoices(own: string): readonly Choice[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return withOwn(Intl.supportedValuesOf('currency'), own).map((code) => ({ value: code, label: labelOf(code, names) }));
}

function labelOf(code: string, names: Intl.DisplayNames): string {
  try {
    return `${code}, ${names.of(code)}`;
  } catch {
    // A cell may hold anything.
    return code;
  }
}

const NAMED: Readonly<Record<string, string>> = { US: 'United States', UK: 'United Kingdom', CA: 'Canada' };

/** `US-TX` as it is: the code is what stands in the cell and in the docs. */
export const jurisdictionChoices = (codes: readonly string[], own: string): readonly Choice[] => [
  { value: '', label: 'Not said' },
  ...withOwn(codes, own).map((code) => ({ value: code, label: withCountry(code) })),
];

function withCountry(code: string): string {
  const country = NAMED[code.split('-')[0] ?? ''];
  return country ? `${code} (${country})` : code;
}
