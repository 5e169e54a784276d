/** The platforms of a ledger: keys go to the owner's properties, and a test call proves them before they replace older ones. */
import type { Connector, Credentials, Flow } from '../connectors/connector';
import type { LogLine } from '../domain/book';
import { key } from '../domain/values';
import { logLine } from '../domain/wishes';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import { askSoon, forgetCursor, pauseFeed } from '../jobs/feed-memory';
import type { Cell } from '../ports';
import {
  type App,
  clientDeps,
  connectorOf,
  credentialsOf,
  forgetCredentials,
  forgetWebhooks,
  runNow,
  storeCredentials,
} from '../run/app';
import { callCounter } from '../run/calls';
import { effectsComing } from '../run/hints';
import { withLock } from '../run/lock';
import { sharedNow } from '../run/told';
import { isoOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import type { Connection, ConnectionState } from './desk/connections';
import { BUSY, became, runIdOf } from './desk/once';
import { GMAIL, lookAt, platformsOf } from './desk/platforms';
import type { Refusal } from './desk/told';
import { anyWebhook, connectSlack, marksCleared, unknownProperty, webhookFrom } from './slack-webhooks';

// ---------------------------------------------------------------- what the screen shows

export const connections = (app: App): readonly Connection[] =>
  platformsOf(lookAt(app, loadBook(app.host), sharedNow(app)));

const noPlatform = (platform: string): string => `There is no platform "${platform}".`;

/** One platform after it was changed. */
function one(app: App, platform: string): Connection | Refusal {
  return connections(app).find((each) => each.id === platform) ?? { refused: noPlatform(platform) };
}

// ---------------------------------------------------------------- connect

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
function connectKeys(
  app: App,
  platform: string,
  given: Readonly<Record<string, string>>,
): { readonly account: string } | { readonly reason: string } {
  const connector = connectorOf(app, platform);
  if (!connector) return { reason: noPlatform(platform) };
  const credentials = Object.fromEntries(connector.credentials.map(({ name }) => [name, (given[name] ?? '').trim()]));
  if (Object.values(credentials).some((value) => value === ''))
    return { reason: `${connector.title} needs ${connector.credentials.map((field) => field.label).join(' and ')}.` };
  const tested = testCall(app, connector, credentials);
  if ('fault' in tested) return { reason: tested.fault.message };
  const account = `${tested.account} …${Object.values(credentials)[0]?.slice(-4) ?? ''}`;
  storeCredentials(app, platform, credentials);
  forgetCursor(app, platform);
  const line = logLine(runNow(app), 'connection', `${connector.title} connected: ${account}`);
  const written = writeRow(app, platform, { state: 'connected', account, fault: '' }, line);
  // The keys are there and good; a row that could not be written now is written by the next poll.
  if (written === 'busy') app.host.note(`${connector.title} is connected; its row waits for the next run.`);
  return { account };
}

/** A harmless read, where the platform has one. */
function testCall(app: App, connector: Connector, credentials: Credentials): Tested {
  const { test } = connector;
  if (!test) return { account: connector.title };
  return called(
    app,
    connector,
    credentials,
    (function* (): Flow<string> {
      const [reply] = yield [test.request()];
      if (!reply) throw new Error('Rent Ledger bug: no reply');
      return test.account(reply);
    })(),
  );
}

/** A post that a person has asked for, to see whether it arrives. It is no effect of the ledger and is never repeated. */
function testPost(app: App, connector: Connector, credentials: Credentials): Tested {
  const post = connector.effects?.post;
  if (!post) return { account: connector.title };
  const payload = { text: 'Rent Ledger can post here: this is a test.' };
  return called(
    app,
    connector,
    credentials,
    (function* (): Flow<string> {
      const [reply] = yield [post.request({ key: key(`test:${app.run.id}`), payload })];
      if (!reply) throw new Error('Rent Ledger bug: no reply');
      post.ref(reply);
      return connector.title;
    })(),
  );
}

type Tested = { readonly account: string } | { readonly fault: Pick<Fault, 'fault' | 'message'> };

function called(app: App, connector: Connector, credentials: Credentials, flow: Flow<string>): Tested {
  const { results, calls } = runFlows([{ connector, credentials, flow }], clientDeps(app));
  const counter = callCounter(app);
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  const [result] = results;
  if (result && 'value' in result) return { account: result.value };
  return { fault: result?.fault ?? { fault: 'down' as const, message: 'The test call did not come to an end.' } };
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
  if (platform !== 'slack') {
    const connected = connectKeys(app, platform, credentials);
    return 'reason' in connected ? { refused: connected.reason } : one(app, platform);
  }
  const { SLACK_WEBHOOK_URL: url = '', property = '' } = credentials;
  const connector = connectorOf(app, platform);
  const webhook = webhookFrom(url);
  if (!connector) return { refused: noPlatform(platform) };
  if ('reason' in webhook) return { refused: webhook.reason };
  const unknown = unknownProperty(app, property.trim());
  if (unknown) return { refused: unknown };
  const tested = testPost(app, connector, { SLACK_WEBHOOK_URL: webhook.url });
  if ('fault' in tested) return { refused: tested.fault.message };
  const connected = connectSlack(app, { property: property.trim(), url: webhook.url });
  return connected.connected ? one(app, platform) : { refused: connected.reason };
}

// ---------------------------------------------------------------- test, pause, remove

interface RowChange {
  readonly state: ConnectionState;
  readonly account?: string;
  readonly fault?: string;
  readonly success?: boolean;
  /** Reading begins anew. */
  readonly anew?: boolean;
}

/** The platform's row on the Connections tab, with a line of the Log where there is one to write. */
function writeRow(
  app: App,
  platform: string,
  change: RowChange,
  line: LogLine | undefined,
  people: (loaded: Loaded) => readonly PeopleWrite[] = () => [],
): true | 'busy' {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    commit(app.host, loaded, runNow(app), {
      connections: [{ platform, cells: rowCells(app, loaded, platform, change) }],
      people: people(loaded),
      log: line ? [line] : [],
    });
    return true;
  });
}

function rowCells(app: App, { connections: rows }: Loaded, platform: string, change: RowChange): readonly Cell[] {
  const before = rows.find((each) => each.platform === platform)?.cells ?? [];
  const now = isoOf(runNow(app).now);
  return [
    platform,
    change.state,
    change.account ?? before[2] ?? '',
    change.success ? now : (before[3] ?? ''),
    change.fault ?? before[4] ?? '',
    before[5] ?? 0,
    change.anew ? '' : (before[6] ?? ''),
    now,
  ];
}

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
  const tested = connector.test ? testCall(app, connector, credentials) : testPost(app, connector, credentials);
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
  if (!failed && state === 'connected' && connector.receipts) askSoon(app, platform);
  return one(app, platform);
}

const credentialsOrWebhook = (app: App, connector: Connector): Credentials | undefined =>
  connector.id === 'slack' ? anyWebhook(app) : credentialsOf(app, connector);

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
  if (connectorOf(app, platform)?.receipts) pauseFeed(app, platform, paused);
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
    { state: 'not connected', account: '', fault: '', anew: true },
    logLine(runNow(app), 'connection', `${connector.title} removed`),
    isSlack ? marksCleared : undefined,
  );
}
