/** Sign-in in the browser (OAuth 2 authorization code): the owner leaves for the vendor's page and comes back to our web address. */
import type { Connector, Credentials } from '../connectors/connector';
import { continueLater } from '../jobs/later';
import { type App, connectorOf, errorText } from '../run/app';
import { enteredFrom, noPlatform, prove } from './connect';
import type { Refusal } from './desk/told';
import { sameSecret } from './inbound';

export interface SignIn {
  /** The vendor's page, where the owner agrees. */
  readonly open: string;
}

/** What the page says on which the sign-in ends. */
export interface SignedIn {
  readonly title: string;
  readonly text: string;
  readonly good: boolean;
}

interface Pending {
  readonly state: string;
  readonly platform: string;
  readonly entered: Credentials;
  readonly redirect: string;
  readonly until: number;
}

const PENDING = 'secret:sign-in';
/** Time to log in at the vendor; the code that comes back lives for minutes only. */
const VALID_MS = 30 * 60_000;
const SOON_MS = 1000;

/** Begins a sign-in: the application's keys wait beside its state, and replace nothing until it has come to a good end. */
export function beginSignIn(
  app: App,
  { platform, credentials }: { readonly platform: string; readonly credentials: Readonly<Record<string, string>> },
): SignIn | Refusal {
  const connector = connectorOf(app, platform);
  if (!connector) return { refused: noPlatform(platform) };
  if (connector.oauth?.grant !== 'code') return { refused: `${connector.title} needs no sign-in: enter its keys.` };
  const redirect = app.host.session.webAddress();
  if (redirect === '')
    return {
      refused:
        'This script has no web address yet, so the sign-in could not come back here. In the script editor choose Deploy > ' +
        'New deployment > Web app, then try again.',
    };
  const read = enteredFrom(connector, credentials);
  if (read.reason !== undefined) return { refused: read.reason };
  const state = `${app.host.digest.uuid()}${app.host.digest.uuid()}`.replace(/-/g, '');
  const pending: Pending = { state, platform, entered: read.entered, redirect, until: app.host.clock.now() + VALID_MS };
  app.host.userStore.set(PENDING, JSON.stringify(pending));
  return { open: connector.oauth.authorize(read.entered, redirect, state) };
}

const NOTHING: SignedIn = {
  title: 'Nothing was connected',
  text: 'This sign-in is not one that was begun here, or it has been used or has expired. Return to the sheet and choose Connect again.',
  good: false,
};

/** The owner comes back. A state that is not the one that was given out, or is used twice, connects nothing. */
export function endSignIn(app: App, returned: Readonly<Record<string, string>>): SignedIn {
  const pending = pendingIn(app.host.userStore.get(PENDING));
  if (!pending || !sameSecret(app, (returned.state ?? '').slice(0, 200), pending.state)) return NOTHING;
  // Once only, whatever comes of it.
  app.host.userStore.remove(PENDING);
  const connector = connectorOf(app, pending.platform);
  if (!connector || pending.until < app.host.clock.now()) return NOTHING;
  if (!returned.code) return declined(connector, returned.error ?? '');
  try {
    const grant = { kind: 'code' as const, code: returned.code, redirect: pending.redirect, returned };
    const connected = prove(app, connector, pending.entered, grant);
    if ('reason' in connected)
      return { title: `${connector.title} is not connected`, text: connected.reason, good: false };
    // What the platform is told first leaves with a run that comes soon.
    continueLater(app, SOON_MS);
    return {
      title: `${connector.title} is connected`,
      text: `${connected.account}. Close this page and return to the sheet.`,
      good: true,
    };
  } catch (error) {
    app.host.note(`sign-in at ${connector.id}: ${errorText(error)}`);
    return {
      title: `${connector.title} is not connected`,
      text: 'Something went wrong here. Return to the sheet and try again.',
      good: false,
    };
  }
}

const declined = ({ title }: Connector, error: string): SignedIn => ({
  title: `${title} is not connected`,
  text:
    error === '' || error === 'access_denied'
      ? 'Access was not granted. Return to the sheet and choose Connect again when you want to.'
      : `${title} said: ${error.replace(/[^\w .-]/g, '').slice(0, 80)}. Return to the sheet and try again.`,
  good: false,
});

function pendingIn(text: string | undefined): Pending | undefined {
  try {
    const value = JSON.parse(text ?? '') as Pending;
    return typeof value.state === 'string' && typeof value.until === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}
