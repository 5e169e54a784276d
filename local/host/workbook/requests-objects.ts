/** Requests about what lies on a sheet: conditional formats, protection, filters, charts, names, banding, metadata. */
import { invalid } from './errors';
import { clean, int, type Json, list, maybeInt, maybeObj, obj, text } from './json';
import { overlay } from './mask';
import { blockOf, cellOf, sheetOf } from './ranges';
import { checkCondition, type Handler } from './requests-cells';
import type { Sheet, SheetObjects } from './sheet';
import type { WorkbookState } from './state';
import { writeMask } from './write-cells';

type ListName = { [K in keyof SheetObjects]-?: SheetObjects[K] extends readonly Json[] | undefined ? K : never };
type Lists = ListName[keyof SheetObjects];

function items(sheet: Sheet, name: Lists): readonly Json[] {
  return sheet.objects[name] ?? [];
}

function setItems(sheet: Sheet, name: Lists, value: readonly Json[]): void {
  sheet.objects = { ...sheet.objects, [name]: value };
}

interface Found {
  readonly sheet: Sheet;
  readonly item: Json;
}

function findItem(state: WorkbookState, name: Lists, key: string, id: unknown): Found | undefined {
  for (const sheet of state.sheets) {
    const item = items(sheet, name).find((candidate) => candidate[key] === id);
    if (item !== undefined) return { sheet, item };
  }
  return undefined;
}

function known(state: WorkbookState, name: Lists, key: string, id: unknown, what: string): Found {
  const found = findItem(state, name, key, id);
  if (found === undefined) throw invalid(`No ${what} with id: ${id}`);
  return found;
}

function replaceItem({ sheet, item }: Found, name: Lists, fresh: Json | undefined): void {
  const next = items(sheet, name).map((candidate) => (candidate === item ? fresh : candidate));
  setItems(
    sheet,
    name,
    next.filter((candidate) => candidate !== undefined),
  );
}

function givenId(state: WorkbookState, name: Lists, key: string, body: Json, what: string): number {
  const wanted = maybeInt(body[key]);
  if (wanted === undefined) return state.freshId();
  if (findItem(state, name, key, wanted) === undefined) return wanted;
  throw invalid(`A ${what} with id ${wanted} already exists.`);
}

function ruleOf(state: WorkbookState, value: unknown): { sheet: Sheet; rule: Json } {
  const rule = obj(clean(value));
  const ranges = list(rule.ranges);
  if (ranges.length === 0) throw invalid('At least one range must be specified.');
  const sheets = new Set(ranges.map((range) => blockOf(state.find, range).sheet));
  if (sheets.size > 1) throw invalid('All ranges of a conditional format must be on the same sheet.');
  const boolean = maybeObj(rule.booleanRule);
  if (boolean === undefined && rule.gradientRule === undefined) throw invalid('No rule was specified.');
  if (boolean !== undefined) checkCondition(obj(boolean.condition));
  return { sheet: [...sheets][0] as Sheet, rule };
}

function ruleAt(sheet: Sheet, index: number): Json {
  const rule = items(sheet, 'conditionalFormats')[index];
  if (rule === undefined) throw invalid(`No conditional format on sheet: ${sheet.id} at index: ${index}`);
  return rule;
}

function splice(all: readonly Json[], index: number, removed: number, ...added: Json[]): Json[] {
  const next = [...all];
  next.splice(index, removed, ...added);
  return next;
}

const addConditionalFormatRule: Handler = (state, body) => {
  const { sheet, rule } = ruleOf(state, body.rule);
  const all = items(sheet, 'conditionalFormats');
  const index = int(body.index);
  if (index < 0 || index > all.length) throw invalid(`Rule index[${index}] is out of range.`);
  setItems(sheet, 'conditionalFormats', splice(all, index, 0, rule));
};

const updateConditionalFormatRule: Handler = (state, body) => {
  const index = int(body.index);
  const oldIndex = index;
  if (body.rule !== undefined && body.rule !== null) {
    const { sheet, rule } = ruleOf(state, body.rule);
    const oldRule = ruleAt(sheet, index);
    setItems(sheet, 'conditionalFormats', splice(items(sheet, 'conditionalFormats'), index, 1, rule));
    return { updateConditionalFormatRule: { oldRule, oldIndex, newRule: rule, newIndex: index } };
  }
  const sheet = sheetOf(state.find, int(body.sheetId));
  const newIndex = maybeInt(body.newIndex);
  if (newIndex === undefined) throw invalid('Must specify either rule or newIndex.');
  const rule = ruleAt(sheet, index);
  const rest = splice(items(sheet, 'conditionalFormats'), index, 1);
  if (newIndex < 0 || newIndex > rest.length) throw invalid(`Rule newIndex[${newIndex}] is out of range.`);
  setItems(sheet, 'conditionalFormats', splice(rest, newIndex, 0, rule));
  return { updateConditionalFormatRule: { oldRule: rule, oldIndex, newRule: rule, newIndex } };
};

const deleteConditionalFormatRule: Handler = (state, body) => {
  const sheet = sheetOf(state.find, int(body.sheetId));
  const rule = ruleAt(sheet, int(body.index));
  setItems(sheet, 'conditionalFormats', splice(items(sheet, 'conditionalFormats'), int(body.index), 1));
  return { deleteConditionalFormatRule: { rule } };
};

function protection(given: Json): Json {
  const { editors, ...rest } = given;
  // A warning stops nobody, so Google ignores editors beside it.
  const kept = rest.warningOnly === true || editors === undefined ? {} : { editors };
  return { ...rest, ...kept, requestingUserCanEdit: true };
}

const addProtectedRange: Handler = (state, body) => {
  const given = obj(clean(body.protectedRange));
  const { sheet } = blockOf(state.find, given.range);
  const id = givenId(state, 'protectedRanges', 'protectedRangeId', given, 'protected range');
  const protectedRange = { protectedRangeId: id, ...protection({ ...given, protectedRangeId: id }) };
  setItems(sheet, 'protectedRanges', [...items(sheet, 'protectedRanges'), protectedRange]);
  return { addProtectedRange: { protectedRange } };
};

const updateProtectedRange: Handler = (state, body) => {
  const mask = writeMask(body.fields, 'ProtectedRange');
  const given = obj(clean(body.protectedRange));
  const id = int(given.protectedRangeId);
  const found = known(state, 'protectedRanges', 'protectedRangeId', id, 'protected range');
  const merged = obj(overlay(found.item, mask === true ? { range: found.item.range, ...given } : given, mask));
  const { sheet } = blockOf(state.find, merged.range);
  replaceItem(found, 'protectedRanges', undefined);
  const fresh = protection({ ...merged, protectedRangeId: id });
  setItems(sheet, 'protectedRanges', [...items(sheet, 'protectedRanges'), fresh]);
};

const deleteProtectedRange: Handler = (state, body) => {
  const id = int(body.protectedRangeId);
  replaceItem(known(state, 'protectedRanges', 'protectedRangeId', id, 'protected range'), 'protectedRanges', undefined);
};

const setBasicFilter: Handler = (state, body) => {
  const filter = obj(clean(body.filter));
  const { sheet } = blockOf(state.find, filter.range);
  sheet.objects = { ...sheet.objects, basicFilter: filter };
};

const clearBasicFilter: Handler = (state, body) => {
  const sheet = sheetOf(state.find, int(body.sheetId));
  const { basicFilter: _gone, ...rest } = sheet.objects;
  sheet.objects = rest;
};

const addFilterView: Handler = (state, body) => {
  const given = obj(clean(body.filter));
  const { sheet } = blockOf(state.find, given.range);
  const all = items(sheet, 'filterViews');
  const title = text(given.title) || `Filter ${all.length + 1}`;
  const filterViewId = givenId(state, 'filterViews', 'filterViewId', given, 'filter view');
  const filter = { ...given, filterViewId, title };
  setItems(sheet, 'filterViews', [...all, filter]);
  return { addFilterView: { filter } };
};

const deleteFilterView: Handler = (state, body) => {
  const id = int(body.filterId);
  replaceItem(known(state, 'filterViews', 'filterViewId', id, 'filter view'), 'filterViews', undefined);
};

/** Every source range of a chart must exist. */
function checkSources(state: WorkbookState, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) checkSources(state, item);
    return;
  }
  const json = maybeObj(value);
  if (json === undefined) return;
  for (const [name, part] of Object.entries(json)) {
    if (name === 'sources') for (const range of list(part)) blockOf(state.find, range);
    else checkSources(state, part);
  }
}

const CHART_KINDS = /Chart$/;

function chartSpec(state: WorkbookState, value: unknown): Json {
  const spec = obj(clean(value));
  if (Object.keys(spec).filter((name) => CHART_KINDS.test(name)).length !== 1) {
    throw invalid('Exactly one chart kind must be specified in the chart spec.');
  }
  checkSources(state, spec);
  return spec;
}

function chartPlace(state: WorkbookState, value: unknown): { sheet: Sheet; position: Json } {
  const position = obj(clean(value));
  const overlayPosition = maybeObj(position.overlayPosition);
  if (overlayPosition === undefined) throw invalid('Only charts placed over a grid (overlayPosition) are available.');
  const { sheet } = cellOf(state.find, overlayPosition.anchorCell);
  const size = { offsetXPixels: 0, offsetYPixels: 0, widthPixels: 600, heightPixels: 371 };
  return { sheet, position: { overlayPosition: { ...size, ...overlayPosition } } };
}

const addChart: Handler = (state, body) => {
  const given = obj(body.chart);
  const spec = chartSpec(state, given.spec);
  const { sheet, position } = chartPlace(state, given.position);
  const chart = { chartId: givenId(state, 'charts', 'chartId', given, 'chart'), spec, position };
  setItems(sheet, 'charts', [...items(sheet, 'charts'), chart]);
  return { addChart: { chart } };
};

const updateChartSpec: Handler = (state, body) => {
  const found = known(state, 'charts', 'chartId', int(body.chartId), 'chart');
  replaceItem(found, 'charts', { ...found.item, spec: chartSpec(state, body.spec) });
};

const updateEmbeddedObjectPosition: Handler = (state, body) => {
  const found = known(state, 'charts', 'chartId', int(body.objectId), 'embedded object');
  const given = obj(clean(body.newPosition));
  // Google takes the mask from the overlay position, not from the position around it.
  const mask = writeMask(body.fields, 'OverlayPosition');
  const old = obj(found.item.position).overlayPosition;
  const merged = overlay(old, given.overlayPosition, mask);
  const { sheet, position } = chartPlace(state, { overlayPosition: merged });
  const chart = { ...found.item, position };
  replaceItem(found, 'charts', undefined);
  setItems(sheet, 'charts', [...items(sheet, 'charts'), chart]);
  return { updateEmbeddedObjectPosition: { position } };
};

const deleteEmbeddedObject: Handler = (state, body) => {
  const found = known(state, 'charts', 'chartId', int(body.objectId), 'embedded object');
  replaceItem(found, 'charts', undefined);
};

const addBanding: Handler = (state, body) => {
  const given = obj(clean(body.bandedRange));
  const { sheet } = blockOf(state.find, given.range);
  const bandedRangeId = givenId(state, 'bandedRanges', 'bandedRangeId', given, 'banded range');
  const bandedRange = { ...given, bandedRangeId };
  setItems(sheet, 'bandedRanges', [...items(sheet, 'bandedRanges'), bandedRange]);
  return { addBanding: { bandedRange } };
};

const deleteBanding: Handler = (state, body) => {
  const id = int(body.bandedRangeId);
  replaceItem(known(state, 'bandedRanges', 'bandedRangeId', id, 'banded range'), 'bandedRanges', undefined);
};

export const OBJECT_HANDLERS: Readonly<Record<string, Handler>> = {
  addConditionalFormatRule,
  updateConditionalFormatRule,
  deleteConditionalFormatRule,
  addProtectedRange,
  updateProtectedRange,
  deleteProtectedRange,
  setBasicFilter,
  clearBasicFilter,
  addFilterView,
  deleteFilterView,
  addChart,
  updateChartSpec,
  updateEmbeddedObjectPosition,
  deleteEmbeddedObject,
  addBanding,
  deleteBanding,
};
