/** The API's quarterly versions: the one that a header names, and what it is by the clock. */

const QUARTERS = ['01', '04', '07', '10'];

/** The quarter that began last. */
export function currentVersion(nowMs: number): string {
  const now = new Date(nowMs);
  return `${now.getUTCFullYear()}-${QUARTERS[Math.floor(now.getUTCMonth() / 3)]}`;
}

const quarterNumber = (version: string): number => {
  const [year, month] = version.split('-');
  return Number(year) * 4 + QUARTERS.indexOf(month!);
};

/** Without a header, or with one that names no version that is served, the current one answers. */
export function versionOf(header: string | undefined, nowMs: number): string {
  const current = currentVersion(nowMs);
  if (header === undefined || !/^\d{4}-(?:01|04|07|10)$/.test(header)) return current;
  const behind = quarterNumber(current) - quarterNumber(header);
  return behind >= -1 && behind <= 4 ? header : current;
}

export function versionShape(version: string, nowMs: number): Readonly<Record<string, unknown>> {
  const behind = quarterNumber(currentVersion(nowMs)) - quarterNumber(version);
  const kind =
    behind < 0 ? 'release_candidate' : behind === 0 ? 'current' : behind === 1 ? 'maintenance' : 'deprecated';
  return { display_name: version, kind, value: version };
}
