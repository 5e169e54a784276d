/** Receipts v4 of SAP Concur: image-only receipts are taken in, worked on later, and asked after one by one or in bulk. */
import { bearerOf } from '../kit/oauth';
import { jsonBody, jsonReply, mediaType, Refused } from '../kit/reply';
import { listOf, object, text } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { isReadable, type Part, partsOf } from './files';
import { baseOf, type Place } from './places';
import { isStillTold, logsOf, statusOf } from './progress';
import { type ConcurState, type Grant, newReceiptId, type Receipt, stored } from './state';
import { accessIn } from './tokens';

const MEGABYTE = 1024 * 1024;
/** One page says 25 MB, the page of answers 5: the smaller holds here, so that nobody relies on the larger. */
const MAX_BYTES = 5 * MEGABYTE;
const MAX_FORWARD_ID = 40;
const MAX_AT_ONCE = 50;
const TYPES = ['image/png', 'image/jpg', 'image/jpeg', 'image/tiff', 'image/tif', 'image/gif', 'application/pdf'];
const FIELDS = ['image', 'clientData', 'forwardId'];

const said = (status: number, body = ''): Refused =>
  new Refused({ status, headers: body === '' ? {} : { 'content-type': 'text/plain' }, body });
const forbidden = () => said(403);
const notFound = () => said(404);
const unreadable = () => said(400, 'Request body could not be parsed');

interface Call {
  readonly state: ConcurState;
  readonly request: SandboxRequest;
  readonly grant: Grant;
  readonly nowMs: number;
}

const POST = ['receipts.writeonly', 'receipts.write'];
/** Whoever may post is given the address of the status, so each of them will do. */
const ANY = [...POST, 'receipts.read'];

const ROUTES: readonly {
  readonly method: string;
  readonly path: RegExp;
  readonly scopes: readonly string[];
  readonly act: (call: Call, id: string) => SandboxReply;
}[] = [
  { method: 'POST', path: /^users\/([^/]+)\/image-only-receipts$/, scopes: POST, act: take },
  { method: 'GET', path: /^status\/([^/]+)$/, scopes: ANY, act: tell },
  { method: 'POST', path: /^status()$/, scopes: ANY, act: tellMany },
];

/** Whatever is wrong with the token is one answer without a word: 403. */
export function handleReceipts(
  state: ConcurState,
  request: SandboxRequest,
  place: Place,
  path: string,
  nowMs: number,
): SandboxReply {
  const grant = place.centre === state.company.at ? accessIn(state, bearerOf(request), nowMs) : undefined;
  if (!grant) throw forbidden();
  const route = ROUTES.find((one) => one.method === request.method && one.path.test(path));
  if (!route) throw notFound();
  const has = grant.scope.split(' ');
  if (!route.scopes.some((scope) => has.includes(scope))) throw forbidden();
  return route.act({ state, request, grant, nowMs }, decodeURIComponent(route.path.exec(path)![1]!));
}

/** A user's token is good for that user only, a company's for all of its people. */
function checkUser({ state, grant: { principal } }: Call, user: string): void {
  if (principal.type === 'user') {
    if (principal.id !== user) throw said(401, 'User ID in the URL must match the ID in the sub claim of the JWT');
  } else if (!state.users.some((one) => one.id === user)) throw forbidden();
}

function take(call: Call, user: string): SandboxReply {
  const { state, request, grant, nowMs } = call;
  checkUser(call, user);
  const { image, forwardId } = formOf(request);
  if (state.receipts.some((one) => one.client === grant.client && forwardId !== null && one.forwardId === forwardId))
    return { status: 304, headers: {}, body: '' };
  if (image.bytes.length > MAX_BYTES) throw said(413);
  if (!TYPES.includes(image.type)) throw said(415, 'Invalid image type');
  const fails = state.imagingFailures > 0;
  if (fails) state.imagingFailures -= 1;
  const receipt: Receipt = {
    id: newReceiptId(state),
    user,
    client: grant.client,
    forwardId,
    file: stored(image.fileName, image.type, image.bytes),
    readable: isReadable(image.bytes, image.type),
    receivedMs: nowMs,
    fate: fails ? 'imaging fails' : 'fine',
  };
  state.receipts.push(receipt);
  const home = `${baseOf(state.company.at)}/receipts/v4`;
  // As SAP's example has it; its description reads the receipt at another path, so only the id in it is sure.
  const location = `${home}/images/${receipt.id}`;
  return {
    status: 202,
    headers: { location, link: `<${home}/status/${receipt.id}>; rel="processing-status"` },
    body: '',
  };
}

function formOf(request: SandboxRequest): { readonly image: Part; readonly forwardId: string | null } {
  const type = mediaType(request);
  if (type === 'application/x-www-form-urlencoded') throw unreadable();
  if (type !== 'multipart/form-data') throw said(415, 'Specified Content-Type is not supported');
  const parts = partsOf(request) ?? [];
  const names = parts.map((part) => part.name);
  const image = parts.find((part) => part.name === 'image');
  const isStrange = names.some((name, at) => !FIELDS.includes(name) || names.indexOf(name) !== at);
  if (!image || image.fileName === null || image.bytes === '' || isStrange) throw unreadable();
  const forward = parts.find((part) => part.name === 'forwardId');
  if (forward && (forward.fileName !== null || forward.bytes === '' || forward.bytes.length > MAX_FORWARD_ID))
    throw unreadable();
  return { image, forwardId: forward?.bytes ?? null };
}

/** Whether this token may see it; a user's token sees that user's own. */
const maySee = ({ grant: { principal } }: Call, receipt: Receipt): boolean =>
  principal.type === 'company' || receipt.user === principal.id;

function found(call: Call, id: string): Receipt {
  const receipt = call.state.receipts.find((one) => one.id === id);
  if (!receipt) throw notFound();
  if (!maySee(call, receipt)) throw forbidden();
  return receipt;
}

function tell(call: Call, id: string): SandboxReply {
  const receipt = found(call, id);
  if (!isStillTold(receipt, call.nowMs)) throw notFound();
  return jsonReply(200, { status: statusOf(receipt, call.nowMs), logs: logsOf(receipt, call.nowMs) });
}

const SOME_IDS = listOf(text({ min: 1 }), { min: 1, max: MAX_AT_ONCE });
const ASKED = object({ 'receiptIds?': SOME_IDS, 'forwardIds?': SOME_IDS });

/** Each id gets its own code: one that is not known does not spoil the others. */
function tellMany(call: Call): SandboxReply {
  const body = mediaType(call.request) === 'application/json' ? jsonBody(call.request) : undefined;
  if (ASKED(body, '')) throw unreadable();
  const asked = body as { readonly receiptIds?: readonly string[]; readonly forwardIds?: readonly string[] };
  if (Object.keys(asked).length !== 1) throw unreadable();
  const { state, grant } = call;
  const byId = asked.receiptIds?.map((id) =>
    toldOf(
      call,
      state.receipts.find((one) => one.id === id),
      id,
    ),
  );
  const byForward = asked.forwardIds?.map((id) =>
    toldOf(
      call,
      state.receipts.find((one) => one.client === grant.client && one.forwardId === id),
      undefined,
    ),
  );
  return jsonReply(200, byId ?? byForward);
}

function toldOf(call: Call, receipt: Receipt | undefined, asked: string | undefined): object {
  const receiptId = receipt?.id ?? asked;
  const named = receiptId === undefined ? {} : { receiptId };
  if (!receipt || !isStillTold(receipt, call.nowMs)) return { ...named, responseCode: 404 };
  if (!maySee(call, receipt)) return { ...named, responseCode: 403 };
  return {
    ...named,
    responseCode: 200,
    receiptStatus: { status: statusOf(receipt, call.nowMs), digitizationStatus: 'NO_PROCESSING_REQUIRED' },
    receiptEventLogs: `${baseOf(call.state.company.at)}/receipts/v4/status/${receipt.id}`,
  };
}
