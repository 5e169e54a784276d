/** What stands before every Stripe operation: the key, its permissions, the rate limit and the API version. */
import { invalid, Refusal } from './errors';
import { type Access, API_VERSION, type ApiKey, type StripeState } from './state';

const TEST_CALLS_PER_SECOND = 25;
const LIVE_CALLS_PER_SECOND = 100;
const KEY_SHAPE = /^(sk|rk)_(test|live)_\w+$/;

/** The account's key that the request carries, as a bearer token or as the user name of Basic. */
export function keyOf(state: StripeState, headers: Readonly<Record<string, string>>): ApiKey {
  const given = credential(headers.authorization ?? '');
  if (!given) {
    throw new Refusal(
      401,
      { type: 'invalid_request_error', message: 'You did not provide an API key in the Authorization header.' },
      { 'www-authenticate': 'Basic realm="Stripe"' },
    );
  }
  const known = KEY_SHAPE.test(given) ? state.keys.find((one) => one.key === given) : undefined;
  if (known) return known;
  throw invalid(`Invalid API Key provided: ${masked(given)}`, { status: 401 });
}

/** 403 unless the key is unrestricted or allows this access to the resource. */
export function permit(key: ApiKey, resource: string, access: 'read' | 'write', account: string): void {
  if (!key.permissions) return;
  const granted: Access = key.permissions[resource] ?? 'none';
  if (granted === 'write' || granted === access) return;
  const wanted = `rak_${resource.replace(/\W/g, '_')}_${access}`;
  throw invalid(
    `The provided key '${masked(key.key)}' does not have the required permissions on account '${account}': ` +
      `'${wanted}' would allow this request.`,
    { status: 403 },
  );
}

/** At most so many calls in any one second; what is refused does not count. */
export function checkRate(state: StripeState, live: boolean, nowMs: number): void {
  state.callsMs = state.callsMs.filter((at) => at > nowMs - 1000);
  const limit = live ? LIVE_CALLS_PER_SECOND : TEST_CALLS_PER_SECOND;
  if (state.callsMs.length < limit) {
    state.callsMs.push(nowMs);
    return;
  }
  throw new Refusal(
    429,
    { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' },
    { 'stripe-rate-limited-reason': 'global-rate', 'stripe-should-retry': 'true' },
  );
}

/** No version means the account's own, which is the one this sandbox speaks. */
export function checkVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return;
  throw invalid(`Invalid Stripe API version: ${version}. This sandbox speaks ${API_VERSION}.`);
}

function credential(header: string): string {
  const [scheme = '', value = ''] = header.split(' ');
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
}

function masked(key: string): string {
  return key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}` : '*'.repeat(key.length);
}
