/** Answers of the wizard about the whole file, checked as the Settings tab itself is read: what is wrong with which field. */
import { parseAddress, parseAddressList } from '../../../domain/addresses';
import { type Currency, currency } from '../../../domain/values';
import type { Cell } from '../../../ports';
import { textOf } from '../../../sheet/cells';
import { defaultRows, type SetupOptions } from '../../../sheet/defaults';
import { type Layout, layoutOf, placed } from '../../../sheet/layout';
import { readPeopleList } from '../../../sheet/people-list';
import { SETTINGS } from '../../../sheet/schema';
import { readSettings } from '../../../sheet/settings';
import type { SetupFacts } from '../setup';

export type SettingField = Exclude<keyof SetupFacts, 'property' | 'done'>;

/** Each fact and the setting that holds it. */
export const SETTING_NAMES: Readonly<Record<SettingField, string>> = {
  zone: 'Time zone',
  currency: 'Currency',
  booksOpenOn: 'Books open on',
  senderName: 'Sender name',
  digestTo: 'Digest to',
  managers: 'Managers',
  viewers: 'Viewers',
  approvalLimit: 'Approval limit',
  quietHours: 'Quiet hours',
};
export const SETTING_FIELDS = Object.keys(SETTING_NAMES) as SettingField[];

/** The rows of the Settings tab by header, and where its columns stand. */
export interface SettingRows {
  readonly layout: Layout;
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/** The rows that Set up would write. */
export function freshSettings(options: SetupOptions): SettingRows {
  const headers = SETTINGS.columns.map((column) => column.header);
  const rows = defaultRows(SETTINGS, options).map((cells) =>
    Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ''])),
  );
  return { layout: layoutOf(SETTINGS, headers), rows };
}

/** 0-based row of a setting; -1 where somebody has deleted it. */
export const settingRow = ({ rows }: SettingRows, name: string): number =>
  rows.findIndex((row) => textOf(row.Setting).toLowerCase() === name.toLowerCase());

/** Field to what is wrong and what to do; empty where all can be taken. */
export function settingsRefused(
  settings: SettingRows,
  facts: SetupFacts,
  properties: readonly string[],
): Record<string, string> {
  const asked = SETTING_FIELDS.filter((field) => facts[field] !== undefined);
  const wrong: Record<string, string> = {};
  const { problems } = readSettings(settings.layout, linesWith(settings, facts, asked));
  for (const field of asked) {
    const problem = problems.find((each) => each.column === SETTING_NAMES[field]);
    const people = peopleRefused(field, facts[field] ?? '', properties);
    // The tab falls back to something safe and says so; here nothing is written instead.
    if (problem) wrong[field] = `${problem.what.replace(/;.*$/, '.')} ${problem.fix}`;
    else if (people) wrong[field] = people;
  }
  if (/^\s*-/.test(facts.approvalLimit ?? '')) wrong.approvalLimit = 'The limit must not be below nothing.';
  return wrong;
}

function linesWith({ layout, rows }: SettingRows, facts: SetupFacts, asked: readonly SettingField[]): Cell[][] {
  const names = new Set(asked.map((field) => SETTING_NAMES[field].toLowerCase()));
  const kept = rows.filter((row) => !names.has(textOf(row.Setting).toLowerCase()));
  const fresh = asked.map((field) => ({ Setting: SETTING_NAMES[field], Value: (facts[field] ?? '').trim() }));
  return [...kept, ...fresh].map((row: Readonly<Record<string, Cell>>) =>
    placed(
      layout,
      SETTINGS.columns.map((column) => row[column.header] ?? ''),
    ).map((cell) => cell ?? ''),
  );
}

function peopleRefused(field: SettingField, text: string, properties: readonly string[]): string | undefined {
  if (field === 'digestTo') return text.trim() === '' ? undefined : addressRefused(parseAddressList(text).reasons[0]);
  if (field !== 'managers' && field !== 'viewers') return undefined;
  const bare = text.replace(/\([^)]*\)/g, '').split(',');
  for (const each of bare.map((part) => part.trim()).filter((part) => part !== '')) {
    const parsed = parseAddress(each);
    if ('reason' in parsed) return addressRefused(parsed.reason, each);
  }
  const known = new Set(properties.map((name) => name.toLowerCase()));
  const strange = readPeopleList(text)
    .flatMap((person) => person.properties ?? [])
    .find((name) => !known.has(name));
  return strange === undefined
    ? undefined
    : `"${strange.slice(0, 60)}" in brackets is not on the Properties tab. Write a property's name as it stands there.`;
}

const addressRefused = (reason: string | undefined, address?: string): string | undefined =>
  reason && `${address ? `"${address.slice(0, 60)}": ` : ''}${reason}`;

const CURRENCIES: Readonly<Record<string, string>> = {
  GB: 'GBP',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  IE: 'EUR',
  DE: 'EUR',
  AT: 'EUR',
  FR: 'EUR',
  ES: 'EUR',
  IT: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
};

/** What a new file most likely counts in, by its locale such as `en_GB`; the wizard asks whether it is right. */
export const currencyOfLocale = (locale: string): Currency =>
  currency(CURRENCIES[locale.split('_')[1]?.toUpperCase() ?? ''] ?? 'USD');
