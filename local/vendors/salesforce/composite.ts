/** Composite: up to 25 calls in one, later ones with what earlier ones gave, all or none where that is asked for. */
import { type Answer, type Call, membersOf, wants } from './call';
import { collections, takeBack } from './collections';
import { halted, notFound, refusal, SalesforceRefusal, unparsed } from './errors';
import { nextPage, runQuery } from './query';
import type { Given } from './records';
import { sobjects } from './sobjects';
import type { Desk } from './state';

const MOST_PARTS = 25;
/** Of the parts, queries and collections. */
const MOST_LARGE_PARTS = 5;

interface Part {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: Given;
}

/** What one part came to. */
interface Told {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

export function composite(desk: Desk, call: Call): Answer {
  wants(call, 'POST');
  const given = call.body();
  membersOf(given, { 'allOrNone?': 'boolean', 'collateSubrequests?': 'boolean', compositeRequest: 'list' });
  const parts = (given.compositeRequest as readonly unknown[]).map(partOf);
  checkParts(parts);
  return { status: 200, body: { compositeResponse: run(desk, parts, given.allOrNone === true) } };
}

function partOf(value: unknown): Part {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unparsed('Expected a subrequest');
  const given = value as Given;
  membersOf(given, {
    method: 'string',
    url: 'string',
    referenceId: 'string',
    'body?': 'object',
    'httpHeaders?': 'object',
  });
  return given as unknown as Part;
}

function checkParts(parts: readonly Part[]): void {
  if (parts.length === 0 || parts.length > MOST_PARTS)
    throw refusal(400, 'LIMIT_EXCEEDED', `Composite API request must have between 1 and ${MOST_PARTS} subrequests`);
  const names = new Set<string>();
  for (const { referenceId, url, method } of parts) {
    if (!/^[A-Za-z0-9]\w*$/.test(referenceId))
      throw unparsed(
        `Provided referenceId ('${referenceId}') must start with a letter or a number, and may hold only those and _.`,
      );
    if (names.has(referenceId)) throw unparsed(`Duplicate referenceId provided: ${referenceId}`);
    names.add(referenceId);
    if (!/^\/services\/data\/v\d+\.0\//.test(url))
      throw unparsed(`The url of a subrequest must begin with /services/data: ${url}`);
    if (!['GET', 'POST', 'PATCH', 'DELETE', 'PUT'].includes(method)) throw unparsed(`Unknown method: ${method}`);
  }
  const large = parts.filter(({ url }) => /^\/services\/data\/v\d+\.0\/(query|composite\/sobjects)/.test(url));
  if (large.length > MOST_LARGE_PARTS)
    throw refusal(
      400,
      'LIMIT_EXCEEDED',
      `A composite request can have at most ${MOST_LARGE_PARTS} query or collection subrequests`,
    );
}

function run(desk: Desk, parts: readonly Part[], isWhole: boolean): readonly Told[] {
  const mark = desk.journal.length;
  const told: Told[] = [];
  for (const part of parts) {
    const outcome = attempt(desk, part, told, isWhole);
    told.push(outcome);
    if (isWhole && hasFailed(outcome)) return allTakenBack(desk, parts, told, mark);
  }
  return told;
}

/** A collection fails with status 200: its outcomes say so. */
const hasFailed = ({ httpStatusCode, body }: Told): boolean =>
  httpStatusCode >= 300 ||
  (Array.isArray(body) && body.some((one) => (one as { success?: unknown }).success === false));

/** Only the part that failed says why. */
function allTakenBack(desk: Desk, parts: readonly Part[], told: readonly Told[], mark: number): readonly Told[] {
  takeBack(desk, mark);
  const failed = told[told.length - 1]!;
  return parts.map(({ referenceId }) => (referenceId === failed.referenceId ? failed : refused(halted(), referenceId)));
}

const refused = ({ errors, status }: SalesforceRefusal, referenceId: string): Told => ({
  body: errors,
  httpHeaders: {},
  httpStatusCode: status,
  referenceId,
});

function attempt(desk: Desk, part: Part, before: readonly Told[], isWhole: boolean): Told {
  const { referenceId } = part;
  try {
    const { status, body = null, headers = {} } = answer(desk, callOf(part, before), isWhole);
    return { body, httpHeaders: headers, httpStatusCode: status, referenceId };
  } catch (error) {
    if (error instanceof SalesforceRefusal) return refused(error, referenceId);
    throw error;
  }
}

function callOf(part: Part, before: readonly Told[]): Call {
  const url = new URL(filled(part.url, before) as string, 'https://part.example');
  const body = part.body === undefined ? undefined : (filled(part.body, before) as Given);
  return {
    method: part.method,
    path: url.pathname
      .split('/')
      .slice(4)
      .filter((step) => step !== '')
      .map(decodeURIComponent),
    url,
    headers: {},
    body: () => {
      if (!body) throw unparsed('The HTTP entity body is required, but this request has no entity body.');
      return body;
    },
  };
}

function answer(desk: Desk, call: Call, isWhole: boolean): Answer {
  const [noun, second] = call.path;
  if (noun === 'sobjects') return sobjects(desk, call);
  if (noun === 'composite' && second === 'sobjects') return collections(desk, call, isWhole);
  if (noun !== 'query' && noun !== 'queryAll') throw notFound();
  wants(call, 'GET');
  if (second !== undefined) return { status: 200, body: nextPage(desk, second, call.headers) };
  return { status: 200, body: runQuery(desk, call.url, call.headers, noun === 'queryAll') };
}

const REFERENCE = /@\{(\w+)\.([^}]+)\}/g;

/** Puts in what earlier parts gave: `@{refContact.id}`, `@{refTasks.records[0].Id}`. */
function filled(value: unknown, before: readonly Told[]): unknown {
  if (typeof value === 'string')
    return value.replace(REFERENCE, (_all, name: string, path: string) => lookedUp(name, path, before));
  if (Array.isArray(value)) return value.map((one) => filled(one, before));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, before)]));
}

function lookedUp(name: string, path: string, before: readonly Told[]): string {
  const earlier = before.find(({ referenceId }) => referenceId === name);
  let value: unknown = earlier && earlier.httpStatusCode < 300 ? earlier.body : undefined;
  for (const step of path.match(/[^.[\]]+/g) ?? [])
    value = (value as Record<string, unknown> | null | undefined)?.[step];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw halted(`Invalid reference specified. No value for ${name}.${path} found in ${name}`);
}
