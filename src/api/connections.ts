/** The platforms of a ledger: keys go to the owner's properties, and a test call proves them before they replace older ones. */
import type { Connector, Credentials } from '../connectors/connector';
import { logLine } from '../domain/wishes';
import type { Fault } from '../http/types';
import { writeRow } from '../jobs/connection-row';
import { askSoon, forgetCursor, pauseFeed } from '../jobs/feed-memory';
import { type App, accountOf, connectorOf, credentialsOf, forgetCredentials, forgetWebhooks, runNow } from '../run/app';
import { sharedNow } from '../run/told';
import { loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { connectKeys, noPlatform, testCall, testPost } from './connect';
import type { Connection, ConnectionState } from './desk/connections';
import { BUSY, became, runIdOf } from './desk/once';
import { GMAIL, lookAt, platformsOf } from './desk/platforms';
import type { Refusal } from './desk/told';
import { anyWebhook, connectSlack, marksCleared, unknownProperty, webhookFrom } from './slack-webhooks';

// ---------------------------------------------------------------- what the screen shows

export const connections = (app: App): readonly Connection[] =>
  platformsOf(lookAt(app, loadBook(app.host), sharedNow(app)));

/** One platform after it was changed. */
function one(app: App, platform: string): Connection | Refusal {
  return connections(app).find((each) => each.id === platform) ?? { refused: noPlatform(platform) };
}

/** A request of the sidebar acts once: its id is the run of the lines it writes, and what it did already is not done again. */
function asked(app: App, request: string, platform: string, act: (app: App) => Connection | Refusal) {
  const acting: App = { ...app, run: { ...app.run, id: runIdOf(request) } };
  return became(app, { request }).state === 'done' ? one(app, platform) : act(acting);
}

/** A key from the sidebar; a Slack webhook may be that of one property. */
export const connectPlatform = (
  app: App,
  {
    request,
    platform,
    credentials,
  }: { readonly request: string; readonly platform: string; readonly credentials: Readonly<Record<string, string>> },
) => asked(app, request, platform, (acting) => connectNow(acting, platform, credentials));

function connectNow(app: App, platform: string, credentials: Readonly<Record<string, string>>): Connection | Refusal {
  if (platform === SLACK) return slackNow(app, credentials);
  const connected = connectKeys(app, platform, credentials);
  return 'reason' in connected ? { refused: connected.reason } : one(app, platform);
}

const SLACK = 'slack';

/** Slack's app is connected by its bot token; a webhook, which needs no app, by its address. Either is enough. */
function slackNow(app: App, credentials: Readonly<Record<string, string>>): Connection | Refusal {
  const { SLACK_WEBHOOK_URL: url = '', property = '', ...ofApp } = credentials;
  const hasToken = (ofApp.SLACK_BOT_TOKEN ?? '').trim() !== '';
  if (!hasToken && url.trim() === '') return { refused: 'Slack needs a bot token or an incoming webhook.' };
  if (hasToken) {
    const connected = connectKeys(app, SLACK, ofApp);
    if ('reason' in connected) return { refused: connected.reason };
  }
  return url.trim() === '' ? one(app, SLACK) : webhookNow(app, url, property.trim());
}

function webhookNow(app: App, url: string, property: string): Connection | Refusal {
  const connector = connectorOf(app, SLACK);
  const webhook = webhookFrom(url);
  if (!connector) return { refused: noPlatform(SLACK) };
  if ('reason' in webhook) return { refused: webhook.reason };
  const unknown = unknownProperty(app, property);
  if (unknown) return { refused: unknown };
  const tested = testPost(app, connector, { SLACK_WEBHOOK_URL: webhook.url });
  if ('fault' in tested) return { refused: tested.fault.message };
  const connected = connectSlack(app, { property, url: webhook.url });
  return connected.connected ? one(app, SLACK) : { refused: connected.reason };
}

// ---------------------------------------------------------------- test, pause, remove

const FAULT_STATES: Readonly<Partial<Record<Fault['fault'], ConnectionState>>> = {
  auth: 'needs sign-in',
  busy: 'busy',
};

/** Tries the keys that are stored: a read at Stripe, a post at Slack. */
export function testPlatform(app: App, { platform }: { readonly platform: string }): Connection | Refusal {
  if (platform === GMAIL)
    return { refused: 'Gmail has nothing to read. Send yourself a test message in Setup, under Messages.' };
  const connector = connectorOf(app, platform);
  const credentials = connector && credentialsOrWebhook(app, connector);
  if (!connector) return { refused: noPlatform(platform) };
  if (!credentials) return { refused: `${connector.title} is not connected.` };
  const tested = connector.test
    ? testCall(app, connector, credentials, accountOf(app, connector))
    : testPost(app, connector, credentials);
  const loaded = loadBook(app.host);
  const before = platformsOf(lookAt(app, loaded, sharedNow(app))).find((each) => each.id === platform)?.state;
  const failed = 'fault' in tested ? tested.fault : undefined;
  const state: ConnectionState =
    before === 'paused' ? 'paused' : failed ? (FAULT_STATES[failed.fault] ?? 'failing') : 'connected';
  const what = failed ? `${connector.title}: ${failed.message}` : `${connector.title}: works again`;
  const line = state === before ? undefined : logLine(runNow(app), 'connection', what);
  const written = writeRow(app, platform, { state, fault: failed?.message ?? '', success: !failed }, line);
  if (written === 'busy') return BUSY;
  // Good keys need not wait until the time has come to ask again.
  if (!failed && state === 'connected' && isRead(connector)) askSoon(app, platform);
  return one(app, platform);
}

/** It has a feed of payments, of what became of messages, or of what people change there. */
const isRead = ({ receipts, deliveries, mirror }: Connector): boolean =>
  [receipts, deliveries, mirror?.pull].some((each) => each !== undefined);

function credentialsOrWebhook(app: App, connector: Connector): Credentials | undefined {
  const entered = credentialsOf(app, connector);
  return connector.id !== SLACK || entered?.SLACK_BOT_TOKEN ? entered : anyWebhook(app);
}

/** A paused platform is neither read nor written to. What is wanted meanwhile waits, and nothing is missed. */
export const pausePlatform = (
  app: App,
  { request, platform, paused }: { readonly request: string; readonly platform: string; readonly paused: boolean },
) => asked(app, request, platform, (acting) => pauseNow(acting, platform, paused));

function pauseNow(app: App, platform: string, paused: boolean): Connection | Refusal {
  const before = connections(app).find((each) => each.id === platform);
  if (!before) return { refused: noPlatform(platform) };
  if (before.state === 'not connected') return { refused: `${before.title} is not connected.` };
  if ((before.state === 'paused') === paused) return before;
  const what = `${before.title} ${paused ? 'paused' : 'goes on'}`;
  // What waits is looked at soon after the pause is over.
  if (!paused) effectsComing(app);
  const written = writeRow(
    app,
    platform,
    { state: paused ? 'paused' : 'connected' },
    logLine(runNow(app), 'connection', what),
  );
  if (written === 'busy') return BUSY;
  const connector = connectorOf(app, platform);
  if (connector && isRead(connector)) pauseFeed(app, platform, paused);
  return one(app, platform);
}

/** Forgets keys and cursor. What was read stays in the Ledger, and what waits to leave waits on. */
export const removePlatform = (
  app: App,
  { request, platform }: { readonly request: string; readonly platform: string },
) => asked(app, request, platform, (acting) => removeNow(acting, platform));

function removeNow(app: App, platform: string): Connection | Refusal {
  if (platform === GMAIL)
    return { refused: 'Gmail cannot be removed: it is the account of the owner. Pause it, or switch reminders off.' };
  const removed = forget(app, platform);
  if (removed === 'busy') return BUSY;
  return removed ? one(app, platform) : { refused: noPlatform(platform) };
}

/** For the command line. */
export const disconnect = (app: App, { platform }: { platform: string }) => ({
  removed: forget(app, platform) === true,
});

function forget(app: App, platform: string): boolean | 'busy' {
  const connector = connectorOf(app, platform);
  if (!connector) return false;
  forgetCredentials(app, connector);
  forgetCursor(app, platform);
  const isSlack = platform === 'slack';
  if (isSlack) forgetWebhooks(app);
  return writeRow(
    app,
    platform,
    { state: 'not connected', account: '', fault: '', tells: '', anew: true },
    logLine(runNow(app), 'connection', `${connector.title} removed`),
    isSlack ? marksCleared : undefined,
  );
}
