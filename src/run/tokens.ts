/** Access tokens in the owner's properties: renewed under the lock, saved before use, the old one kept until the new one works. */
import type { Account, Connector, Credentials, Flow } from '../connectors/connector';
import { runFlows, type Wire } from '../http/client';
import { fault } from '../http/faults';
import type { Grant, OAuth, TokenReply } from '../http/oauth';
import type { Fault } from '../http/types';
import type { App } from './app';
import { withLock } from './lock';

/** Names under which a token joins the credentials of a request. */
export const ACCESS_TOKEN = 'ACCESS_TOKEN';
export const EXPIRES_AT = 'EXPIRES_AT';

interface Stored {
  readonly access: string;
  readonly refresh?: string;
  readonly expiresAt: number;
  /** The refresh token before this one, until this one's access token has worked. */
  readonly before?: string;
}

type Kept = Readonly<Record<string, string>>;

const tokenName = (id: string): string => `secret:token:${id}`;
const accountName = (id: string): string => `account:${id}`;
/** Renewed this long before the end, so that a token does not die in the middle of a wave. */
const AHEAD_MS = 90_000;

function storedIn(text: string | undefined): Stored | undefined {
  try {
    const value = JSON.parse(text ?? '') as Stored;
    return typeof value.access === 'string' && typeof value.expiresAt === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

const read = (app: App, name: string, kept?: Kept): string | undefined =>
  kept ? kept[name] : app.host.userStore.get(name);

/** False where a token that the owner has entered stands in the place of a sign-in. */
export const signsIn = ({ oauth }: Pick<Connector, 'oauth'>, entered: Credentials): boolean =>
  oauth !== undefined && !(oauth.instead && entered[oauth.instead]);

/** The token as members of the credentials; undefined where the platform needs one and the owner has not signed in. */
export function tokenCredentials(
  app: App,
  connector: Connector,
  entered: Credentials,
  kept?: Kept,
): Credentials | undefined {
  if (!connector.oauth || !signsIn(connector, entered)) return {};
  const stored = storedIn(read(app, tokenName(connector.id), kept));
  if (!stored) return connector.oauth.grant === 'client' ? {} : undefined;
  return { [ACCESS_TOKEN]: stored.access, [EXPIRES_AT]: String(stored.expiresAt) };
}

/** What sign-in found of the account. */
export function foundAccount(app: App, id: string, kept?: Kept): Account {
  try {
    return JSON.parse(read(app, accountName(id), kept) ?? '{}') as Account;
  } catch {
    return {};
  }
}

export const storeAccount = (app: App, id: string, account: Account): void =>
  app.host.userStore.set(accountName(id), JSON.stringify(account));

export function storeToken(app: App, id: string, reply: TokenReply, before?: Stored): void {
  const refresh = reply.refresh ?? before?.refresh;
  const stored: Stored = {
    access: reply.access,
    expiresAt: app.host.clock.now() + reply.expiresInSeconds * 1000,
    ...(refresh ? { refresh } : {}),
    ...(before?.refresh && before.refresh !== refresh ? { before: before.refresh } : {}),
  };
  app.host.userStore.set(tokenName(id), JSON.stringify(stored));
}

export function forgetToken(app: App, id: string): void {
  app.host.userStore.remove(tokenName(id));
  app.host.userStore.remove(accountName(id));
}

/** True where the access token is missing or about to end. */
export function isStale(connector: Pick<Connector, 'oauth'>, credentials: Credentials, now: number): boolean {
  if (!signsIn(connector, credentials)) return false;
  const until = Number(credentials[EXPIRES_AT] ?? 0);
  return credentials[ACCESS_TOKEN] === undefined || until - AHEAD_MS <= now;
}

/** The wire on which tokens are asked for: no bearer, and the sign-in service's own errors. */
export function tokenWire(connector: Connector): Wire {
  const { oauth } = connector;
  if (!oauth) throw new Error(`Rent Ledger bug: ${connector.id} has no sign-in`);
  return {
    id: connector.id,
    hosts: connector.hosts,
    ...(connector.ownHosts ? { ownHosts: connector.ownHosts } : {}),
    sign: (request) => request,
    fault: (reply) => oauth.fault(reply),
  };
}

function* tokenFlow(app: App, oauth: OAuth, credentials: Credentials, grant: Grant): Flow<TokenReply> {
  const { clock, digest } = app.host;
  const tools = { now: clock.now(), rs256: (text: string, pem: string) => digest.rs256(text, pem) };
  const [reply] = yield [oauth.request(credentials, grant, tools)];
  if (!reply) throw new Error('Rent Ledger bug: no reply');
  return oauth.read(reply);
}

interface Asking {
  readonly connector: Connector;
  readonly credentials: Credentials;
  readonly grant: Grant;
}

/** Asks for tokens with their grants, all in one wave: a sign-in that has to be renewed does not wait for the others. */
function askTokens(app: App, asks: readonly Asking[]): readonly (TokenReply | Fault)[] {
  const jobs = asks.map(({ connector, credentials, grant }) => {
    const { oauth } = connector;
    if (!oauth) throw new Error(`Rent Ledger bug: ${connector.id} has no sign-in`);
    return { connector: tokenWire(connector), credentials, flow: tokenFlow(app, oauth, credentials, grant) };
  });
  const { results } = runFlows<TokenReply>(jobs, {
    transport: app.host.transport,
    now: () => app.host.clock.now(),
    mayGoOn: app.mayGoOn,
    note: app.host.note,
  });
  return results.map((result) => ('value' in result ? result.value : result.fault));
}

/** Asks for a token with a grant. */
export function askToken(app: App, connector: Connector, credentials: Credentials, grant: Grant): TokenReply | Fault {
  const [reply] = askTokens(app, [{ connector, credentials, grant }]);
  return reply ?? fault('down', 'The sign-in service did not answer.');
}

export interface Renewal {
  readonly connector: Connector;
  /** The credentials with the token that is to be replaced. */
  readonly used: Credentials;
}

/**
 * Fresh tokens in place of those in `used`, in the same order. Another run may have renewed one while this one waited for the
 * lock: then that one is taken, for a vendor with rotating tokens takes each refresh token once.
 */
export function renewed(app: App, wanted: readonly Renewal[]): readonly (Credentials | Fault)[] {
  const fresh = withLock(app, () => {
    const held = wanted.map(
      (one): Held => ({ ...one, stored: storedIn(app.host.userStore.get(tokenName(one.connector.id))) }),
    );
    const old = held.filter((one) => !isRenewed(app, one));
    const replies = new Map(askAgain(app, old).map((reply, at) => [old[at], reply]));
    return held.map((one) => keptAnew(app, one, replies.get(one)));
  });
  return fresh === 'busy' ? wanted.map(() => fault('busy', 'Another run is renewing the sign-in.')) : fresh;
}

interface Held extends Renewal {
  readonly stored: Stored | undefined;
}

const isRenewed = (app: App, { used, stored }: Held): boolean =>
  stored !== undefined && stored.access !== used[ACCESS_TOKEN] && stored.expiresAt - AHEAD_MS > app.host.clock.now();

/** What was asked for is saved before it is used; nothing was asked for where another run has renewed the token. */
function keptAnew(app: App, { connector, used, stored }: Held, reply?: TokenReply | Fault): Credentials | Fault {
  if (reply && 'fault' in reply) return reply;
  if (reply) storeToken(app, connector.id, reply, stored);
  const now = reply ? storedIn(app.host.userStore.get(tokenName(connector.id))) : stored;
  return now ? joined(used, now) : fault('down', 'The new token could not be kept.');
}

const joined = (used: Credentials, stored: Stored): Credentials => ({
  ...used,
  [ACCESS_TOKEN]: stored.access,
  [EXPIRES_AT]: String(stored.expiresAt),
});

/** One reply for each, in order. */
function askAgain(app: App, old: readonly Held[]): readonly (TokenReply | Fault)[] {
  const redirect = app.host.session.webAddress();
  const asking = ({ connector, used }: Held, refresh?: string): Asking => ({
    connector,
    credentials: used,
    grant:
      refresh === undefined || connector.oauth?.grant === 'client'
        ? { kind: 'client', ...(refresh === undefined ? {} : { refresh }) }
        : { kind: 'refresh', refresh, redirect },
  });
  const may = old.filter(({ connector, stored }) => connector.oauth?.grant === 'client' || stored?.refresh);
  const first = askTokens(
    app,
    may.map((one) => asking(one, one.stored?.refresh)),
  );
  const replies = new Map(may.map((one, at) => [one, first[at]]));
  // The reply that brought the last one may have been lost on the vendor's side: the one before may still be good.
  const again = may.filter((one) => isRefused(replies.get(one)) && one.stored?.before !== undefined);
  const second = askTokens(
    app,
    again.map((one) => asking(one, one.stored?.before)),
  );
  again.forEach((one, at) => {
    replies.set(one, second[at]);
  });
  return old.map(
    (one) => replies.get(one) ?? fault('auth', `The sign-in at ${one.connector.title} has ended. Sign in again.`),
  );
}

const isRefused = (reply: TokenReply | Fault | undefined): boolean =>
  reply !== undefined && 'fault' in reply && reply.fault === 'auth';

/** The new token has worked: the one before is forgotten. */
export function tokenWorked(app: App, id: string): void {
  const stored = storedIn(app.host.userStore.get(tokenName(id)));
  if (!stored?.before) return;
  const { before: _, ...rest } = stored;
  app.host.userStore.set(tokenName(id), JSON.stringify(rest));
}
