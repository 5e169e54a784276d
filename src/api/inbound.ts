/** doPost: a webhook is a hint, never evidence. A good key and a known event only make the next poll come sooner. */

import { runFlows } from '../http/client';
import { parseJson } from '../http/json';
import { continueLater } from '../jobs/later';
import type { Posted } from '../ports';
import { type App, accountOf, clientDeps, connectorOf, credentialsOf, errorText } from '../run/app';

/** The one answer that everybody gets: it tells a stranger nothing. */
export const ANSWER = 'received';
const BODY_MAX = 256 * 1024;
const SOON_MS = 1000;
const KEY_NAME = 'secret:inbound-key';

/** The unguessable key of the webhook address, made once. */
export function inboundKey(app: App): string {
  const known = app.host.userStore.get(KEY_NAME);
  if (known) return known;
  const made = `${app.host.digest.uuid()}${app.host.digest.uuid()}`.replace(/-/g, '');
  app.host.userStore.set(KEY_NAME, made);
  return made;
}

/** Compares digests of equal length, every character: the time says nothing about how much was right. */
export function sameSecret(app: App, given: string, secret: string): boolean {
  const [a, b] = [app.host.digest.hmac(given, secret), app.host.digest.hmac(secret, secret)];
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % b.length);
  return difference === 0;
}

export function receive(app: App, posted: Posted): string {
  try {
    hint(app, posted);
  } catch (error) {
    app.host.note(`doPost: ${errorText(error)}`);
  }
  return ANSWER;
}

function hint(app: App, { parameters, body }: Posted): void {
  // A key that nobody has asked for yet opens nothing, and a stranger's post does not make one.
  const secret = app.host.userStore.get(KEY_NAME);
  if (!secret || !sameSecret(app, (parameters.key ?? '').slice(0, 200), secret) || body.length > BODY_MAX) return;
  const connector = connectorOf(app, parameters.platform ?? '');
  const credentials = connector && credentialsOf(app, connector);
  if (!connector?.receipts?.byHint || !credentials) return;
  const value = hintIn(body, parameters);
  const flow = value && connector.receipts.byHint(value, accountOf(app, connector));
  if (!flow) return;
  // The object is fetched again with our own key: what the post says of it is not looked at.
  const { results } = runFlows([{ connector, credentials, flow }], clientDeps(app));
  const [result] = results;
  // Fifty posts at once leave one run behind.
  if (result && 'value' in result && result.value.length > 0) continueLater(app, SOON_MS);
}

/** JSON, or a form, which Apps Script gives as parameters beside our own two. */
function hintIn(body: string, parameters: Posted['parameters']): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*[{[]/.test(body)) {
    const { key: _key, platform: _platform, ...rest } = parameters;
    return Object.keys(rest).length > 0 ? rest : undefined;
  }
  const value = parseJson(body, BODY_MAX) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
