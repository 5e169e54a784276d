/** Connecting a platform: keys and sign-ins are proved by a test call before they take the place of older ones. */
import type { Account, AccountSeen, Connector, Credentials, Flow } from '../connectors/connector';
import { localDay } from '../domain/calendar';
import { CALLBACK } from '../domain/effects';
import { tellsText } from '../domain/telling';
import { key } from '../domain/values';
import { runFlows } from '../http/client';
import type { Grant, TokenReply } from '../http/oauth';
import type { Fault } from '../http/types';
import { writeOrLeaveRow } from '../jobs/connection-row';
import { forgetCursor } from '../jobs/feed-memory';
import { type App, accountOf, clientDeps, connectorOf, runNow, scriptToken, storeCredentials } from '../run/app';
import { callCounter } from '../run/calls';
import { ACCESS_TOKEN, askToken, EXPIRES_AT, signsIn, storeAccount, storeToken } from '../run/tokens';
import { loadBook } from '../sheet/load';

export const noPlatform = (platform: string): string => `There is no platform "${platform}".`;

export type Connected = { readonly account: string } | { readonly reason: string };

/** For the menu and the command line. */
export function connect(
  app: App,
  { platform, credentials }: { platform: string; credentials: Readonly<Record<string, string>> },
) {
  const connected = connectKeys(app, platform, credentials);
  return 'account' in connected
    ? { connected: true, account: connected.account }
    : { connected: false, reason: connected.reason };
}

/** The new keys are tried before they take the place of the old ones: a mistyped key stops nothing that works. */
export function connectKeys(app: App, platform: string, given: Readonly<Record<string, string>>): Connected {
  const connector = connectorOf(app, platform);
  if (!connector) return { reason: noPlatform(platform) };
  const read = enteredFrom(connector, given);
  if (read.reason !== undefined) return { reason: read.reason };
  const isSignedInto = signsIn(connector, read.entered);
  if (isSignedInto && connector.oauth?.grant === 'code')
    return {
      reason: `${connector.title} is connected by signing in there: choose Connect on its card in the sidebar.`,
    };
  return prove(app, connector, read.entered, isSignedInto ? { kind: 'client' } : undefined);
}

/** What the owner entered, trimmed and complete, or what is missing. */
export function enteredFrom(
  connector: Connector,
  given: Readonly<Record<string, string>>,
): { readonly entered: Credentials; readonly reason?: never } | { readonly reason: string } {
  const entered: Record<string, string> = {};
  for (const { name, label, optional, choices } of connector.credentials) {
    const value = (given[name] ?? '').trim() || (choices?.[0] ?? '');
    if (choices && value !== '' && !choices.includes(value))
      return { reason: `${label} is "${value}", but must be one of: ${choices.join(', ')}.` };
    if (value !== '') entered[name] = value;
    else if (!optional) {
      const needed = connector.credentials.filter((field) => !field.optional).map((field) => field.label);
      return { reason: `${connector.title} needs ${needed.join(' and ')}.` };
    }
  }
  return { entered };
}

/** Asks for a token where one is needed, makes the test call, and only then keeps everything. */
export function prove(app: App, connector: Connector, entered: Credentials, grant: Grant | undefined): Connected {
  const token = grant && askToken(app, connector, entered, grant);
  if (token && 'fault' in token) return { reason: `${token.message}${consentAddress(connector, entered, token)}` };
  const account = firstAccount(connector, entered, grant, token);
  const credentials = { ...entered, ...(token ? tokenMembers(app, token) : {}), ...scriptToken(app, connector) };
  const tested = testCall(app, connector, credentials, account, AS_THEY_ARE);
  if ('fault' in tested) return { reason: tested.fault.message };
  return {
    account: keep(app, connector, entered, token, { ...tested.seen, found: { ...account, ...tested.seen.found } }),
  };
}

/** Of a sign-in without a page of its own: the address at which the owner consents, once. It holds no secret. */
function consentAddress(connector: Connector, entered: Credentials, { code }: Fault): string {
  return code === 'consent_required' && connector.oauth ? ` ${connector.oauth.authorize(entered, '', '')}` : '';
}

function firstAccount(
  connector: Connector,
  entered: Credentials,
  grant: Grant | undefined,
  token: TokenReply | undefined,
): Account {
  const open = connector.credentials.filter(({ name, secret }) => secret === false && entered[name] !== undefined);
  const returned = grant?.kind === 'code' ? connector.oauth?.found?.(grant.returned) : undefined;
  return { ...Object.fromEntries(open.map(({ name }) => [name, entered[name] ?? ''])), ...returned, ...token?.found };
}

const tokenMembers = (app: App, token: TokenReply): Credentials => ({
  [ACCESS_TOKEN]: token.access,
  [EXPIRES_AT]: String(app.host.clock.now() + token.expiresInSeconds * 1000),
});

/** The account as its row names it; where no sign-in does, with the end of its first key. */
/** Keys of one account are told apart by their last letters. */
export function accountText(
  { oauth, ownToken, credentials }: Connector,
  entered: Credentials,
  { name }: AccountSeen,
): string {
  if (oauth || ownToken) return name;
  const [first] = credentials.filter((field) => field.secret !== false).flatMap((field) => entered[field.name] ?? []);
  return first ? `${name} …${first.slice(-4)}` : name;
}

function keep(
  app: App,
  connector: Connector,
  entered: Credentials,
  token: TokenReply | undefined,
  seen: AccountSeen,
): string {
  const { id, title, books, mirror: picture } = connector;
  storeCredentials(app, id, entered);
  if (token) storeToken(app, id, token);
  storeAccount(app, id, seen.found ?? {});
  forgetCursor(app, id);
  const account = accountText(connector, entered, seen);
  const mirror = books ? { booksFrom: firstDay(app, id) } : {};
  const listens = connector.effects?.[CALLBACK] !== undefined && app.host.session.webAddress() !== '';
  const again = picture !== undefined;
  const tells = toldWords(app, connector);
  const change = { state: 'connected', account, fault: '', mode: seen.mode, listens, tells, again, ...mirror };
  writeOrLeaveRow(app, id, change, `${title} connected: ${account}`);
  return account;
}

/** What it is told of the ledger, as the Connections tab says it. */
export const toldWords = (app: App, connector: Connector): string =>
  tellsText(connector.tells ?? {}, connector.figuresEveryMinutes?.(accountOf(app, connector)));

/** Charges of today and later are mirrored; a reconnection goes on where the first one began. */
function firstDay(app: App, platform: string): string {
  const { connections, book } = loadBook(app.host);
  const before = connections.find((each) => each.platform === platform)?.cells[9];
  return before ? String(before) : localDay(runNow(app).now, book.settings.zone);
}

// ---------------------------------------------------------------- the test call

export type Tested = { readonly seen: AccountSeen } | { readonly fault: Pick<Fault, 'fault' | 'message'> };

/** New keys are tried with their own token: one that is refused must not be made good with that of the connection before. */
const AS_THEY_ARE = 'as they are';

/** Harmless reads, where the platform has some. */
export function testCall(
  app: App,
  connector: Connector,
  credentials: Credentials,
  account: Account,
  how?: typeof AS_THEY_ARE,
): Tested {
  const { test } = connector;
  if (!test) return { seen: { name: connector.title, mode: 'live' } };
  return called(app, connector, credentials, test(account), how);
}

/** A post that a person has asked for, to see whether it arrives. It is no effect of the ledger and is never repeated. */
export function testPost(app: App, connector: Connector, credentials: Credentials): Tested {
  const post = connector.effects?.post;
  const seen: AccountSeen = { name: connector.title, mode: 'live' };
  if (!post) return { seen };
  const payload = { text: 'Rent Ledger can post here: this is a test.' };
  const context = { key: key(`test:${app.run.id}`), payload, now: app.host.clock.now(), account: {}, attempt: 1 };
  return called(
    app,
    connector,
    credentials,
    (function* (): Flow<AccountSeen> {
      yield* post.run(context);
      return seen;
    })(),
  );
}

function called(
  app: App,
  connector: Connector,
  credentials: Credentials,
  flow: Flow<AccountSeen>,
  how?: typeof AS_THEY_ARE,
): Tested {
  const counter = callCounter(app);
  const deps = clientDeps(app, counter.of);
  const { renew: _, ...asTheyAre } = deps;
  const { results, calls } = runFlows([{ connector, credentials, flow }], how ? asTheyAre : deps);
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  const [result] = results;
  if (result && 'value' in result) return { seen: result.value };
  return { fault: result?.fault ?? { fault: 'down' as const, message: 'The test call did not come to an end.' } };
}
