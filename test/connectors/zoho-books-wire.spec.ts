/** How Zoho Books is connected: data centres, organisations, plans, and what its codes mean. */
import { zohoOpensOrganization } from '../../local/vendors/people';
import { zohoBooks } from '../../src/connectors/zoho-books';
import { json } from './drive';
import { Bench } from './zoho-books-bench';

describe('the connection', () => {
  const test = (one: Bench, account = one.account) => one.tell(zohoBooks.test!(account));

  it('finds the organisation and its currency', () => {
    const one = new Bench({ ZOHO_ORGANIZATION: '' });
    expect(test(one)).toEqual({
      value: {
        name: 'Oak Street Rentals (USD)',
        mode: 'live',
        found: { ZOHO_ORGANIZATION: '10234695', ZOHO_CURRENCY: 'USD' },
      },
    });
  });

  it('wants one of several to be chosen, and says which there are', () => {
    const one = new Bench({ ZOHO_ORGANIZATION: '' });
    zohoOpensOrganization(one.state, { organization_id: '777', name: 'Trial Houses', currency_code: 'EUR' });
    expect(test(one)).toMatchObject({ fault: { message: expect.stringMatching(/Oak Street Rentals 10234695.*777/) } });
    expect(test(one, { ...one.account, ZOHO_ORGANIZATION: '777' })).toMatchObject({ value: { mode: 'sandbox' } });
    expect(test(one, { ...one.account, ZOHO_ORGANIZATION: '1' })).toMatchObject({
      fault: { message: expect.stringMatching(/not associated|no organization 1/) },
    });
  });

  it('is told when the account lives in another data centre', () => {
    const one = new Bench({ ZOHO_DATA_CENTRE: 'EU' });
    expect(test(one)).toMatchObject({ fault: { fault: 'auth', message: expect.stringMatching(/\(US\)/) } });
    expect(one.sent).toEqual([]);
  });

  it('is told so by the sign-in page before the code is spent', () => {
    const grant = { kind: 'code' as const, code: 'c', redirect: 'https://example.com', returned: { location: 'in' } };
    expect(() => zohoBooks.oauth?.request({ ZOHO_DATA_CENTRE: 'US' }, grant)).toThrow(/\(IN\)/);
  });

  it('asks for offline access with consent, and sends the client in a form', () => {
    const settings = { ZOHO_CLIENT_ID: 'id', ZOHO_CLIENT_SECRET: 'secret', ZOHO_DATA_CENTRE: 'JP' };
    const address = new URL(zohoBooks.oauth?.authorize(settings, 'https://example.com/x', 's') ?? '');
    expect(address.host).toBe('accounts.zoho.jp');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ access_type: 'offline', prompt: 'consent' });
    const refresh = { kind: 'refresh' as const, refresh: 'r', redirect: 'https://example.com' };
    const request = zohoBooks.oauth?.request(settings, refresh);
    expect(request).toMatchObject({ url: 'https://accounts.zoho.jp/oauth/v2/token' });
    expect(request?.body).toMatch(/client_id=id&client_secret=secret/);
  });

  it.each([
    ['Free', 1000, 30],
    ['Standard', 2000, undefined],
    ['Premium', 10_000, undefined],
  ])('on the %s plan has %i calls a day', (plan, calls, minutes) => {
    expect(zohoBooks.limits?.perDay?.({ ZOHO_PLAN: plan })).toBe(calls);
    expect(zohoBooks.receipts?.everyMinutes?.({ ZOHO_PLAN: plan })).toBe(minutes);
  });
});

describe('what the codes mean', () => {
  it.each([
    ['a good answer', 200, { code: 0 }, undefined],
    ['an error with status 200', 200, { code: 9999, message: 'No' }, 'rejected'],
    ['no code at all', 200, { message: 'hello' }, 'malformed'],
    ['a token that has ended', 401, { code: 14, message: 'Invalid' }, 'auth'],
    ['a scope that is missing', 400, { code: 57, message: 'Not authorized' }, 'auth'],
    ['an object that is not there', 400, { code: 1002, message: 'Does not exist' }, 'missing'],
    ['too many at once', 400, { code: 1070, message: 'Concurrent' }, 'busy'],
    ['a refusal', 400, { code: 1001, message: 'Number exists' }, 'rejected'],
    ['a page instead of JSON', 502, undefined, 'down'],
  ])('%s', (_, status, body, kind) => {
    const reply = body ? json(body, status) : { status, headers: {}, body: '<html>' };
    expect(zohoBooks.fault(reply)?.fault).toBe(kind);
  });

  it('the day’s calls come back when the headers say so', () => {
    const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '3600' };
    expect(zohoBooks.fault(json({ code: 45, message: 'Enough' }, 429, headers))).toMatchObject({
      fault: 'busy',
      retryAfterSeconds: 3600,
    });
    const spare = { ...headers, 'x-rate-limit-remaining': '500' };
    expect(zohoBooks.fault(json({ code: 44 }, 429, spare))).not.toHaveProperty('retryAfterSeconds');
  });
});
