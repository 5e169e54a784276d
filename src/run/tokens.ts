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

/** The token as members of the credentials; undefined where the platform needs one and the owner has not signed in. */
export function tokenCredentials(app: App, connector: Connector, kept?: Kept): Credentials | undefined {
  if (!connector.oauth) return {};
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
  if (!connector.oauth) return false;
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
    sign: (request) => request,
    fault: (reply) => oauth.fault(reply),
  };
}

function* tokenFlow(oauth: OAuth, credentials: Credentials, grant: Grant): Flow<TokenReply> {
  const [reply] = yield [oauth.request(credentials, grant)];
  if (!reply) throw new Error('Rent Ledger bug: no reply');
  return oauth.read(reply);
}

/** Asks for a token with a grant. */
export function askToken(app: App, connector: Connector, credentials: Credentials, grant: Grant): TokenReply | Fault {
  const { oauth } = connector;
  if (!oauth) throw new Error(`Rent Ledger bug: ${connector.id} has no sign-in`);
  const { results } = runFlows<TokenReply>(
    [
      {
        connector: tokenWire(connector),
        credentials,
        flow: tokenFlow(oauth, credentials, grant),
      },
    ],
    {
      transport: app.host.transport,
      now: () => app.host.clock.now(),
      mayGoOn: app.mayGoOn,
      note: app.host.note,
    },
  );
  const [result] = results;
  if (result && 'value' in result) return result.value;
  return result?.fault ?? fault('down', 'The sign-in service did not answer.');
}

/**
 * A fresh token in place of the one in `used`. Another run may have renewed it while this one waited for the lock: then that
 * one is taken, for a vendor with rotating tokens takes each refresh token once.
 */
export function renewed(app: App, connector: Connector, used: Credentials): Credentials | Fault {
  const fresh = withLock(app, (): Credentials | Fault => {
    const stored = storedIn(app.host.userStore.get(tokenName(connector.id)));
    const isOther = stored !== undefined && stored.access !== used[ACCESS_TOKEN];
    if (stored && isOther && stored.expiresAt - AHEAD_MS > app.host.clock.now()) return joined(used, stored);
    const reply = askAgain(app, connector, used, stored);
    if ('fault' in reply) return reply;
    storeToken(app, connector.id, reply, stored);
    const now = storedIn(app.host.userStore.get(tokenName(connector.id)));
    return now ? joined(used, now) : fault('down', 'The new token could not be kept.');
  });
  return fresh === 'busy' ? fault('busy', 'Another run is renewing the sign-in.') : fresh;
}

const joined = (used: Credentials, stored: Stored): Credentials => ({
  ...used,
  [ACCESS_TOKEN]: stored.access,
  [EXPIRES_AT]: String(stored.expiresAt),
});

function askAgain(app: App, connector: Connector, used: Credentials, stored: Stored | undefined): TokenReply | Fault {
  if (connector.oauth?.grant === 'client') return askToken(app, connector, used, { kind: 'client' });
  if (!stored?.refresh) return fault('auth', `The sign-in at ${connector.title} has ended. Sign in again.`);
  const redirect = app.host.session.webAddress();
  const reply = askToken(app, connector, used, { kind: 'refresh', refresh: stored.refresh, redirect });
  // The reply that brought the last one may have been lost on the vendor's side: the one before may still be good.
  const isRefused = 'fault' in reply && reply.fault === 'auth' && stored.before !== undefined;
  if (!isRefused) return reply;
  return askToken(app, connector, used, { kind: 'refresh', refresh: stored.before ?? '', redirect });
}

/** The new token has worked: the one before is forgotten. */
export function tokenWorked(app: App, id: string): void {
  const stored = storedIn(app.host.userStore.get(tokenName(id)));
  if (!stored?.before) return;
  const { before: _, ...rest } = stored;
  app.host.userStore.set(tokenName(id), JSON.stringify(rest));
}
