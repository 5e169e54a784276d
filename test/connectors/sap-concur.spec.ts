/** SAP Concur: what is posted for which receipt and user, how it stays once, and what the sign-in makes of each answer. */
import * as people from '../../local/vendors/sap-concur/people';
import { COLLEAGUE_ID, OWNER_ID } from '../../local/vendors/sap-concur/state';
import { sapConcur } from '../../src/connectors/sap-concur';
import { receiptNumber } from '../../src/domain/receipt-pdf';
import { key } from '../../src/domain/values';
import { onceOf } from '../../src/outbox/effect';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { ConcurBench } from './sap-concur-rig';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const V1 = { SAP_CONCUR_API: 'image v1' };

const bench = (as: 'company' | 'user' = 'company', more: Record<string, string> = {}) => new ConcurBench(as, more);
const sentTo = (one: ConcurBench, path: string) => one.sent.filter(({ url }) => url.includes(path));

describe('a receipt that is posted', () => {
  it('is a PDF that a strict reader takes, under its number', () => {
    const one = bench();
    const { value: id } = one.post('receipt:pi_1') as { value: string };
    const [kept] = one.state.receipts;
    expect(kept).toMatchObject({ id, user: OWNER_ID, readable: true });
    expect(kept?.file).toMatchObject({
      name: `rent-receipt-${receiptNumber(key('stripe:pi_1'))}.pdf`,
      type: 'application/pdf',
      content: expect.stringContaining('(USD 1,450.00) Tj'),
    });
    expect(kept?.file.content).toContain('(Zo\\353 Park) Tj');
  });

  it('goes to the user of the lease’s link, or to the own one for "me"', () => {
    const one = bench('company', { SAP_CONCUR_USER_ID: COLLEAGUE_ID });
    one.post('receipt:1', { customer: OWNER_ID });
    one.post('receipt:2', { customer: ' Me ' });
    expect(one.state.receipts.map(({ user }) => user)).toEqual([OWNER_ID, COLLEAGUE_ID]);
  });

  it('goes to the user who signed in, whom the sign-in names', () => {
    const one = bench('user', { CONCUR_USER: OWNER_ID });
    expect(one.post('receipt:1', { customer: 'me' })).toEqual({ value: one.state.receipts[0]?.id });
  });

  it.each([
    ['the user is not known', { customer: 'me' }, /enter the User ID/],
    ['it is a login name', { customer: 'olivia@landlord.example' }, /no user ID of SAP Concur/],
    ['it is a path', { customer: '../../x' }, /no user ID of SAP Concur/],
  ])('is refused, and nobody is asked, when %s', (_, more, says) => {
    const one = bench();
    expect(one.post('receipt:1', more)).toEqual({ fault: expect.objectContaining({ fault: 'rejected' }) });
    expect(one.post('receipt:1', more)).toEqual({
      fault: expect.objectContaining({ message: expect.stringMatching(says) }),
    });
    expect(one.sent).toEqual([]);
  });

  it('for another user than the one who signed in is refused in words', () => {
    const one = bench('user');
    expect(one.post('receipt:1', { customer: COLLEAGUE_ID })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('another user') },
    });
  });

  it('is another one when the money goes back', () => {
    const one = bench();
    one.post('receipt:pi_1:settled');
    one.post('receipt:pi_1:returned', { state: 'returned', reversedCents: 145_000 });
    const [first, second] = one.state.receipts;
    expect([first?.forwardId === second?.forwardId, first?.file.name === second?.file.name]).toEqual([false, true]);
    expect(second?.file.content).toContain('(Payment returned) Tj');
  });

  it.each(['pending', 'split', 'settling'])('for a payment that is %s is a fault that names it', (state) => {
    expect(bench().post('receipt:1', { state })).toMatchObject({
      fault: { fault: 'malformed', message: expect.stringContaining(`"${state}"`) },
    });
  });
});

describe('a post whose answer was lost', () => {
  it('is asked after by our name, and not posted again', () => {
    const one = bench();
    one.answer = (request, reply) => {
      const given = reply();
      return request.url.includes('image-only') ? new Error('Address unavailable') : given;
    };
    expect(one.post('receipt:1')).toMatchObject({ fault: { fault: 'down' } });
    one.answer = (_request, reply) => reply();
    expect(one.post('receipt:1', {}, 2)).toEqual({ value: one.state.receipts[0]?.id });
    expect([one.state.receipts.length, sentTo(one, 'image-only').length]).toEqual([1, 1]);
  });

  it('that never arrived is posted', () => {
    const one = bench();
    expect(one.post('receipt:1', {}, 3)).toEqual({ value: one.state.receipts[0]?.id });
  });

  it('is known by its name even where it is tried as if for the first time', () => {
    const one = bench();
    const first = one.post('receipt:1');
    expect([one.post('receipt:1'), one.state.receipts.length]).toEqual([first, 1]);
  });

  it('that came to nothing at SAP is posted anew under the next name, three times at most', () => {
    const one = bench();
    people.failConcurImaging(one.state, 3);
    const names = [1, 2, 3].map((attempt) => {
      one.post('receipt:1', {}, attempt);
      one.nowMs += 60_000;
      return one.state.receipts[attempt - 1]?.forwardId;
    });
    expect(names).toEqual([names[0], `${names[0]}-2`, `${names[0]}-3`]);
    expect(one.post('receipt:1', {}, 4)).toMatchObject({ fault: { fault: 'rejected' } });
    expect([one.post('receipt:1', {}, 1), one.state.receipts.length]).toMatchObject([{ fault: {} }, 3]);
  });

  it('that SAP has taken and cannot find is a fault, not a second post', () => {
    const one = bench();
    one.post('receipt:1');
    one.nowMs += 15 * DAY;
    expect(one.post('receipt:1')).toMatchObject({ fault: { fault: 'malformed' } });
    expect(one.state.receipts).toHaveLength(1);
  });

  it.each([
    ['Location', { location: 'https://us2.api.concursolutions.com/receipts/v4/images/abc1' }, { value: 'abc1' }],
    [
      'Link',
      { link: '<https://us2.api.concursolutions.com/receipts/v4/status/abc2>; rel=processing-status' },
      { value: 'abc2' },
    ],
    ['neither', {}, { fault: expect.objectContaining({ fault: 'malformed' }) }],
  ])('is named by %s', (_, headers: Record<string, string>, result) => {
    const one = bench();
    one.answer = (request, reply) =>
      request.url.includes('image-only') ? { status: 202, headers, body: '' } : reply();
    expect(one.post('receipt:1')).toEqual(result);
  });
});

describe('the older service', () => {
  it('keeps the PDF itself, at once', () => {
    const one = bench('user', V1);
    people.withholdConcurReceiptsV4(one.state);
    const { value } = one.post('receipt:1') as { value: string };
    const [image] = one.state.images;
    expect([value, image?.file.type]).toEqual([`image:${image?.id}`, 'application/pdf']);
    expect(image?.file.content).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
  });

  it('leaves to a person what may have arrived, and sends it again on their word', () => {
    const one = bench('user', V1);
    one.answer = (request, reply) => {
      const given = reply();
      return request.url.includes('/image/') ? new Error('Address unavailable') : given;
    };
    expect(one.post('receipt:1')).toMatchObject({ fault: { fault: 'down' } });
    one.answer = (_request, reply) => reply();
    expect(one.state.images).toHaveLength(1);
    expect(onceOf(effectOf(sapConcur, 'receipt'), one.account)).toBe('ask');
    expect(onceOf(effectOf(sapConcur, 'receipt'), bench('user').account)).toBe('lookup');
    expect(one.post('receipt:1', {}, 2)).toEqual({ value: `image:${one.state.images[1]?.id}` });
  });

  it('is for nobody but the one who signed in', () => {
    const one = bench('user', { ...V1, CONCUR_USER: OWNER_ID });
    expect(one.post('receipt:1', { customer: COLLEAGUE_ID })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('for nobody else') },
    });
  });

  it('that does not say what it called an image is a fault', () => {
    const one = bench('user', V1);
    one.answer = (request, reply) =>
      request.url.includes('/image/') ? { status: 201, headers: {}, body: '<Image><Url /></Image>' } : reply();
    expect(one.post('receipt:1')).toMatchObject({ fault: { fault: 'malformed' } });
  });

  it('says in its own words what it does not take', () => {
    const one = bench('user', V1);
    one.answer = (request, reply) =>
      request.url.includes('/image/')
        ? { status: 400, headers: {}, body: '<Error><Message>The image is larger.</Message></Error>' }
        : reply();
    expect(one.post('receipt:1')).toMatchObject({
      fault: { fault: 'rejected', message: 'The platform said no (HTTP 400): The image is larger.' },
    });
  });
});

describe('a token', () => {
  it('that has ended with an empty 403 is renewed once, and the post goes on', () => {
    const one = bench();
    one.post('receipt:1');
    people.endConcurAccess(one.state, one.nowMs);
    expect(one.post('receipt:2')).toEqual({ value: one.state.receipts[1]?.id });
    expect(one.renewals).toBe(1);
  });

  it('that is refused when it is fresh lacks something else, and says so with SAP’s name for the call', () => {
    const one = bench();
    people.withholdConcurReceiptsV4(one.state);
    const { fault } = one.post('receipt:1') as unknown as { fault: { message: string; requestId: string } };
    expect(fault.message).toContain('SAP has not opened this to the application.');
    expect(fault.requestId).toMatch(/^[\da-f-]{36}$/);
    expect([one.renewals, sentTo(one, 'image-only').length]).toEqual([1, 2]);
  });

  it('for the older service is renewed after its 403, too', () => {
    const one = bench('user', V1);
    one.post('receipt:1');
    people.endConcurAccess(one.state, one.nowMs);
    expect(one.post('receipt:2')).toEqual({ value: `image:${one.state.images[1]?.id}` });
  });

  it('is asked for with the newest refresh token', () => {
    const one = bench();
    for (let day = 0; day < 200; day += 2) {
      expect(one.post(`receipt:${day}`)).toEqual({ value: expect.any(String) });
      one.nowMs += 2 * DAY;
    }
    expect(one.state.receipts).toHaveLength(100);
  });

  it('goes where it is good, and every call with it', () => {
    const one = bench();
    people.moveConcurCompany(one.state, 'eu2');
    one.nowMs += HOUR;
    const says = expect.stringContaining('choose eu2');
    expect(one.post('receipt:2')).toEqual({ fault: expect.objectContaining({ message: says }) });
    const there = bench('company', { SAP_CONCUR_DATA_CENTRE: 'eu2' });
    people.moveConcurCompany(there.state, 'eu2');
    // Entered anew, as the fault asks for.
    const { [ACCESS_TOKEN]: _, [EXPIRES_AT]: __, ...entered } = there.credentials;
    there.credentials = entered;
    expect(there.post('receipt:1')).toEqual({ value: expect.any(String) });
    expect(new Set(there.har.toJSON().log.entries.map(({ request }) => new URL(String(request.url)).host))).toEqual(
      new Set(['eu2.api.concursolutions.com']),
    );
    expect(there.credentials[ACCESS_TOKEN]).toMatch(/^https:\/\/eu2\.api\.concursolutions\.com ey/);
  });

  it('in no line that is recorded', () => {
    const one = bench();
    one.post('receipt:1');
    const text = JSON.stringify(one.har.toJSON());
    const [, token = ''] = (one.credentials[ACCESS_TOKEN] ?? '').split(' ');
    const secrets = [token, one.credentials.SAP_CONCUR_REFRESH_TOKEN ?? '', 'concur-secret'];
    expect(secrets.map((secret) => secret.length > 8 && text.includes(secret))).toEqual([false, false, false]);
  });
});

describe('the answers of the sign-in', () => {
  const { oauth } = sapConcur;
  const reply = (status: number, body: unknown) => ({ status, headers: {}, body: JSON.stringify(body) });
  const good = { access_token: 'ey', expires_in: '3600', geolocation: 'https://us2.api.concursolutions.com' };

  it('tell the place, the user and the scopes', () => {
    const id_token = `h.${Buffer.from(JSON.stringify({ sub: OWNER_ID, name: 'Zoë' })).toString('base64url')}.s`;
    expect(oauth?.read(reply(200, { ...good, refresh_token: 'r2', scope: 'openid IMAGE', id_token }))).toEqual({
      access: 'https://us2.api.concursolutions.com ey',
      refresh: 'r2',
      expiresInSeconds: 3600,
      found: {
        CONCUR_PLACE: 'https://us2.api.concursolutions.com',
        CONCUR_USER: OWNER_ID,
        CONCUR_SCOPES: 'openid IMAGE',
      },
    });
  });

  it('may give the place with a path, the seconds as a number, and an id token that is none', () => {
    const odd = { ...good, expires_in: 60, geolocation: `${good.geolocation}/oauth2/v0/token`, id_token: 'x' };
    expect(oauth?.read(reply(200, odd))).toEqual({
      access: 'https://us2.api.concursolutions.com ey',
      expiresInSeconds: 60,
      found: { CONCUR_PLACE: 'https://us2.api.concursolutions.com' },
    });
  });

  it.each([
    ['a place that is not SAP’s', { geolocation: 'https://us2.api.concursolutions.com.evil.example' }],
    ['no place', { geolocation: undefined }],
    ['no seconds', { expires_in: 'soon' }],
  ])('with %s are a fault', (_, more) => {
    expect(() => oauth?.read(reply(200, { ...good, ...more }))).toThrow(/token\.(geolocation|expires_in)/);
  });

  it.each([
    [108, 'auth', /Get a new one and enter it\.$/],
    [123, 'auth', /switched off/],
    [61, 'auth', /does not know this client ID/],
    [64, 'auth', /secret does not belong/],
    [53, 'auth', /not been opened to this application/],
    [54, 'auth', /refused the sign-in: too wide\.$/],
  ])('%i are a fault in words', (code, fault, says) => {
    const told = oauth?.fault(reply(400, { code, error: 'x', error_description: 'too wide' }));
    expect(told).toMatchObject({ fault, code: String(code), message: expect.stringMatching(says) });
  });

  it('without a word, with too many calls or from a broken server are told apart', () => {
    const kinds = [400, 429, 503].map((status) => oauth?.fault({ status, headers: {}, body: 'oops' })?.fault);
    expect([...kinds, oauth?.fault(reply(200, good))]).toEqual(['auth', 'busy', 'down', undefined]);
  });

  it('are never had in the browser', () => {
    expect(() => oauth?.authorize({}, '', '')).toThrow('enter a refresh token');
  });
});

describe('the test call', () => {
  const tested = (one: ConcurBench, more: Record<string, string> = {}) =>
    one.run(sapConcur.test!({ ...one.account, ...more }));

  it('says whose receipts they are, and where', () => {
    const found = { CONCUR_PLACE: 'https://us2.api.concursolutions.com', CONCUR_SCOPES: 'receipts.writeonly' };
    expect(tested(bench('user'), { ...found, CONCUR_USER: OWNER_ID })).toEqual({
      value: { name: `user ${OWNER_ID} in us2, receipts v4`, mode: 'live' },
    });
    expect(tested(bench())).toEqual({ value: { name: 'the company in us2, receipts v4', mode: 'live' } });
    const copy = tested(bench(), { ...found, CONCUR_PLACE: 'https://us-impl.api.concursolutions.com' });
    expect(copy).toMatchObject({ value: { mode: 'sandbox' } });
  });

  it('proves the older service without keeping anything there', () => {
    const one = bench('user', V1);
    people.withholdConcurReceiptsV4(one.state);
    expect([tested(one), one.state.images]).toEqual([
      { value: { name: 'the company in us2, image v1', mode: 'live' } },
      [],
    ]);
  });

  it('fails where v4 is not open to the application, and says what to choose', () => {
    const one = bench();
    people.withholdConcurReceiptsV4(one.state);
    expect(tested(one)).toMatchObject({ fault: { fault: 'auth' } });
    expect(tested(one, { CONCUR_SCOPES: 'openid IMAGE' })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('choose image v1') },
    });
  });

  it('fails for a company at the older service', () => {
    expect(tested(bench('company', V1))).toMatchObject({ fault: { fault: 'auth' } });
  });
});
