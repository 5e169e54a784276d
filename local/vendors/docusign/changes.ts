/** The list of envelopes by what became of them in a period, by their ids, or by the numbers that their makers gave them. */
import { badParameter } from './errors';
import { countEnvelopeCall, notePoll } from './polls';
import { countIn, queryIn, wordsIn } from './rules';
import { shownEnvelope } from './shapes';
import { DAY_MS, type Desk, type Envelope, stamp } from './state';

type Json = Record<string, unknown>;
type Query = Readonly<Record<string, string | undefined>>;

const NAMES = [
  ...['from_date', 'to_date', 'from_to_status', 'status', 'envelope_ids', 'transaction_ids', 'custom_field'],
  ...['include', 'order', 'order_by', 'count', 'start_position'],
];
const MAX_LIST = 1000;
const TRANSACTION_DAYS = 7;

/** Which moment of an envelope must lie in the period. */
const MOMENTS: Readonly<Record<string, (envelope: Envelope) => number | null>> = {
  changed: (one) => one.changedMs,
  created: (one) => one.createdMs,
  sent: (one) => one.sentMs,
  completed: (one) => one.completedMs,
  voided: (one) => one.voidedMs,
  // For these DocuSign looks at the last change, whichever it was.
  delivered: (one) => one.changedMs,
  signed: (one) => one.changedMs,
  declined: (one) => one.changedMs,
  deleted: (one) => one.changedMs,
  processing: (one) => one.changedMs,
};

const ORDERS: Readonly<Record<string, (envelope: Envelope) => number>> = {
  last_modified: (one) => one.modifiedMs,
  status_changed: (one) => one.changedMs,
  created: (one) => one.createdMs,
  sent: (one) => one.sentMs ?? 0,
};

export function listEnvelopes(desk: Desk, url: URL): Json {
  const query = queryIn(url, NAMES);
  if (query.from_date === undefined && query.envelope_ids === undefined && query.transaction_ids === undefined)
    throw badParameter(
      "Query parameter 'from_date' must be set to a valid DateTime, or 'envelope_ids' or 'transaction_ids' must be specified.",
    );
  const ids = wordsIn(query.envelope_ids);
  const transactions = wordsIn(query.transaction_ids);
  const found = desk.state.envelopes.filter(
    (one) =>
      one.account === desk.account.id &&
      (query.envelope_ids === undefined || ids.includes(one.envelopeId)) &&
      (query.transaction_ids === undefined || isNumbered(one, transactions, desk.nowMs)) &&
      isInPeriod(one, query, desk.nowMs) &&
      hasStatus(one, query) &&
      hasField(one, query),
  );
  // Asking for envelopes by their ids is looking at each of them.
  for (const { envelopeId } of query.envelope_ids === undefined ? [] : found) {
    countEnvelopeCall(desk, 'GET', envelopeId);
    notePoll(desk, envelopeId);
  }
  return { ...paged(sorted(found, query), query, url), ...numbered(found, transactions), ...lookedAt(desk) };
}

const lookedAt = ({ nowMs }: Desk): Json => ({ lastQueriedDateTime: stamp(nowMs) });

/** Numbers are kept seven days. */
const isNumbered = (one: Envelope, transactions: readonly string[], nowMs: number): boolean =>
  one.transactionId !== null &&
  transactions.includes(one.transactionId) &&
  nowMs - one.createdMs <= TRANSACTION_DAYS * DAY_MS;

const numbered = (found: readonly Envelope[], transactions: readonly string[]): Json =>
  transactions.length === 0
    ? {}
    : {
        envelopeTransactionStatuses: found.map(({ envelopeId, transactionId, status }) => ({
          envelopeId,
          transactionId,
          status,
        })),
      };

/** A moment in a query; one without a zone is of the server's. */
function momentIn(query: Query, name: string): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(value) && value.includes('T');
  const ms = Date.parse(hasZone ? value : `${value.includes('T') ? value : `${value}T00:00:00`}-08:00`);
  if (Number.isNaN(ms)) throw badParameter(`Query parameter '${name}' must be set to a valid DateTime.`);
  return ms;
}

function isInPeriod(one: Envelope, query: Query, nowMs: number): boolean {
  const from = momentIn(query, 'from_date');
  if (from === undefined) return true;
  const qualifier = (query.from_to_status ?? 'changed').toLowerCase();
  const moment = Object.hasOwn(MOMENTS, qualifier) ? MOMENTS[qualifier] : undefined;
  if (!moment) throw badParameter(`Query parameter 'from_to_status' has no value '${qualifier}'.`);
  const at = moment(one);
  return at !== null && at >= from && at <= (momentIn(query, 'to_date') ?? nowMs);
}

function hasStatus({ status }: Envelope, query: Query): boolean {
  const wanted = wordsIn(query.status?.toLowerCase());
  return wanted.length === 0 || wanted.includes('any') || wanted.includes(status);
}

function hasField({ customFields }: Envelope, { custom_field: wanted }: Query): boolean {
  if (wanted === undefined) return true;
  const [name = '', ...rest] = wanted.split('=');
  return customFields.some((field) => field.name === name && field.value === rest.join('='));
}

function sorted(found: readonly Envelope[], { order, order_by: by = 'last_modified' }: Query): Envelope[] {
  const moment = Object.hasOwn(ORDERS, by) ? ORDERS[by] : undefined;
  if (!moment) throw badParameter(`Query parameter 'order_by' has no value '${by}'.`);
  const sign = order === 'asc' ? 1 : -1;
  return [...found].sort((a, b) => sign * (moment(a) - moment(b)) || (a.envelopeId < b.envelopeId ? -1 : 1));
}

function paged(found: readonly Envelope[], query: Query, url: URL): Json {
  const start = countIn(query.start_position, 'start_position', 0, Number.MAX_SAFE_INTEGER);
  const count = countIn(query.count, 'count', MAX_LIST, MAX_LIST);
  const page = found.slice(start, start + count);
  const end = start + page.length;
  const at = (position: number): string => {
    const search = new URLSearchParams(url.search);
    search.set('start_position', String(position));
    search.set('count', String(count));
    return `/envelopes?${search}`;
  };
  return {
    envelopes: page.map((one) => shownEnvelope(one, wordsIn(query.include))),
    resultSetSize: String(page.length),
    totalSetSize: String(found.length),
    startPosition: String(start),
    endPosition: String(Math.max(start, end - 1)),
    ...(end < found.length && page.length > 0 ? { nextUri: at(end) } : {}),
    ...(start > 0 ? { previousUri: at(Math.max(0, start - count)) } : {}),
  };
}
