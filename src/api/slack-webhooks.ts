/** Slack's webhook addresses: kept with the owner's secrets, for all properties or for one; the workbook only says that they are there. */
import type { Credentials } from '../connectors/connector';
import { logLine } from '../domain/wishes';
import { type App, runNow, storedWebhooks, storeWebhook } from '../run/app';
import { withLock } from '../run/lock';
import { isoOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { PROPERTIES } from '../sheet/schema';

const WEBHOOK = /^https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+$/;
const ALL = '*';

export type SlackConnected =
  | { readonly connected: true; readonly properties: readonly string[] }
  | { readonly connected: false; readonly reason: string };

/** The address as it is pasted, or why it is none. */
export const webhookFrom = (text: string): { readonly url: string } | { readonly reason: string } =>
  WEBHOOK.test(text.trim())
    ? { url: text.trim() }
    : { reason: 'A Slack webhook begins with https://hooks.slack.com/services/.' };

/** Stores an address for one property, or for all. */
export function connectSlack(
  app: App,
  { property, url }: { property?: string | undefined; url: string },
): SlackConnected {
  const webhook = webhookFrom(url);
  if ('reason' in webhook) return { connected: false, reason: webhook.reason };
  if (property && !hasProperty(app, property))
    return { connected: false, reason: `There is no property "${property}" on the Properties tab.` };
  storeWebhook(app, property || ALL, webhook.url);
  const tail = `…${webhook.url.slice(-4)}`;
  const marked = withLock(app, () => {
    const loaded = loadBook(app.host);
    const wanted = [...loaded.book.properties.values()].filter((each) => !property || each.name === property);
    const what = `Slack webhook ${tail} stored for ${property || 'all properties'}`;
    commit(app.host, loaded, runNow(app), {
      people: wanted.map((each) => mark(each.row, `stored ${tail}`)),
      connections: [{ platform: 'slack', cells: rowOf(app, loaded, tail) }],
      log: [logLine(runNow(app), 'connection', what)],
    });
    return wanted.map((each) => each.name);
  });
  return { connected: true, properties: marked === 'busy' ? [] : marked };
}

const hasProperty = (app: App, name: string): boolean =>
  [...loadBook(app.host).book.properties.values()].some((each) => each.name === name);

const mark = (row: number, text: string): PeopleWrite => ({ tab: PROPERTIES, row, cells: { 'Slack webhook': text } });

function rowOf(app: App, { connections }: Loaded, tail: string) {
  const before = connections.find((each) => each.platform === 'slack')?.cells ?? [];
  const now = isoOf(runNow(app).now);
  return ['slack', 'connected', `Webhook ${tail}`, before[3] ?? '', '', before[5] ?? 0, '', now];
}

/** One of the stored addresses, the one for all first; undefined where there is none. */
export function anyWebhook(app: App): Credentials | undefined {
  const stored = storedWebhooks(app);
  const url = stored.find(({ property }) => property === ALL)?.url ?? stored[0]?.url;
  return url === undefined ? undefined : { SLACK_WEBHOOK_URL: url };
}

/** Without an address nothing is wanted for Slack any more, of any property. */
export const marksCleared = ({ book }: Loaded): readonly PeopleWrite[] =>
  [...book.properties.values()].filter((each) => each.slack).map((each) => mark(each.row, ''));
