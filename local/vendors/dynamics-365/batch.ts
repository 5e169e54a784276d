/** `$batch`: up to 1,000 requests in one, in their order; those of a change set happen all or not at all. */
import { nextNumber, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { preferencesOf, resolved } from './address';
import { badQuery, refused } from './errors';
import { NO_REFS, operate } from './operate';
import { type Desk, ORIGIN } from './state';

const MOST = 1000;

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
}

type Answer = SandboxReply & { readonly contentId?: string };

const boundaryOf = (type: string | undefined): string | undefined =>
  /^multipart\/mixed\s*;\s*boundary="?([^";]+)"?/i.exec(type ?? '')?.[1];

const malformed = (why: string) => refused(400, '0x80048d19', `The batch request is malformed: ${why}`);

function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value.trim()];
    }),
  );
}

/** Head and rest of what an empty line parts. */
function halves(text: string): { readonly lines: readonly string[]; readonly rest: string } {
  const at = text.indexOf('\r\n\r\n');
  const head = at < 0 ? text : text.slice(0, at);
  return { lines: head.split('\r\n').filter((line) => line !== ''), rest: at < 0 ? '' : text.slice(at + 4) };
}

function partsOf(body: string, boundary: string): Part[] {
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (pieces.length < 2 || !pieces.at(-1)!.startsWith('--')) throw malformed(`the end of ${boundary} is missing.`);
  return pieces.slice(1, -1).map((piece) => {
    const { lines, rest } = halves(piece.replace(/^\r\n/, ''));
    return { headers: headersOf(lines), content: rest };
  });
}

/** The request inside a part. */
function requestOf(part: Part, desk: Desk, refs: ReadonlyMap<string, string>): SandboxRequest {
  if (!/^application\/http\b/i.test(part.headers['content-type'] ?? ''))
    throw malformed(`a part has the content type '${part.headers['content-type'] ?? ''}'.`);
  if (part.headers['content-transfer-encoding']?.toLowerCase() !== 'binary')
    throw malformed("a part lacks the 'Content-Transfer-Encoding: binary' header.");
  const { lines, rest } = halves(part.content.replace(/^(\r\n)+/, ''));
  const [, method, address] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(lines[0] ?? '') ?? [];
  if (method === undefined || address === undefined) throw malformed(`'${lines[0] ?? ''}' is no request line.`);
  // Whatever the caller calls this environment: of an absolute address only its path counts.
  const { pathname, search } = new URL(resolved(address, refs), `${desk.root}/`);
  if (!pathname.startsWith('/api/data/v9.')) throw malformed(`'${address}' lies elsewhere.`);
  const url = new URL(`${ORIGIN}${pathname}${search}`);
  if (url.pathname.endsWith('/$batch')) throw malformed('a batch cannot hold another one.');
  return { method, url: url.href, headers: headersOf(lines.slice(1)), body: rest.trim() };
}

function answerTo(
  desk: Desk,
  part: Part,
  refs: ReadonlyMap<string, string>,
  methods?: readonly string[],
): SandboxReply {
  try {
    const request = requestOf(part, desk, refs);
    if (methods && !methods.includes(request.method))
      throw badQuery(
        `An invalid HTTP method '${request.method}' was detected for a request in a change set. Requests in change sets ` +
          `only support the HTTP methods 'POST', 'PUT', 'DELETE', and 'PATCH'.`,
      );
    return operate({ desk, request, url: new URL(request.url), refs });
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    throw error;
  }
}

const CHANGED = ['rows', 'deletions', 'version', 'serials'] as const;

/** All of a change set, or its first failure alone and everything as it was. */
function changeSet(desk: Desk, parts: readonly Part[]): readonly Answer[] {
  const { state } = desk;
  const before = structuredClone(Object.fromEntries(CHANGED.map((name) => [name, state[name]])));
  const refs = new Map<string, string>();
  const answers: Answer[] = [];
  for (const part of parts) {
    const contentId = part.headers['content-id'];
    const reply =
      contentId === undefined || refs.has(contentId)
        ? badQuery(contentId === undefined ? 'Content-ID header not present' : `Content-ID ${contentId} is used twice`)
            .reply
        : answerTo(desk, part, refs, ['POST', 'PUT', 'PATCH', 'DELETE']);
    const answer: Answer = contentId === undefined ? reply : { ...reply, contentId };
    if (reply.status >= 400) {
      Object.assign(state, before);
      return [answer];
    }
    answers.push(answer);
    if (contentId !== undefined) refs.set(contentId, reply.headers['odata-entityid'] ?? '');
  }
  return answers;
}

const WORDS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
};

const SPELT: Readonly<Record<string, string>> = {
  'content-type': 'Content-Type',
  'odata-version': 'OData-Version',
  'odata-entityid': 'OData-EntityId',
  'preference-applied': 'Preference-Applied',
  location: 'Location',
  etag: 'ETag',
};

function written(answer: Answer): string {
  const head = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  if (answer.contentId !== undefined) head.push(`Content-ID: ${answer.contentId}`);
  const status = `HTTP/1.1 ${answer.status} ${WORDS[answer.status] ?? ''}`.trim();
  const headers = Object.entries(answer.headers).map(([name, value]) => `${SPELT[name] ?? name}: ${value}`);
  return [...head, '', status, ...headers, '', answer.body].join('\r\n');
}

const joined = (boundary: string, parts: readonly string[]): string =>
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

function collected(body: string, boundary: string): { part: Part; set: readonly Part[] | undefined }[] {
  const items = partsOf(body, boundary).map((part) => {
    const inner = boundaryOf(part.headers['content-type']);
    return { part, set: inner === undefined ? undefined : partsOf(part.content, inner) };
  });
  const count = items.reduce((sum, item) => sum + (item.set?.length ?? 1), 0);
  if (count > MOST)
    throw badQuery(
      'The current batch message contains too many parts. Only batch messages with a maximum number of ' +
        `'${MOST}' query operations and changesets are allowed.`,
    );
  if (count === 0) throw malformed('it is empty.');
  return items;
}

export function batched(desk: Desk, request: SandboxRequest): SandboxReply {
  if (request.method !== 'POST')
    throw refused(405, '', `The requested resource does not support http method '${request.method}'.`);
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === undefined) throw refused(415, '', 'A batch has the content type multipart/mixed with a boundary.');
  const goesOn = preferencesOf(request.headers).has('odata.continue-on-error');
  const own = `batchresponse_${String(nextNumber(desk.state, 'batch')).padStart(8, '0')}-2241-4d45-8cc2-f97e09fe8916`;
  const parts: string[] = [];
  for (const { part, set } of collected(request.body, boundary)) {
    const answers = set === undefined ? [answerTo(desk, part, NO_REFS)] : changeSet(desk, set);
    const inner = own.replace('batchresponse', 'changesetresponse');
    parts.push(
      set === undefined
        ? written(answers[0]!)
        : `Content-Type: multipart/mixed; boundary=${inner}\r\n\r\n${joined(inner, answers.map(written))}`,
    );
    const failed = answers.find((each) => each.status >= 400);
    if (failed && !goesOn) return reply(failed.status, own, parts);
  }
  return reply(200, own, parts);
}

const reply = (status: number, boundary: string, parts: readonly string[]): SandboxReply => ({
  status,
  headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, 'odata-version': '4.0' },
  body: joined(boundary, parts),
});
