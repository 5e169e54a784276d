/** Imports of charges, receipts and reversals: all lines of a call or none, in one batch that may wait for staff to post it. */

import { fault, messages, Told } from './soap';
import {
  addLine,
  type Kind,
  type Line,
  type NewLine,
  newBatch,
  PAYMENT_TYPES,
  type Tenant,
  type VoyagerState,
} from './state';
import { childOf, type Element } from './xml';

/** In the order in which a Detail has them. */
const DETAIL = [
  'Description',
  'DocumentNumber',
  'Reversal',
  'TransactionDate',
  'ServiceFromDate',
  'ServiceToDate',
  'ChargeCode',
  'GLAccountNumber',
  'PostMonth',
  'CustomerID',
  'UnitID',
  'Amount',
  'Comment',
  'PropertyPrimaryID',
];
const NEEDED: Readonly<Record<Kind, readonly string[]>> = {
  charge: ['Description', 'TransactionDate', 'ChargeCode', 'CustomerID', 'Amount', 'PropertyPrimaryID'],
  payment: ['DocumentNumber', 'TransactionDate', 'CustomerID', 'Amount', 'PropertyPrimaryID'],
};
const NOT_IN: Readonly<Record<Kind, readonly string[]>> = {
  charge: ['DocumentNumber', 'Reversal'],
  payment: ['ChargeCode', 'ServiceFromDate', 'ServiceToDate'],
};
/** The way down to the lines. */
const PATH = ['Property', 'RT_Customer', 'RTServiceTransactions', 'Transactions'];

/** `kinds` are those that the operation takes. Gives the messages of the import. */
export function imported(state: VoyagerState, given: Element | undefined, kinds: readonly Kind[]): string {
  const items = itemsIn(given);
  const problems: string[] = [];
  const lines: NewLine[] = [];
  for (const item of items) {
    try {
      lines.push(lineOf(state, item, kinds));
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      problems.push(...error.texts);
    }
  }
  if (problems.length > 0) throw new Told(problems);
  if (lines.length === 0) throw new Told(['There are no transactions in the XML.']);
  const batch = newBatch(state);
  for (const line of lines) addLine(state, line, batch, state.posts[line.kind] === 'as posted');
  return messages('FYI', [`Xml Import Successful: ${lines.length} of ${lines.length} transactions, batch ${batch}.`]);
}

function itemsIn(given: Element | undefined): readonly Element[] {
  const [root, ...more] = given?.children ?? [];
  // Some clients wrap the document once more in an element of the parameter's own name.
  const document = root?.name === 'TransactionXml' && more.length === 0 ? root.children[0] : root;
  if (document?.name !== 'ResidentTransactions') throw new Told(['The XML is no ResidentTransactions document.']);
  let level: readonly Element[] = [document];
  for (const name of PATH) {
    const next = level.flatMap(({ children }) => children);
    const strange = next.find((one) => one.name !== name);
    if (strange) throw new Told([`The element ${strange.name} is not expected: ${name} is.`]);
    level = next;
  }
  return level.flatMap(({ children }) => children);
}

function lineOf(state: VoyagerState, item: Element, kinds: readonly Kind[]): NewLine {
  const kind = kinds.find((one) => item.name === (one === 'charge' ? 'Charge' : 'Payment'));
  if (!kind) throw new Told([`The element ${item.name} is not expected here.`]);
  const detail = childOf(item, 'Detail');
  if (!detail || item.children.length !== 1) throw new Told([`A ${item.name} has to hold one Detail.`]);
  checkOrder(detail, kind);
  const text = (name: string): string | null => childOf(detail, name)?.text ?? null;
  const tenant = tenantOf(state, text);
  const day = dayIn('TransactionDate', text('TransactionDate'))!;
  const line: NewLine = {
    kind,
    tenant: tenant.code,
    cents: centsIn(text('Amount')),
    day,
    postMonth: (dayIn('PostMonth', text('PostMonth')) ?? day).slice(0, 7),
    document: text('DocumentNumber'),
    description: text('Description'),
    comment: text('Comment'),
    serviceTo: dayIn('ServiceToDate', text('ServiceToDate')),
  };
  if (state.openFrom !== null && line.postMonth! < state.openFrom)
    throw new Told([`The post month ${line.postMonth} is outside your allowable range.`]);
  if (kind === 'charge') return { ...line, code: codeIn(state, text('ChargeCode')) };
  const reversal = childOf(detail, 'Reversal');
  return reversal ? reversed(state, line, reversal) : { ...line, type: typeIn(item, tenant) };
}

function checkOrder(detail: Element, kind: Kind): void {
  let at = -1;
  for (const { name } of detail.children) {
    const place = DETAIL.indexOf(name);
    if (place < 0 || NOT_IN[kind].includes(name)) throw new Told([`The element ${name} is not expected in a ${kind}.`]);
    if (place <= at) throw new Told([`The element ${name} is not expected at its place.`]);
    at = place;
  }
  for (const name of NEEDED[kind])
    if (!childOf(detail, name)?.text.trim()) throw new Told([`The element ${name} is missing.`]);
}

function tenantOf(state: VoyagerState, text: (name: string) => string | null): Tenant {
  const [property, code] = [text('PropertyPrimaryID')!, text('CustomerID')!];
  if (!state.properties.some((one) => one.code === property)) throw new Told(['Invalid Yardi Property Code.']);
  if (state.withheld.includes(property)) throw new Told([`Invalid or no access to Yardi Property ${property}.`]);
  const tenant = state.tenants.find((one) => one.property === property && one.code === code);
  if (!tenant) throw new Told([`Tenant ${code} does not exist in property ${property}.`]);
  const unit = text('UnitID');
  if (unit !== null && unit !== tenant.unit) throw new Told([`Tenant ${code} is not in unit ${unit}.`]);
  return tenant;
}

function codeIn({ codes }: VoyagerState, code: string | null): string {
  if (!codes.some((one) => one.code === code)) throw new Told([`Charge code ${code} does not exist.`]);
  return code!;
}

function typeIn(item: Element, tenant: Tenant): string {
  const type = PAYMENT_TYPES.find((one) => one === item.attributes.Type);
  if (!type) throw new Told([`The payment type ${item.attributes.Type ?? ''} is not valid.`]);
  const isCertified = type === 'MoneyOrder' || type === 'Cash';
  if (tenant.paymentAccepted === 2 || (tenant.paymentAccepted === 1 && !isCertified))
    throw new Told(['Payments are not accepted for this resident.']);
  return type;
}

/** The receipt is found by its number; a second reversal of it is refused. */
function reversed(state: VoyagerState, line: NewLine, reversal: Element): NewLine {
  if (!['NSF', 'Reverse'].includes(reversal.attributes.Type ?? '')) throw new Told(['The reversal type is not valid.']);
  const first = state.lines.find(
    (one: Line) =>
      one.kind === 'payment' && one.tenant === line.tenant && one.document === line.document && one.cents > 0,
  );
  if (!first) throw new Told([`There is no receipt ${line.document} of tenant ${line.tenant}.`]);
  if (state.lines.some((one) => one.reverses === first.id)) throw new Told(['Receipt has already been reversed.']);
  if (first.cents !== line.cents) throw new Told([`The amount of receipt ${line.document} is another one.`]);
  return { ...line, cents: -line.cents, type: first.type, reverses: first.id };
}

function centsIn(text: string | null): number {
  if (!text || !/^\d{1,9}\.\d{2}$/.test(text) || Number(text) <= 0)
    throw new Told([`The amount ${text} is not valid.`]);
  return Math.round(Number(text) * 100);
}

/** A day, with or without a time behind it. */
function dayIn(name: string, text: string | null): string | null {
  if (text === null) return null;
  const [, day] = /^(\d{4}-\d\d-\d\d)(?:T00:00:00)?$/.exec(text) ?? [];
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    throw new Told([`${name} ${text} is no date.`]);
  return day!;
}

/** A parameter of the type xs:dateTime. */
export function dateTime(name: string, parameter: Element | undefined): string {
  const text = parameter?.text ?? '';
  const [, day] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d$/.exec(text) ?? [];
  const isDay = day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  if (!isDay) throw fault('Client', `Server was unable to read request. ${name}: '${text}' is not a valid dateTime.`);
  return day!;
}
