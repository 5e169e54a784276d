/** The functions of the workflow language: all names that it knows, and what those do that this sandbox can compute. */

const KNOWN = [
  'add addDays addHours addMinutes addProperty addSeconds addToTime action actionBody actionOutputs actions and array',
  'base64 base64ToBinary base64ToString binary body bool chunk coalesce concat contains convertFromUtc convertTimeZone',
  'convertToUtc createArray dataUri dataUriToBinary dataUriToString dateDifference dayOfMonth dayOfWeek dayOfYear',
  'decimal decodeBase64 decodeDataUri decodeUriComponent div empty encodeUriComponent encodeURIComponent endsWith',
  'equals first float formatDateTime formDataMultiValues formDataValue formatNumber getFutureTime getPastTime greater',
  'greaterOrEquals guid if indexOf int intersection isFloat isInt item items iterationIndexes join json last lastIndexOf',
  'length less lessOrEquals listCallbackUrl max min mod mul multipartBody not nthIndexOf or outputs parameters',
  'parseDateTime rand range removeProperty replace result reverse setProperty skip slice sort split startOfDay',
  'startOfHour startOfMonth startsWith string sub subtractFromTime substring take ticks toLower toUpper trigger',
  'triggerBody triggerFormDataMultiValues triggerFormDataValue triggerMultipartBody triggerOutputs trim union uriComponent',
  'uriComponentToBinary uriComponentToString uriHost uriPath uriPathAndQuery uriPort uriQuery uriScheme utcNow variables',
  'workflow xml xpath',
];

/** In lower case: case does not matter. */
export const FUNCTIONS: ReadonlySet<string> = new Set(KNOWN.flatMap((line) => line.toLowerCase().split(' ')));

/** Functions of their arguments alone, by name in lower case. */
export const PURE: Readonly<Record<string, (...of: readonly unknown[]) => unknown>> = {
  and: (...of) => of.every((each) => each === true),
  coalesce: (...of) => of.find((each) => each !== null && each !== undefined) ?? null,
  concat: (...of) => of.map(textOf).join(''),
  contains: (whole, part) =>
    Array.isArray(whole) ? whole.includes(part) : typeof whole === 'string' && whole.includes(textOf(part)),
  empty: (of) => of === null || of === undefined || of === '' || (Array.isArray(of) && of.length === 0),
  encodeuricomponent: (of) => encodeURIComponent(textOf(of)),
  equals: (a, b) => a === b,
  greater: (a, b) => Number(a) > Number(b),
  greaterorequals: (a, b) => Number(a) >= Number(b),
  if: (test, yes, no) => (test === true ? yes : no),
  less: (a, b) => Number(a) < Number(b),
  lessorequals: (a, b) => Number(a) <= Number(b),
  not: (of) => of !== true,
  or: (...of) => of.some((each) => each === true),
  startswith: (whole, part) => textOf(whole).toLowerCase().startsWith(textOf(part).toLowerCase()),
  string: (of) => textOf(of),
  tolower: (of) => textOf(of).toLowerCase(),
  toupper: (of) => textOf(of).toUpperCase(),
};

/** A value as text, as `string()` and `@{…}` make it. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
