/** What one execution has at hand: the host, the connectors, who runs, and how much time is left. */
import type { Connector, Credentials } from '../connectors/connector';
import type { Run } from '../domain/run-book';
import type { Instant } from '../domain/values';
import type { ClientDeps } from '../http/client';
import { redact } from '../http/redact';
import type { Host } from '../ports';
import type { Person } from './person';
import type { Progress } from './progress';

export interface App {
  readonly host: Host;
  readonly connectors: readonly Connector[];
  /** Identity of this execution in the log. */
  readonly run: Run;
  /** The person who calls, where it is a person: set by the gateway, which has looked up the role. */
  readonly person?: Person;
  /** True while the execution has time for one more step, and nobody has asked it to stop. */
  readonly mayGoOn: () => boolean;
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
 * The owner's credentials of a platform; undefined when one is missing. Only the owner's executions can read them. `kept` is
 * all the owner's properties, where a job has read them at once.
 */
export function credentialsOf(
  app: App,
  connector: Connector,
  kept?: Readonly<Record<string, string>>,
): Credentials | undefined {
  const found: Record<string, string> = {};
  for (const field of connector.credentials) {
    const name = secretName(connector.id, field.name);
    const value = kept ? kept[name] : app.host.userStore.get(name);
    if (!value) return undefined;
    found[field.name] = value;
  }
  return found;
}

export function storeCredentials(app: App, platform: string, credentials: Credentials): void {
  for (const [name, value] of Object.entries(credentials)) app.host.userStore.set(secretName(platform, name), value);
}

export function forgetCredentials(app: App, connector: Connector): void {
  for (const field of connector.credentials) app.host.userStore.remove(secretName(connector.id, field.name));
}

const webhookName = (property: string) => `secret:slack-webhook:${property}`;

/** A property's Slack webhook, or the one for all. */
export const webhookOf = (app: App, property: string): string | undefined =>
  app.host.userStore.get(webhookName(property)) ?? app.host.userStore.get(webhookName('*'));
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

/** What the HTTP client needs of an execution. */
export const clientDeps = (app: App): ClientDeps => ({
  transport: app.host.transport,
  now: () => app.host.clock.now(),
  mayGoOn: app.mayGoOn,
  note: app.host.note,
});
