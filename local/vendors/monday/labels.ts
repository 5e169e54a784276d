/** Labels of status and dropdown columns: written by label or by number, made when asked for, and shown in a column's settings. */
import { refuse, refuseValue, unauthorized } from './errors';
import type { Board, Column, Label, User } from './state';

type Fields = Readonly<Record<string, unknown>>;

/** Who writes a value, where, and whether labels that are missing may be made. */
export interface Writing {
  readonly board: Board;
  readonly user: User;
  readonly users: readonly User[];
  readonly makesLabels: boolean;
  readonly nowMs: number;
}

const MAX_STATUS_LABELS = 40;
/** The grey label that a status column shows for an empty cell has this number; a label made later skips it. */
const EMPTY_STATUS = 5;

const labelsOf = (column: Column): Label[] => {
  column.labels ??= [];
  return column.labels;
};

export const labelById = (column: Column, id: unknown): Label | undefined =>
  column.labels?.find((one) => one.id === Number(id));

/** The label of that text: case counts, and a label that was switched off is none. */
const usable = (column: Column, text: string): Label | undefined =>
  labelsOf(column).find((one) => one.label === text && !one.isDeactivated);

function missing(column: Column, value: unknown): never {
  const known = labelsOf(column).map(({ id, label }) => `${id}: ${label}`);
  const kind = column.type === 'status' ? 'status label' : 'dropdown label';
  const which = column.type === 'status' ? 'statuses' : 'labels';
  return refuse(
    'ColumnValueException',
    `This ${kind} doesn't exist, possible ${which} are: {${known.join(', ')}}`,
    200,
    {
      column_id: column.id,
      column_name: column.title,
      column_type: column.type === 'status' ? 'color' : 'dropdown',
      column_value: JSON.stringify(value),
      column_validation_error_code: 'missingLabel',
    },
  );
}

/** Making a label changes the board's structure, which takes the right to. */
function labelFor(column: Column, text: string, value: unknown, writing: Writing): Label {
  const known = usable(column, text);
  if (known) return known;
  if (!writing.makesLabels || text === '') return missing(column, value);
  if (writing.board.isStructureLocked && writing.user.role !== 'admin') return unauthorized();
  const labels = labelsOf(column);
  if (column.type === 'status' && labels.length >= MAX_STATUS_LABELS)
    return refuseValue(column, value, `a status column has at most ${MAX_STATUS_LABELS} labels`);
  const taken = labels.map(({ id }) => id);
  let id = 0;
  while (taken.includes(id) || (column.type === 'status' && id === EMPTY_STATUS)) id += 1;
  const made = { id, label: text };
  labels.push(made);
  return made;
}

/** `{"label":"Late"}` or `{"index":2}`. */
export function statusValue(column: Column, value: Fields, writing: Writing): Fields | undefined {
  if (Object.keys(value).some((name) => name !== 'label' && name !== 'index'))
    return refuseValue(column, value, 'a status is given by its label or its index');
  const changed = { post_id: null, changed_at: new Date(writing.nowMs).toISOString() };
  if (value.index !== undefined) {
    const label = labelById(column, value.index) ?? missing(column, value);
    return { index: label.id, ...changed };
  }
  if (typeof value.label !== 'string') return refuseValue(column, value, 'label is not a text');
  if (value.label === '') return undefined;
  return { index: labelFor(column, value.label, value, writing).id, ...changed };
}

/** `{"labels":["Maple Court"]}` or `{"ids":[1]}`. */
export function dropdownValue(column: Column, value: Fields, writing: Writing): Fields | undefined {
  const { labels, ids, ...others } = value;
  if (Object.keys(others).length > 0) return refuseValue(column, value, 'a dropdown is given by labels or ids');
  if (Array.isArray(ids)) {
    const found = ids.map((id) => labelById(column, id) ?? missing(column, value));
    return found.length === 0 ? undefined : { ids: found.map(({ id }) => id) };
  }
  if (!Array.isArray(labels) || labels.some((one) => typeof one !== 'string'))
    return refuseValue(column, value, 'labels is not a list of texts');
  const found = labels.map((text) => labelFor(column, text, value, writing));
  return found.length === 0 ? undefined : { ids: found.map(({ id }) => id) };
}

/** A column's settings as the current version shows them. */
export function settingsOf(column: Column): Fields {
  if (!column.labels) return {};
  const shared = ({ id, label, isDeactivated }: Label) => ({ id, label, is_deactivated: isDeactivated ?? false });
  if (column.type === 'dropdown') return { limit_select: false, labels: column.labels.map(shared) };
  const labels = column.labels.map((one, index) => ({
    ...shared(one),
    ...{ color: one.id, index, is_done: one.isDone ?? false },
  }));
  return { labels };
}

/** The older form of the same, as a text. */
export function settingsText(column: Column): string {
  if (!column.labels) return '{}';
  if (column.type === 'dropdown')
    return JSON.stringify({ labels: column.labels.map(({ id, label }) => ({ id, name: label })) });
  const byId = <T>(of: (label: Label, at: number) => T) =>
    Object.fromEntries(column.labels!.map((one, at) => [one.id, of(one, at)]));
  return JSON.stringify({
    done_colors: column.labels.filter(({ isDone }) => isDone).map(({ id }) => id),
    labels: byId(({ label }) => label),
    labels_positions_v2: byId((_label, at) => at),
  });
}
