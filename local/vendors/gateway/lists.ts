/** What a gateway lists: charges and payments by day, tenants, units; a page at a time. */
import { jsonReply } from '../kit/reply';
import { queryOf } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import type { Asked, Kind, Part } from './profiles';
import { balanceOf, type GatewayState, type Line, openCents, type Tenant } from './state';
import { readDay, refused, writtenAmount, writtenDay, writtenId } from './wire';

type Row = Record<string, unknown>;
type Question = Partial<Record<Asked, string>>;

const LINES: readonly Asked[] = ['from', 'to', 'since', 'property', 'reference', 'page', 'pageSize'];
const PEOPLE: readonly Asked[] = ['property', 'page', 'pageSize'];

/** Days in questions are always `yyyy-MM-dd`, whatever the bodies have. */
function questionOf({ setUp }: GatewayState, url: URL, allowed: readonly Asked[]): Question {
  const question: Question = {};
  for (const [name, value] of Object.entries(queryOf(url))) {
    const part = allowed.find((one) => setUp.query[one] === name);
    if (!part || typeof value !== 'string') throw refused(setUp, 400, `The parameter ${name} is not known here.`);
    question[part] = value;
    const isDay = part === 'from' || part === 'to' || part === 'since';
    if (isDay && !readDay('yyyy-MM-dd', value)) throw refused(setUp, 400, `${name} has to be a day as yyyy-MM-dd.`);
  }
  return question;
}

/** Lines of the kinds that the path has, oldest first. */
export function listLines(state: GatewayState, url: URL, kinds: readonly Kind[]): SandboxReply {
  const asked = questionOf(state, url, LINES);
  const from = asked.from ?? asked.since ?? '';
  const home = new Map(state.tenants.map((tenant) => [tenant.code, tenant]));
  const rows = state.lines.filter(
    (line) =>
      kinds.includes(line.kind) &&
      line.day >= from &&
      (asked.to === undefined || line.day <= asked.to) &&
      (asked.reference === undefined || line.reference === asked.reference) &&
      (asked.property === undefined || home.get(line.tenant)?.property === asked.property),
  );
  const sorted = rows.sort((a, b) => (a.day === b.day ? Number(a.id) - Number(b.id) : a.day < b.day ? -1 : 1));
  return page(state, url, asked, 'lines', sorted, (line) => shownLine(state, line, home.get(line.tenant)!));
}

function shownLine(state: GatewayState, line: Line, tenant: Tenant): Row {
  const { setUp } = state;
  const amount = (cents: number) => writtenAmount(setUp.amountFormat, cents);
  const values: Readonly<Record<Part, unknown>> = {
    type: line.kind,
    property: writtenId(setUp, tenant.property),
    unit: writtenId(setUp, tenant.unit),
    tenant: writtenId(setUp, tenant.code),
    lease: writtenId(setUp, tenant.lease),
    code: line.code === null ? null : writtenId(setUp, line.code),
    amount: amount(line.cents * setUp.signs[line.kind]),
    date: writtenDay(setUp.dateFormat, line.day),
    postMonth: line.postMonth,
    method: line.method,
    document: line.document,
    reference: line.reference,
    text: line.text,
  };
  const names = Object.entries(setUp.fields[line.kind]) as [Part, string][];
  const { id, status, balance, reverses } = setUp.fields.answer;
  return {
    [id]: writtenId(setUp, line.id),
    ...Object.fromEntries(names.map(([part, name]) => [name.replace(/\?$/, ''), values[part]])),
    [status]: line.status,
    ...(line.kind === 'charge' ? { [balance]: amount(openCents(state, line)) } : {}),
    [reverses]: line.reverses === null ? null : writtenId(setUp, line.reverses),
  };
}

export function listTenants(state: GatewayState, url: URL, nowMs: number): SandboxReply {
  const { setUp } = state;
  const asked = questionOf(state, url, PEOPLE);
  const rows = state.tenants.filter((one) => asked.property === undefined || one.property === asked.property);
  const day = (value: string | undefined) => (value === undefined ? null : writtenDay(setUp.dateFormat, value));
  const valuesOf = (one: Tenant): Row => ({
    code: writtenId(setUp, one.code),
    lease: writtenId(setUp, one.lease),
    property: writtenId(setUp, one.property),
    unit: writtenId(setUp, one.unit),
    first: one.firstName,
    last: one.lastName,
    email: one.email ?? null,
    phone: one.phone ?? null,
    status: statusOf(one, nowMs),
    rent: writtenAmount(setUp.amountFormat, one.rentCents),
    leaseFrom: day(one.leaseFrom),
    leaseTo: day(one.leaseTo),
    moveIn: day(one.moveIn),
    moveOut: day(one.moveOut),
    balance: writtenAmount(setUp.amountFormat, balanceOf(state, one.code)),
  });
  return page(state, url, asked, 'tenants', rows, (one) => named(setUp.fields.tenant, valuesOf(one)));
}

const named = (names: Readonly<Record<string, string>>, values: Row): Row =>
  Object.fromEntries(Object.entries(names).map(([part, name]) => [name, values[part]]));

/** As property systems word it: who is yet to come, who lives there, who has given notice, who has left. */
function statusOf(tenant: Tenant, nowMs: number): string {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if ((tenant.moveIn ?? tenant.leaseFrom) > today) return 'Future';
  if (tenant.moveOut === undefined) return 'Current';
  return tenant.moveOut < today ? 'Past' : 'Notice';
}

export function listUnits(state: GatewayState, url: URL, nowMs: number): SandboxReply {
  const { setUp } = state;
  const asked = questionOf(state, url, PEOPLE);
  const rows = state.units.filter((one) => asked.property === undefined || one.property === asked.property);
  return page(state, url, asked, 'units', rows, (one) => {
    const lived = state.tenants.some(
      (tenant) =>
        tenant.unit === one.code &&
        tenant.property === one.property &&
        ['Current', 'Notice'].includes(statusOf(tenant, nowMs)),
    );
    return named(setUp.fields.unit, {
      code: writtenId(setUp, one.code),
      property: writtenId(setUp, one.property),
      type: one.type ?? null,
      rent: one.marketRentCents === undefined ? null : writtenAmount(setUp.amountFormat, one.marketRentCents),
      status: lived ? 'occupied' : 'vacant',
    });
  });
}

function page<One>(
  { setUp }: GatewayState,
  url: URL,
  asked: Question,
  root: 'lines' | 'tenants' | 'units',
  rows: readonly One[],
  shown: (row: One) => Row,
): SandboxReply {
  const count = (part: 'page' | 'pageSize', usual: number, max: number): number => {
    const value = asked[part] ?? String(usual);
    if (!/^[1-9]\d{0,6}$/.test(value) || Number(value) > max)
      throw refused(setUp, 400, `${setUp.query[part]} has to be a whole number from 1 to ${max}.`);
    return Number(value);
  };
  const at = count('page', 1, 1_000_000);
  const { list } = setUp;
  const size = count('pageSize', list.size, list.maxSize);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const name = typeof list.root === 'string' ? list.root : list.root[root];
  const body: Row = { [name]: rows.slice((at - 1) * size, at * size).map(shown) };
  if (list.nextIs === 'pages') return jsonReply(200, { ...body, page: at, [list.next]: pages });
  if (list.nextIs === 'page') return jsonReply(200, { ...body, [list.next]: at < pages ? at + 1 : null });
  const next = new URL(url);
  next.searchParams.set(setUp.query.page ?? 'page', String(at + 1));
  return jsonReply(200, { ...body, [list.next]: at < pages ? `${next.pathname}${next.search}` : null });
}
