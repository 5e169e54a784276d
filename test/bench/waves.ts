/** Waves of `fetchAll` that a poll needs for each platform by itself and for all eight together, over the money story's first days. */
import { dayAfter } from '../../local/cli/days';
import { OWNER } from '../../local/cli/setup';
import type { Bundle } from '../../local/host/bundle';
import { STORY_ZONE } from '../../local/story/chapter';
import { money } from '../../local/story/money';
import { openStory, playDay } from '../../local/story/play';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import type { Connector } from '../../src/connectors/connector';
import { feedName, remembered } from '../../src/jobs/feed-memory';
import { poll } from '../../src/jobs/poll';
import type { HttpReply, HttpRequest } from '../../src/ports';
import type { App } from '../../src/run/app';
import { figure, goal, heading } from './measure';
import { nodeApp, storeOf } from './node-host';

const DAYS = 10;
const MINUTES_MS = 60_000;

/** All eight connected, and ten days of payments, refunds and returns behind them. */
function played(bundle: Bundle): World {
  const zone = STORY_ZONE;
  const now = `${money.first}T14:00:00Z`;
  const world = World.create({ bundle, sandboxes, now, zone, locale: 'en_US', owner: OWNER, title: money.title });
  openStory(world, money);
  for (let at = 0; at < DAYS; at++) playDay(world, money, dayAfter(money.first, at));
  world.state.nowMs += 60 * MINUTES_MS;
  return world;
}

const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The sandbox that answers for the request's host. */
function answer(world: World, { method, url, headers, contentType, body = '' }: HttpRequest): HttpReply {
  const host = new URL(url).hostname;
  const sandbox = sandboxes.find(({ hosts }) =>
    hosts.some((known) => (known.startsWith('*.') ? host.endsWith(known.slice(1)) : known === host)),
  );
  if (!sandbox) throw new Error(`nobody answers at ${host}`);
  const sent = lower({ ...headers, ...(contentType ? { 'content-type': contentType } : {}) });
  const {
    status,
    headers: given,
    body: text,
  } = sandbox.handle(world.vendorState(sandbox.id), { method, url, headers: sent, body }, world.now);
  return { status, headers: given, body: text };
}

/** The feeds begin at the first day of the books again: as much to read as there is. */
function anew(kept: Record<string, string>, connectors: readonly Connector[]): void {
  for (const { id } of connectors) {
    const memory = remembered(kept[feedName(id)]);
    if (memory) kept[feedName(id)] = JSON.stringify({ ...memory, state: null, notBefore: 0 });
  }
}

/** Waves of one poll of these platforms, in a copy of the world. */
function wavesOf(from: World, only: (connector: Connector) => boolean): number {
  const world = from.clone();
  const app = nodeApp(world, 'bench', world.now);
  const connectors = app.connectors.filter((each) => each.receipts && only(each));
  const kept = { ...world.properties[`user:${world.owner}`] };
  anew(kept, connectors);
  let waves = 0;
  const host: App['host'] = {
    ...app.host,
    userStore: storeOf(kept),
    transport: {
      fetchAll: (requests) => {
        waves += 1;
        return requests.map((request) => answer(world, request));
      },
    },
  };
  const { result, faults } = poll({ ...app, host, connectors });
  if (result !== 'done' || faults.length > 0) throw new Error(`the poll: ${result} ${faults.join(' ')}`);
  return waves;
}

/** Prints the waves of each platform, of all together, and what they would be one after the other. */
export function benchWaves(bundle: Bundle): void {
  heading(`A poll of eight platforms that reads ${DAYS} days of payments anew: waves of fetchAll`);
  const world = played(bundle);
  const platforms = money.chapters.map(({ platform }) => platform);
  const alone = platforms.map((id) => wavesOf(world, (connector) => connector.id === id));
  platforms.forEach((id, at) => {
    figure(id, String(alone[at]));
  });
  const [longest, sum] = [Math.max(...alone), alone.reduce((all, each) => all + each, 0)];
  const together = wavesOf(world, ({ id }) => platforms.includes(id));
  figure('one after the other', String(sum));
  goal('all eight together', String(together), `${longest}, the longest alone`, together <= longest);
}
