/** Image v1, SAP Concur's older service: one picture is one call, kept at once, and every answer is XML. */
import { createHash } from 'node:crypto';
import { bearerOf } from '../kit/oauth';
import { mediaType, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { bytesOf, isEncrypted, isReadable, partsOf } from './files';
import { baseOf, type Place } from './places';
import { type ConcurState, type Image, newImageId, newUuid, stored } from './state';
import { accessIn } from './tokens';

const MAX_BYTES = 10 * 1024 * 1024;
const TYPES = ['application/pdf', 'image/jpg', 'image/jpeg', 'image/png'];
const URL_MS = 15 * 60_000;

const NAMESPACE = 'http://www.concursolutions.com/api/image/2011/02';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

const escaped = (value: string): string =>
  value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const xml = (status: number, body: string): SandboxReply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
});

const shown = (id: string, url?: string): string =>
  `<Image xmlns="${NAMESPACE}" xmlns:i="${INSTANCE}"><Id>${escaped(id)}</Id>${
    url === undefined ? '<Url />' : `<Url>${escaped(url)}</Url>`
  }</Image>`;

interface Call {
  readonly state: ConcurState;
  readonly request: SandboxRequest;
  readonly place: Place;
  readonly nowMs: number;
}

function refused({ state, nowMs }: Call, status: number, message: string): Refused {
  const time = new Date(nowMs).toISOString().slice(0, 19);
  const rest = `<Server-Time>${time}</Server-Time><Id>${newUuid(state, 'error')}</Id>`;
  return new Refused(xml(status, `<Error><Message>${escaped(message)}</Message>${rest}</Error>`));
}

/** `rest` is the path behind `/api/image/v1.0/`. */
export function handleImages(
  state: ConcurState,
  request: SandboxRequest,
  place: Place,
  rest: string,
  nowMs: number,
): SandboxReply {
  const call = { state, request, place, nowMs };
  const user = userOf(call);
  const [, id] = /^receipt(?:\/([^/]+))?$/.exec(rest) ?? [];
  if (request.method === 'POST' && rest === 'receipt') return take(call, user);
  if (request.method === 'GET' && id !== undefined) return show(call, user, decodeURIComponent(id));
  throw refused(call, 404, 'The requested resource does not exist.');
}

/** No header at all is another error than a token that is not good, and only people have receipts here. */
function userOf(call: Call): string {
  const { state, request, place, nowMs } = call;
  if (!request.headers.authorization) throw refused(call, 401, 'The Authorization header is missing.');
  const grant = place.centre === state.company.at ? accessIn(state, bearerOf(request), nowMs) : undefined;
  const may = grant?.principal.type === 'user' && grant.scope.split(' ').includes('IMAGE');
  if (!grant || !may) throw refused(call, 403, 'The Authorization header could not be validated.');
  return grant.principal.id;
}

function take(call: Call, user: string): SandboxReply {
  const { state, request, nowMs } = call;
  if (/chunked/i.test(request.headers['transfer-encoding'] ?? ''))
    throw refused(call, 400, 'Chunked transfer encoding is not supported.');
  const { type, name, bytes } = fileIn(call);
  if (!TYPES.includes(type)) throw refused(call, 400, `The content type ${type} is not supported.`);
  if (bytes === '') throw refused(call, 400, 'The request holds no image.');
  if (bytes.length > MAX_BYTES) throw refused(call, 400, 'The image is larger than 10 MB.');
  if (isEncrypted(bytes)) throw refused(call, 400, 'The PDF is encrypted or protected by a password.');
  if (!isReadable(bytes, type)) throw refused(call, 400, `The image is no ${type}.`);
  const image: Image = { id: newImageId(state), user, file: stored(name, type, bytes), receivedMs: nowMs };
  state.images.push(image);
  return xml(201, shown(image.id));
}

/** The bytes themselves are the body; the description also knows a form with one file. */
function fileIn(call: Call): { readonly type: string; readonly name: string | null; readonly bytes: string } {
  const { request } = call;
  const type = mediaType(request);
  if (type !== 'multipart/form-data') return { type, name: null, bytes: bytesOf(request) };
  const [part, ...more] = partsOf(request) ?? [];
  if (!part || more.length > 0 || part.name !== 'Image File' || part.fileName === null)
    throw refused(call, 400, 'The request holds no image.');
  return { type: part.type, name: part.fileName, bytes: part.bytes };
}

/** The address is good for a quarter of an hour, which its signature holds. */
function show(call: Call, user: string, id: string): SandboxReply {
  const { state, nowMs } = call;
  const image = state.images.find((one) => one.id === id && one.user === user);
  if (!image) throw refused(call, 404, 'No image was found.');
  const until = String(nowMs + URL_MS);
  const val = createHash('sha256').update(`${id} ${until}`).digest('hex').slice(0, 24);
  const query = new URLSearchParams({ cid: id, until, val });
  return xml(200, shown(id, `${baseOf(state.company.at)}/getImage?${query}`));
}
