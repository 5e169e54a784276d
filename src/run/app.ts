/** What one execution has at hand: the host, the connectors, who runs, and how much time is left. */
import type { Account, Connector, Credentials } from '../connectors/connector';
import type { Run } from '../domain/run-book';
import type { Instant } from '../domain/values';
import type { ClientDeps } from '../http/client';
import { redact } from '../http/redact';
import type { Host } from '../ports';
import { bankAccount, bankSecrets, forgetBanks } from './banks';
import type { Person } from './person';
import type { Progress } from './progress';
import { ACCESS_TOKEN, forgetToken, foundAccount, isStale, renewed, tokenCredentials, tokenWorked } from './tokens';

export interface App {
  readonly host: Host;
  readonly connectors: readonly Connector[];
  /** Identity of this execution in the log. */
  readonly run: Run;
  /** The person who calls, where it is a person: set by the gateway, which has looked up the role. */
  readonly person?: Person;
  /** True while the execution has time for one more step, and nobody has asked it to stop. */
  readonly mayGoOn: () => boolean;
  /**
   * Where the page that a resident waits for leads back to: members of a LeaseOffer. They hold the secret of the resident's link, so
   * they join the effect as it leaves and are written nowhere.
   */
  readonly leadsBack?: { readonly successUrl: string; readonly cancelUrl: string };
  /** Where a job tells how far it is; left out where nobody looks. */
  readonly progress?: Progress;
}

/** By the vendor's own name; undefined for a name that a newer version wrote. */
export const connectorOf = (app: App, id: string): Connector | undefined =>
  app.connectors.find((each) => each.id === id);

/** The same run at the present moment: a long job must not judge with the time at which it began. */
export const runNow = (app: App): Run => ({ ...app.run, now: app.host.clock.now() as Instant });

const secretName = (platform: string, field: string) => `secret:${platform}:${field}`;

/**
 * The owner's credentials of a platform, with its access token where it has one and those of linked banks; undefined when
 * something is missing. Only the owner's executions can read them. `kept` is all the owner's properties, where a job has read
 * them at once.
 */
export function credentialsOf(
  app: App,
  connector: Connector,
  kept?: Readonly<Record<string, string>>,
): Credentials | undefined {
  const entered = enteredCredentials(app, connector, kept);
  const token = entered && tokenCredentials(app, connector, entered, kept);
  return token && { ...entered, ...token, ...scriptToken(app, connector), ...bankSecrets(app, connector, kept) };
}

/** The script's own access token, for a platform of Google's own. */
export const scriptToken = (app: App, connector: Connector): Credentials =>
  connector.ownToken ? { [ACCESS_TOKEN]: app.host.session.token() } : {};

/** What the owner has entered, the sign-in apart. */
export function enteredCredentials(
  app: App,
  connector: Connector,
  kept?: Readonly<Record<string, string>>,
): Credentials | undefined {
  const found: Record<string, string> = {};
  for (const field of connector.credentials) {
    const name = secretName(connector.id, field.name);
    const value = kept ? kept[name] : app.host.userStore.get(name);
    if (value) found[field.name] = value;
    else if (!field.optional) return undefined;
  }
  // Where every field is optional, one at least says that somebody has connected it.
  return connector.credentials.length > 0 && Object.keys(found).length === 0 ? undefined : found;
}

/** What is no secret of a connection: what the owner chose, and what sign-in found. */
export function accountOf(app: App, connector: Connector, kept?: Readonly<Record<string, string>>): Account {
  const entered = enteredCredentials(app, connector, kept) ?? {};
  const open = connector.credentials.filter((field) => field.secret === false);
  const chosen = open.flatMap(({ name }) => (entered[name] ? [[name, entered[name]] as const] : []));
  return {
    ...foundAccount(app, connector.id, kept),
    ...bankAccount(app, connector, kept),
    ...Object.fromEntries(chosen),
  };
}

export function storeCredentials(app: App, platform: string, credentials: Credentials): void {
  const named = Object.entries(credentials).map(([name, value]) => [secretName(platform, name), value] as const);
  app.host.userStore.setAll(Object.fromEntries(named));
}

export const forgetCredential = (app: App, platform: string, field: string): void =>
  app.host.userStore.remove(secretName(platform, field));

export function forgetCredentials(app: App, connector: Connector): void {
  for (const field of connector.credentials) app.host.userStore.remove(secretName(connector.id, field.name));
  forgetToken(app, connector.id);
  if (connector.banks) forgetBanks(app, connector.id);
}

const webhookName = (property: string) => `secret:slack-webhook:${property}`;

/** A property's Slack webhook, or the one for all; `own` are the owner's properties. */
export const webhookOf = (property: string, own: Readonly<Record<string, string>>): string | undefined =>
  own[webhookName(property)] ?? own[webhookName('*')];
export const storeWebhook = (app: App, property: string, url: string): void =>
  app.host.userStore.set(webhookName(property), url);

/** All stored webhooks; `*` is the one for all properties. */
export const storedWebhooks = (app: App): readonly { readonly property: string; readonly url: string }[] =>
  Object.entries(app.host.userStore.all())
    .filter(([name]) => name.startsWith(webhookName('')))
    .map(([name, url]) => ({ property: name.slice(webhookName('').length), url }));

export function forgetWebhooks(app: App): void {
  for (const { property } of storedWebhooks(app)) app.host.userStore.remove(webhookName(property));
}

/** An error as one safe sentence: no secret, no stack, bounded. */
export const errorText = (error: unknown): string =>
  redact(error instanceof Error ? error.message : String(error)).slice(0, 300);

/** What the HTTP client needs of an execution. `counted` gives the calls made today, by platform. */
export function clientDeps(app: App, counted?: (id: string) => number): ClientDeps {
  const known = (id: string) => connectorOf(app, id);
  const perDay = memo((id: string) => {
    const connector = known(id);
    return connector?.limits?.perDay?.(accountOf(app, connector));
  });
  return {
    transport: app.host.transport,
    now: () => app.host.clock.now(),
    mayGoOn: app.mayGoOn,
    note: app.host.note,
    isStale: (id, credentials) => isStale(known(id) ?? {}, credentials, app.host.clock.now()),
    renew: (stale) => {
      const wanted = stale.map(({ id, credentials }) => {
        const connector = known(id);
        if (!connector) throw new Error(`Rent Ledger bug: no connector ${id}`);
        return { connector, used: credentials };
      });
      return renewed(app, wanted);
    },
    tokenWorked: (id) => tokenWorked(app, id),
    callsLeft: (id) => {
      const limit = perDay(id);
      return limit === undefined ? undefined : limit - (counted?.(id) ?? 0);
    },
  };
}

function memo<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (!known.has(name)) known.set(name, make(name));
    return known.get(name) as T;
  };
}
