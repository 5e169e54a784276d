/** Connecting and removing platforms: keys go to the owner's properties, and a test call proves them first. */
import type { Flow } from '../connectors/connector';
import { logLine } from '../domain/wishes';
import { runFlows } from '../http/client';
import { forgetCursor } from '../jobs/feed-memory';
import {
  type App,
  clientDeps,
  connectorOf,
  credentialsOf,
  forgetCredentials,
  runNow,
  storeCredentials,
  storeWebhook,
} from '../run/app';
import { withLock } from '../run/lock';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { PROPERTIES } from '../sheet/schema';

export function connect(
  app: App,
  { platform, credentials }: { platform: string; credentials: Readonly<Record<string, string>> },
) {
  const connector = connectorOf(app, platform);
  if (!connector) return { connected: false, reason: `There is no platform "${platform}".` };
  storeCredentials(app, platform, credentials);
  const stored = credentialsOf(app, connector);
  if (!stored) {
    forgetCredentials(app, connector);
    return {
      connected: false,
      reason: `${connector.title} needs ${connector.credentials.map((field) => field.label).join(' and ')}.`,
    };
  }
  const tested = testCall(app, platform);
  if ('reason' in tested) {
    forgetCredentials(app, connector);
    return { connected: false, reason: tested.reason };
  }
  forgetCursor(app, platform);
  const lastFour = Object.values(stored)[0]?.slice(-4) ?? '';
  const account = `${tested.account} …${lastFour}`;
  withLock(app, () => {
    const loaded = loadBook(app.host);
    const before = loaded.connections.find((each) => each.platform === platform)?.cells ?? [];
    const cells = [
      platform,
      'connected',
      account,
      before[3] ?? '',
      '',
      before[5] ?? 0,
      before[6] ?? '',
      new Date(app.host.clock.now()).toISOString(),
    ];
    commit(app.host, loaded, runNow(app), {
      connections: [{ platform, cells }],
      log: [logLine(runNow(app), 'connection', `${connector.title} connected: ${account}`)],
    });
  });
  return { connected: true, account };
}

function testCall(app: App, platform: string): { readonly account: string } | { readonly reason: string } {
  const connector = connectorOf(app, platform);
  const credentials = connector && credentialsOf(app, connector);
  if (!connector?.test || !credentials) return { account: connector?.title ?? platform };
  const { test } = connector;
  const flow = (function* (): Flow<string> {
    const [reply] = yield [test.request()];
    if (!reply) throw new Error('Rent Ledger bug: no reply');
    return test.account(reply);
  })();
  const { results } = runFlows([{ connector, credentials, flow }], clientDeps(app));
  const [result] = results;
  if (result && 'value' in result) return { account: result.value };
  return { reason: result?.fault.message ?? 'The test call did not come to an end.' };
}

export function disconnect(app: App, { platform }: { platform: string }) {
  const connector = connectorOf(app, platform);
  if (!connector) return { removed: false };
  forgetCredentials(app, connector);
  forgetCursor(app, platform);
  return { removed: true };
}

/** Keeps a webhook address with the owner's secrets; the Properties tab only says that it is there. */
export function connectSlack(app: App, { property, url }: { property?: string | undefined; url: string }) {
  if (!/^https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+$/.test(url))
    return { connected: false, reason: 'A Slack webhook begins with https://hooks.slack.com/services/.' };
  storeWebhook(app, property || '*', url);
  const marked = withLock(app, () => {
    const loaded = loadBook(app.host);
    const wanted = [...loaded.book.properties.values()].filter((each) => !property || each.name === property);
    const people = wanted.map((each) => ({
      tab: PROPERTIES,
      row: each.row,
      cells: { 'Slack webhook': `stored …${url.slice(-4)}` },
    }));
    commit(app.host, loaded, runNow(app), {
      people,
      log: [
        logLine(
          runNow(app),
          'connection',
          `Slack webhook …${url.slice(-4)} stored for ${property || 'all properties'}`,
        ),
      ],
    });
    return wanted.map((each) => each.name);
  });
  return { connected: true, properties: marked === 'busy' ? [] : marked };
}
