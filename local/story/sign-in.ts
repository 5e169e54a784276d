/** The owner signs in at a vendor in the browser: the vendor's page agrees, and the script's own page ends it. */
import { Refused } from '../cli/errors';
import type { OAuthState } from '../vendors/kit/oauth';
import type { Sandbox } from '../vendors/sandbox';
import type { World } from '../world';

interface SignsIn {
  oauth?: OAuthState;
}

/** Every vendor wants the address of our page registered with the application, letter by letter. */
export function registerOurAddress(world: World, platform: string): void {
  const { oauth } = world.vendorState<SignsIn>(platform);
  if (!oauth) return;
  oauth.clients = oauth.clients.map((client) => ({
    ...client,
    redirects: [...new Set([...client.redirects, world.webAppUrl])],
  }));
}

/** Opens the vendor's page and follows it back to the script's. Gives the text of the page on which the sign-in ends. */
export function followSignIn(world: World, sandbox: Sandbox, address: string): string {
  const request = { method: 'GET', url: address, headers: {}, body: '' };
  const reply = sandbox.handle(world.vendorState(sandbox.id), request, world.now);
  const back = reply.headers.location;
  if (reply.status !== 302 || back === undefined)
    throw new Refused(
      `${sandbox.title} did not send the browser back: HTTP ${reply.status} ${reply.body.slice(0, 200)}`,
    );
  const parameters = Object.fromEntries(new URL(back).searchParams);
  return world.doGet(parameters).body;
}
