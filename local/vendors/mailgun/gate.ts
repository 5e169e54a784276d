/** What stands before every Mailgun operation: the key, and the domain, which lives in one region only. */
import type { Refused } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { forbidden, refusal } from './errors';
import type { Domain, Key, MailgunState, Region } from './state';

const API_HOSTS: Readonly<Record<string, Region>> = { 'api.mailgun.net': 'us', 'api.eu.mailgun.net': 'eu' };

/** Where mail is stored until it is delivered; its queue can be emptied there and nowhere else. */
export const STORAGE: Readonly<Record<Region, { readonly host: string; readonly region: string }>> = {
  us: { host: 'storage-us-east4.api.mailgun.net', region: 'us-east4' },
  eu: { host: 'storage-europe-west1.api.mailgun.net', region: 'europe-west1' },
};

export const HOSTS = [...Object.keys(API_HOSTS), ...Object.values(STORAGE).map(({ host }) => host)];

export const isStorage = (url: URL): boolean => Object.values(STORAGE).some(({ host }) => host === url.hostname);

export const regionOf = (url: URL): Region => {
  const stored = (Object.keys(STORAGE) as Region[]).find((region) => STORAGE[region].host === url.hostname);
  return stored ?? API_HOSTS[url.hostname] ?? 'us';
};

/** Operations on domains and queues say what is wrong as JSON, all others in one plain word. */
type Wording = 'plain' | 'json';

const noKey = (wording: Wording): Refused => (wording === 'plain' ? forbidden() : refusal(401, 'Invalid private key'));

export function keyOf(state: MailgunState, request: SandboxRequest, wording: Wording): Key {
  const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [user, ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const key = state.account.keys.find(({ secret }) => secret === rest.join(':'));
  if (user !== 'api' || !key) throw noKey(wording);
  return key;
}

/** A sending key opens nothing but the sending of its own domain's mail. */
export function permit(key: Key, domain: string, sends: boolean, wording: Wording): void {
  if (key.sendsFor === null || (sends && key.sendsFor === domain)) return;
  throw noKey(wording);
}

/** The domain of that name in the region whose host was asked: no other host knows it. */
export function domainIn(state: MailgunState, url: URL, name: string, message: string): Domain {
  const wanted = name.toLowerCase();
  const domain = state.domains.find((each) => each.name === wanted && each.region === regionOf(url));
  if (!domain) throw refusal(404, message);
  return domain;
}
