/** A sandbox on loopback for one test file, with its clock in the test's hand. */
import { after } from 'node:test';
import { sandboxes, serveSandbox } from '../../.cache/sandboxes.mjs';

export const START_MS = Date.UTC(2026, 11, 2, 15);

/** Serves the sandbox of that name. `url` is its first host's address, `urls` has one for each host. */
export async function serve(id, startMs = START_MS) {
  const sandbox = sandboxes.find((one) => one.id === id);
  if (!sandbox) throw new Error(`there is no ${id} sandbox`);
  const clock = { nowMs: startMs };
  const state = sandbox.start();
  const served = await serveSandbox(sandbox, state, () => clock.nowMs);
  after(() => served.close());
  const port = (url) => Number(new URL(url).port);
  return { sandbox, state, clock, url: served.url, urls: served.urls, port: port(served.url) };
}
