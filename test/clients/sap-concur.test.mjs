/**
 * SAP publishes no client of SAP Concur for Node, so plain `fetch` talks to our sandbox, with the multipart bodies that Node's own
 * FormData writes: what comes in is none of our own encoding.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { getDocumentProxy } from 'unpdf';
import {
  endConcurAccess,
  failConcurImaging,
  makeConcurRequestToken,
  moveConcurCompany,
  withholdConcurReceiptsV4,
} from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, clock, urls } = await serve('sap-concur');
const [client] = state.oauth.clients;
/** Where this vendor address is served. */
const here = (address) => address.replace(/^https:\/\/([^/]+)/, (_, host) => urls[host]);

let home = 'https://us2.api.concursolutions.com';
const token = async (fields) => {
  const body = new URLSearchParams({ client_id: client.id, client_secret: client.secret, ...fields });
  const reply = await fetch(here(`${home}/oauth2/v0/token`), { method: 'POST', body });
  return { status: reply.status, ...(await reply.json()) };
};
const owner = { grant_type: 'password', username: state.users[0].login, password: state.users[0].password };
let tokens = await token(owner);
const user = JSON.parse(Buffer.from(tokens.id_token.split('.')[1], 'base64url')).sub;

const call = (address, options = {}) =>
  fetch(here(address), {
    redirect: 'manual',
    ...options,
    headers: { authorization: `Bearer ${tokens.access_token}`, ...options.headers },
  });

/** A pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.4\n% Zoë Park, 1,450.00\n%%EOF\n');
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

function post(bytes, type, name, forwardId) {
  const body = new FormData();
  body.append('image', new Blob([bytes], { type }), name);
  if (forwardId) body.append('forwardId', forwardId);
  return call(`${home}/receipts/v4/users/${user}/image-only-receipts`, { method: 'POST', body });
}
const statusOf = async (reply) => {
  const [, address] = /<([^>]+)>; rel="processing-status"/.exec(reply.headers.get('link'));
  return (await call(address)).json();
};
const later = (seconds) => {
  clock.nowMs += seconds * 1000;
};

test('a PDF and a picture arrive byte by byte, and are done in a while', async () => {
  const sent = [await post(PDF, 'application/pdf', 'rent.pdf'), await post(PNG, 'image/png', 'rent.png')];
  assert.deepEqual(
    sent.map(({ status }) => status),
    [202, 202],
  );
  assert.deepEqual(
    state.receipts.map(({ file }) => file.digest),
    [digest(PDF), digest(PNG)],
  );
  assert.equal((await statusOf(sent[0])).status, 'ACCEPTED');
  later(20);
  for (const reply of sent) assert.equal((await statusOf(reply)).status, 'PROCESSED');
});

test('a receipt that is sent again under its name is known, and is found by it', async () => {
  const first = await post(PDF, 'application/pdf', 'rent.pdf', 'RL-8K2M4N7QPZ');
  const again = await post(PDF, 'application/pdf', 'rent.pdf', 'RL-8K2M4N7QPZ');
  assert.deepEqual([first.status, again.status, await again.text()], [202, 304, '']);
  const found = await call(`${home}/receipts/v4/status`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ forwardIds: ['RL-8K2M4N7QPZ', 'RL-none'] }),
  });
  const [known, unknown] = await found.json();
  assert.equal(known.receiptId, first.headers.get('location').split('/').at(-1));
  assert.equal(unknown.responseCode, 404);
});

test('a receipt that the imaging service does not manage fails, and says why', async () => {
  failConcurImaging(state);
  const reply = await post(PNG, 'image/png', 'rent.png');
  later(60);
  const { status, logs } = await statusOf(reply);
  assert.deepEqual([status, logs.at(-1).message], ['FAILED', 'Processing failed.']);
});

/** The receipt that the ledger makes, from its own source. */
async function madeReceipt() {
  const here = (path) => fileURLToPath(new URL(path, import.meta.url));
  const outfile = here('../../.cache/receipt-pdf.mjs');
  const entryPoints = [here('../../src/domain/receipt-pdf.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' });
  const { receiptPdf, wordsOf } = await import(outfile);
  const note = {
    receipt: 'stripe:pi_1',
    leaseId: 'L-104',
    property: 'Maple Court',
    unit: '4B',
    residents: 'Zoë Park, Łukasz “Lu” Nowak',
    address: '12 Maple Street',
    manager: '',
    currency: 'USD',
    amountCents: 145_000,
    reversedCents: 0,
    day: '2026-12-02',
    source: 'stripe',
    reference: 'pi_1',
    allocated: ['rent due 2026-12-01 1400.00', 'late fee due 2026-11-06 50.00'],
    balanceCents: 0,
  };
  return receiptPdf(note, wordsOf('settled'));
}

test('the ledger’s own PDF is read by Mozilla’s reader: one page, every word, amounts on the margin', async () => {
  const bytes = Buffer.from(await madeReceipt(), 'latin1');
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const page = await pdf.getPage(1);
  const items = (await page.getTextContent()).items.filter(({ str }) => str.trim() !== '');
  const texts = items.map(({ str }) => str);
  assert.deepEqual([pdf.numPages, page.view], [1, [0, 0, 612, 792]]);
  for (const text of ['Rent receipt', 'Zoë Park, Lukasz “Lu” Nowak', 'Maple Court, unit 4B', 'USD 1,450.00'])
    assert.ok(texts.includes(text), `${text} in ${texts.join(' | ')}`);
  const ends = items
    .filter(({ str }) => ['1400.00', '50.00', 'USD 0.00'].includes(str))
    .map(({ transform, width }) => Math.round(transform[4] + width));
  assert.deepEqual(ends, [556, 556, 556]);
  const sent = await post(bytes, 'application/pdf', 'rent.pdf');
  later(20);
  assert.equal((await statusOf(sent)).status, 'PROCESSED');
});

test('what is too large or of another kind is refused', async () => {
  const large = await post(Buffer.alloc(5 * 1024 * 1024 + 1, 0xff), 'image/jpeg', 'rent.jpg');
  const strange = await post(PDF, 'application/msword', 'rent.doc');
  assert.deepEqual([large.status, strange.status], [413, 415]);
});

test('an access token that has ended is an empty 403, and the refresh token gives the next', async () => {
  endConcurAccess(state, clock.nowMs);
  const refused = await post(PDF, 'application/pdf', 'rent.pdf');
  assert.deepEqual([refused.status, await refused.text()], [403, '']);
  later(24 * 3600);
  const next = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  tokens = next;
  assert.equal((await post(PDF, 'application/pdf', 'rent.pdf')).status, 202);
});

test('a company’s request token is a first token for all its people', async () => {
  const password = makeConcurRequestToken(state, clock.nowMs);
  const company = await token({
    grant_type: 'password',
    credtype: 'authtoken',
    username: state.company.id,
    password,
  });
  const body = new FormData();
  body.append('image', new Blob([PDF], { type: 'application/pdf' }), 'rent.pdf');
  const reply = await call(`${home}/receipts/v4/users/${state.users[1].id}/image-only-receipts`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${company.access_token}` },
  });
  assert.deepEqual([reply.status, company.id_token], [202, undefined]);
});

test('an account that has moved says where it lives now', async () => {
  moveConcurCompany(state, 'eu2');
  const told = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  assert.deepEqual([told.status, told.code], [400, 16]);
  home = told.geolocation;
  tokens = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  assert.equal(tokens.geolocation, 'https://eu2.api.concursolutions.com');
  assert.equal((await post(PDF, 'application/pdf', 'rent.pdf')).status, 202);
});

test('where v4 is not open, the older service keeps the picture and gives its address', async () => {
  withholdConcurReceiptsV4(state);
  const refused = await post(PNG, 'image/png', 'rent.png');
  assert.deepEqual([refused.status, await refused.text()], [403, '']);
  const at = `${home}/api/image/v1.0/receipt`;
  const made = await call(at, { method: 'POST', headers: { 'content-type': 'image/png' }, body: PNG });
  const [, id] = /<Id>([^<]+)<\/Id><Url \/>/.exec(await made.text());
  assert.deepEqual([made.status, state.images[0].file.digest], [201, digest(PNG)]);
  const told = await (await call(`${at}/${id}`)).text();
  assert.match(told, /<Url>https:\/\/eu2\.api\.concursolutions\.com\/[^<]+&amp;/);
  const strange = await call(at, { method: 'POST', headers: { 'content-type': 'image/gif' }, body: PNG });
  assert.match(await strange.text(), /^<Error><Message>/);
});
