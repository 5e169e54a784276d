/** The unguessable key of the address to which platforms post their hints. */
import type { App } from './app';

const KEY_NAME = 'secret:inbound-key';

/** Undefined until somebody has asked for it: a stranger's post does not make one. */
export const knownInboundKey = (app: App): string | undefined => app.host.userStore.get(KEY_NAME);

/** Made once. */
export function inboundKey(app: App): string {
  const known = knownInboundKey(app);
  if (known) return known;
  const made = `${app.host.digest.uuid()}${app.host.digest.uuid()}`.replace(/-/g, '');
  app.host.userStore.set(KEY_NAME, made);
  return made;
}

/** Where a platform posts to; undefined where the script has no web address. A secret: it never goes into a cell. */
export function inboundAddress(app: App, platform: string): string | undefined {
  const web = app.host.session.webAddress();
  return web === '' ? undefined : `${web}?platform=${platform}&key=${inboundKey(app)}`;
}
