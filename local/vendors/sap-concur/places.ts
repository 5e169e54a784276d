/** SAP Concur's data centres: each has one address for servers and one for browsers. */
import type { ConcurState, DataCentre } from './state';

const DOMAIN = 'api.concursolutions.com';
const CENTRES: readonly DataCentre[] = [
  ...['us2', 'us', 'eu', 'eu2', 'emea', 'apj1', 'usg'],
  // Copies for tests.
  ...['us-impl', 'emea-impl'],
];
/** Signs people of all data centres in; keeps nothing itself. */
const GLOBAL = 'glz';

/** `us2` is first: the company of the sandbox lives there. */
export const HOSTS: readonly string[] = [
  ...CENTRES.map((centre) => `${centre}.${DOMAIN}`),
  ...CENTRES.map((centre) => `www-${centre}.${DOMAIN}`),
  `${GLOBAL}.${DOMAIN}`,
];

export interface Place {
  readonly centre: DataCentre;
  readonly forBrowsers: boolean;
}

export function placeOf(url: URL): Place {
  const [name = ''] = url.hostname.split('.');
  return { centre: name.replace(/^www-/, ''), forBrowsers: name.startsWith('www-') };
}

/** The address to which everything of this data centre is sent. */
export const baseOf = (centre: DataCentre): string => `https://${centre}.${DOMAIN}`;

/** A first token may be asked for where the application was registered, where the company lives, or at the global sign-in. */
export const givesFirstTokens = (state: ConcurState, centre: DataCentre): boolean =>
  [state.applicationAt, state.company.at, GLOBAL].includes(centre);
