/** The stage of a story: what a chapter can do in the world, as the people in it would. */
import { askApi, type Called, callApi } from '../cli/api';
import { Refused } from '../cli/errors';
import { sandboxes } from '../vendors';
import type { World } from '../world';
import type { Stage } from './chapter';
import { followSignIn, registerOurAddress } from './sign-in';

interface Told {
  readonly says?: string;
  readonly refused?: string;
}

const refusalIn = (called: Called): string | undefined =>
  called.ok ? (called.value as Told | undefined)?.refused : called.error;

/** A chapter's stage on one day of the story. */
export function stageOf(world: World, platform: string, day: string): Stage {
  const sandbox = sandboxes.find((one) => one.id === platform);
  if (!sandbox) throw new Refused(`There is no ${platform} sandbox.`);
  const ask = <T>(name: string, args: Readonly<Record<string, unknown>> = {}): T => {
    const called = callApi(world, name, [args]);
    const refused = refusalIn(called);
    if (refused !== undefined) throw new Refused(`${platform}, ${day}, ${name}: ${refused}`);
    return called.value as T;
  };
  return {
    world,
    day,
    ask,
    state: <State>() => world.vendorState<State>(platform),
    connectKeys: (credentials) => {
      ask('connectPlatform', { request: requestId(world, platform, day), platform, credentials });
    },
    signIn: (credentials) => {
      registerOurAddress(world, platform);
      const { open } = ask<{ open: string }>('signIn', { platform, credentials });
      const page = followSignIn(world, sandbox, open);
      if (!/is connected/.test(page)) throw new Refused(`${platform}: the sign-in ended with ${textOf(page)}`);
    },
    offer: (lease, kind, note) => {
      const request = requestId(world, platform, day);
      ask('askPlatform', { request, lease, platform, kind, ...(note === undefined ? {} : { note }) });
      const key = `offer:${platform}:${kind}:${lease}:${request}`;
      const row = askApi<{ outbox: readonly { key: string; state: string; reference: string; fault: string }[] }>(
        world,
        'exportBook',
      ).outbox.find((each) => each.key === key);
      if (row?.state !== 'sent')
        throw new Refused(`${platform}, ${day}, ${kind} for ${lease}: ${row?.state} ${row?.fault}`);
      return row.reference;
    },
    act: (kind, value) => {
      ask('platformAct', { request: requestId(world, platform, day), platform, kind, ...(value ? { value } : {}) });
    },
    atVendor: (request) => sandbox.handle(world.vendorState(platform), request, world.now),
  };
}

const asked = new WeakMap<World, number>();

/** No two of one world are the same: the same request acts once. */
function requestId(world: World, platform: string, day: string): string {
  const count = asked.get(world) ?? 0;
  asked.set(world, count + 1);
  return `story-${platform}-${day.replace(/-/g, '')}-${count}`;
}

const textOf = (page: string): string =>
  page
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
