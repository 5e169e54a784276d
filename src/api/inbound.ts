/** doPost: a webhook is a hint, never evidence. A good key and a known event only make the next poll come sooner. */

import type { Credentials } from '../connectors/connector';
import type { HintProof } from '../connectors/messages';
import { runFlows } from '../http/client';
import { parseJson } from '../http/json';
import { askSoon } from '../jobs/feed-memory';
import { continueLater } from '../jobs/later';
import type { Posted } from '../ports';
import { type App, accountOf, clientDeps, connectorOf, credentialsOf, errorText } from '../run/app';
import { knownInboundKey } from '../run/inbound-key';

/** The one answer that everybody gets: it tells a stranger nothing. */
export const ANSWER = 'received';
const BODY_MAX = 256 * 1024;
const SOON_MS = 1000;

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
  const secret = knownInboundKey(app);
  if (!secret || !sameSecret(app, (parameters.key ?? '').slice(0, 200), secret) || body.length > BODY_MAX) return;
  const connector = connectorOf(app, parameters.platform ?? '');
  const credentials = connector && credentialsOf(app, connector);
  const value = hintIn(body, parameters);
  if (!connector || !credentials || !value) return;
  if (connector.deliveries?.byHint?.(value, proofFor(app, credentials))) {
    lookSoon(app, connector.id);
    return;
  }
  const flow = connector.receipts?.byHint?.(value, accountOf(app, connector));
  if (!flow) return;
  // The object is fetched again with our own key: what the post says of it is not looked at.
  const { results } = runFlows([{ connector, credentials, flow }], clientDeps(app));
  const [result] = results;
  if (!result) return;
  // A web page has no lock to renew a token under: the run that comes soon has.
  const isSoon = 'value' in result ? result.value.length > 0 : result.fault.fault === 'busy';
  if (isSoon) lookSoon(app, connector.id);
}

/** Fifty posts at once leave one run behind; a feed that rests between polls is asked all the same. */
function lookSoon(app: App, platform: string): void {
  askSoon(app, platform);
  continueLater(app, SOON_MS);
}

/** For vendors that sign in the body: the secret itself stays here. */
const proofFor = (app: App, credentials: Credentials): HintProof => ({
  now: app.host.clock.now(),
  hmac(text, name) {
    const secret = credentials[name];
    return secret ? app.host.digest.hmac(text, secret) : undefined;
  },
});

/** JSON, or a form, which Apps Script gives as parameters beside our own two. */
function hintIn(body: string, parameters: Posted['parameters']): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*[{[]/.test(body)) {
    const { key: _key, platform: _platform, ...rest } = parameters;
    return Object.keys(rest).length > 0 ? rest : undefined;
  }
  const value = parseJson(body, BODY_MAX) as unknown;
  // CloudEvents come as a list.
  if (Array.isArray(value)) return { events: value };
  if (typeof value !== 'object' || value === null) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
