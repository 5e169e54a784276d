/** A cell as GraphQL shows it: its text as people read it, its raw JSON as a text, and the fields of its own type. */
import { labelById } from './labels';
import { VALUE_TYPES } from './schema';
import { type Column, type Item, type MondayState, momentOf } from './state';

type Fields = Readonly<Record<string, unknown>>;

const rawOf = (item: Item, column: Column): Fields | string | undefined =>
  item.values[column.id] as Fields | string | undefined;

const nameOf = (state: MondayState, id: unknown): string =>
  state.users.find((one) => one.id === String(id))?.name ?? '';

const peopleIn = (raw: Fields): readonly { readonly id: number; readonly kind: string }[] =>
  raw.personsAndTeams as readonly { readonly id: number; readonly kind: string }[];

/** What people read in the cell; null or '' when it is empty, by kind. */
export function textOf(state: MondayState, item: Item, column: Column): string | null {
  const raw = rawOf(item, column);
  if (column.type === 'last_updated') return momentOf(item.updatedMs).replace('T', ' ').replace('Z', ' UTC');
  if (column.type === 'formula' || column.type === 'mirror') return null;
  if (raw === undefined) return column.type === 'status' || column.type === 'dropdown' ? null : '';
  if (typeof raw === 'string') return raw;
  const kinds: Readonly<Partial<Record<Column['type'], () => string>>> = {
    long_text: () => String(raw.text),
    status: () => labelById(column, raw.index)?.label ?? '',
    dropdown: () => (raw.ids as number[]).map((id) => labelById(column, id)?.label ?? '').join(', '),
    date: () => (raw.time === undefined ? String(raw.date) : `${raw.date} ${String(raw.time).slice(0, 5)}`),
    checkbox: () => 'v',
    email: () => String(raw.text),
    phone: () => String(raw.phone),
    link: () => `${raw.text} - ${raw.url}`,
    people: () =>
      peopleIn(raw)
        .map(({ id }) => nameOf(state, id))
        .join(', '),
  };
  return kinds[column.type]?.() ?? '';
}

/** The fields that the type has beside those of every cell. */
function own(item: Item, column: Column): Fields {
  const raw = rawOf(item, column);
  const fields = (typeof raw === 'object' ? raw : {}) as Fields;
  const label = column.type === 'status' ? labelById(column, fields.index) : undefined;
  const kinds: Readonly<Partial<Record<Column['type'], () => Fields>>> = {
    numbers: () => ({ number: raw === undefined ? null : Number(raw), symbol: null, direction: null }),
    status: () => ({
      ...{ index: label?.id ?? null, label: label?.label ?? null, is_done: label ? (label.isDone ?? false) : null },
      update_id: null,
    }),
    date: () => ({ date: fields.date ?? '', time: fields.time ?? '', icon: null }),
    checkbox: () => ({ checked: fields.checked ?? null }),
    email: () => ({ email: fields.email ?? null, label: fields.text ?? null }),
    phone: () => ({ phone: fields.phone ?? null, country_short_name: fields.countryShortName ?? null }),
    link: () => ({ url: fields.url ?? null, url_text: fields.text ?? null }),
    people: () => ({ persons_and_teams: raw === undefined ? [] : peopleIn(fields) }),
    last_updated: () => ({ updated_at: momentOf(item.updatedMs), updater_id: item.updater }),
    formula: () => ({ display_value: column.shows ?? '' }),
    mirror: () => ({ display_value: column.shows ?? '' }),
  };
  const changed = typeof fields.changed_at === 'string' ? momentOf(Date.parse(fields.changed_at)) : null;
  return { updated_at: changed, ...kinds[column.type]?.() };
}

export function cellShape(state: MondayState, item: Item, column: Column, columnShape: Fields): Fields {
  const raw = rawOf(item, column);
  return {
    __typename: VALUE_TYPES[column.type as keyof typeof VALUE_TYPES][0],
    id: column.id,
    type: column.type,
    column: columnShape,
    is_leaf: true,
    text: textOf(state, item, column),
    value: raw === undefined ? null : JSON.stringify(raw),
    ...own(item, column),
  };
}
