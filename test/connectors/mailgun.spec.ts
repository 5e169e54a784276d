/** What is particular to Mailgun: many letters in one call, repeats that look first, keys, regions, and its errors. */
import fc from 'fast-check';
import * as people from '../../local/vendors/mailgun/people';
import { API_KEY, EU_DOMAIN, SENDING_KEY, TEST_DOMAIN, US_DOMAIN } from '../../local/vendors/mailgun/state';
import { mailgun } from '../../src/connectors/mailgun';
import { mailgunFault } from '../../src/connectors/mailgun/api';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import { ACCOUNT, ADA, BOB, HOUR, IN_EUROPE, KEYS, letter, MailgunBench, MINUTE } from './mailgun-rig';

const keyOf = (header = ''): string =>
  Buffer.from(header.replace(/^Basic /, ''), 'base64')
    .toString()
    .slice(4);
const mailOf = (one: MailgunBench, address: string) => people.inbox(one.state, address, one.nowMs + MINUTE);

describe('one letter', () => {
  it('leaves with the sending key, from the name of the property, with its own words', () => {
    const one = new MailgunBench();
    const value = `${refOf(key('mail:1'))} `;
    expect(one.send('mail:1')).toEqual({
      value: expect.stringMatching(`^${value}2026120215\\d+\\.\\w+@${US_DOMAIN}$`),
    });
    const [request] = one.sent;
    expect([request?.method, request?.url, one.sent.length]).toEqual([
      'POST',
      `https://api.mailgun.net/v3/${US_DOMAIN}/messages`,
      1,
    ]);
    expect(mailOf(one, ADA)).toMatchObject([
      {
        from: '"Maple Street Rentals" <rent@maple.example>',
        subject: 'Rent is late',
        text: 'You owe 1,200.00.',
        html: '<p>You owe <b>1,200.00</b>.</p>',
        tags: ['rentledger', 'late-1'],
        variables: { ref: refOf(key('mail:1')) },
        headers: {
          'Reply-To': 'office@maple.example',
          'Auto-Submitted': 'auto-generated',
          'List-Unsubscribe': '<mailto:office@maple.example?subject=unsubscribe>',
        },
        isTest: false,
      },
    ]);
  });

  it('goes to each resident of a lease by themselves', () => {
    const one = new MailgunBench();
    one.send('mail:1', letter({ to: [ADA, BOB] }));
    for (const address of [ADA, BOB])
      expect(mailOf(one, address)).toMatchObject([{ to: address, text: 'You owe 1,200.00.' }]);
    expect(one.sent.length).toBe(1);
  });

  it('is given in test mode, and then delivered to nobody', () => {
    const one = new MailgunBench({ ...ACCOUNT, MAILGUN_TEST_MODE: 'yes' });
    one.send('mail:1');
    expect(mailOf(one, ADA)).toEqual([]);
    expect(one.state.mails[0]?.isTest).toBe(true);
  });

  it.each([
    ['a name with quotes and brackets', { fromName: 'The "Maple" <House>\r\nBcc: eve@evil.example' }],
    ['no name, no reply and a topic in another script', { fromName: '', replyTo: '', topic: '督促' }],
    ['only text', { html: '' }],
  ])('has no trouble with %s', (_, more) => {
    const one = new MailgunBench();
    expect(one.send('mail:1', letter(more))).toHaveProperty('value');
    const [mail] = mailOf(one, ADA);
    expect(mail?.from).toMatch(/^(?:"[^"<>\r\n]+" <rent@maple\.example>|rent@maple\.example)$/);
    expect(one.state.mails.length).toBe(1);
  });
});

describe('many letters', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => letter({ to: [`r${at}@home.example`], text: `You owe ${at}.00.` }));

  it('go in one call, each with its own text and its own reference', () => {
    const one = new MailgunBench();
    const refs = one.sendAll(many(250));
    expect(one.sent.length).toBe(1);
    expect(new Set(refs).size).toBe(250);
    for (const at of [0, 7, 249]) {
      expect(refs[at]).toMatch(new RegExp(`^${refOf(key(`mail:${at}`))} \\S+@${US_DOMAIN}$`));
      expect(mailOf(one, `r${at}@home.example`)).toMatchObject([
        { to: `r${at}@home.example`, text: `You owe ${at}.00.`, variables: { ref: refOf(key(`mail:${at}`)) } },
      ]);
    }
  });

  it('go in more calls where an address has several, where they are more than a thousand, or too long', () => {
    const twice = new MailgunBench();
    twice.sendAll([letter({ text: 'one' }), letter({ to: [ADA.toUpperCase()], text: 'two' }), letter({ to: [BOB] })]);
    expect(twice.sent.length).toBe(2);
    expect(
      mailOf(twice, ADA)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['one', 'two']);
    const crowd = new MailgunBench();
    crowd.sendAll(many(1001));
    expect([crowd.sent.length, crowd.state.mails.length]).toEqual([2, 1001]);
    const long = new MailgunBench();
    long.sendAll(many(5).map((each) => ({ ...each, html: 'x'.repeat(1_500_000) })));
    expect([long.sent.length, long.state.mails.length]).toEqual([3, 5]);
  });

  it('go one by one when their call was refused, so that only the wrong one fails', () => {
    const one = new MailgunBench();
    const letters = [...many(3), letter({ to: ['ada at home'] })];
    const came = one.sendAll(letters);
    expect(came.map((each) => typeof each)).toEqual(['string', 'string', 'string', 'object']);
    expect(came[3]).toMatchObject({ fault: 'rejected', message: expect.stringContaining('not a valid address') });
    expect(one.state.mails.length).toBe(3);
    expect(one.sent.length).toBe(5);
  });

  it('keep what left when a later call finds nobody', () => {
    const one = new MailgunBench();
    let at = 0;
    one.answer = (_request, reply) => (++at === 2 ? new Error('Address unavailable') : reply());
    const came = one.sendAll([letter({ text: 'one' }), letter({ text: 'two' })]);
    expect(came[0]).toMatch(refOf(key('mail:0')));
    expect(came[1]).toMatchObject({ fault: 'down' });
  });

  it('stop at a 429 and wait as long as its sentence says', () => {
    const one = new MailgunBench();
    people.holdSending(one.state, one.nowMs + 120_000);
    const came = one.sendAll([letter({ text: 'one' }), letter({ text: 'two' })]);
    expect(came).toMatchObject([
      { fault: 'busy', retryAfterSeconds: 120 },
      { fault: 'busy', retryAfterSeconds: 120 },
    ]);
    expect(one.state.mails).toEqual([]);
  });

  it('are put together by topic, sender and answer, and a repeat goes alone', () => {
    const one = new MailgunBench();
    const name = (more: Parameters<typeof letter>[0], attempt = 1) =>
      mailgun.effects?.mail?.batch?.together(one.context('mail:1', letter(more), { attempt }));
    expect(name({ to: [BOB], subject: 'Another', text: 'Other words' })).toBe(name({}));
    expect(
      new Set([{}, { topic: 'late-2' }, { fromName: 'Oak Court' }, { replyTo: '' }].map((each) => name(each))).size,
    ).toBe(4);
    expect(name({}, 2)).toBeUndefined();
  });

  it('keep every character of every letter, whatever it is', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    // Line ends of a form are its own, and a placeholder of Mailgun's would be filled.
    const plain = words.filter((text) => !/[\r\n]|%recipient/.test(text) && text.trim() !== '');
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 8 }), (texts) => {
        const one = new MailgunBench();
        one.sendAll(texts.map((text, at) => letter({ to: [`r${at}@home.example`], subject: text, text, html: text })));
        texts.forEach((text, at) => {
          expect(mailOf(one, `r${at}@home.example`)).toMatchObject([{ subject: text, text, html: text }]);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a repeat', () => {
  it('waits once before it sends, for what was taken may show late', () => {
    const one = new MailgunBench();
    people.slowEvents(one.state, 20 * MINUTE);
    one.answer = (_request, reply) => {
      reply();
      return new Error('Address unavailable');
    };
    expect(one.send('mail:1')).toMatchObject({ fault: { fault: 'down' } });
    one.answer = (_request, reply) => reply();
    one.nowMs += 10 * MINUTE;
    const second = one.send('mail:1', letter(), 2);
    expect(second).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 1200 } });
    one.nowMs += 20 * MINUTE;
    expect(one.send('mail:1', letter(), 3)).toEqual({ value: expect.stringContaining(refOf(key('mail:1'))) });
    expect(one.state.mails.length).toBe(1);
  });

  it('sends what Mailgun never had', () => {
    const one = new MailgunBench();
    one.answer = () => new Error('Address unavailable');
    one.send('mail:1');
    one.answer = (_request, reply) => reply();
    one.nowMs += 10 * MINUTE;
    expect(one.send('mail:1', letter(), 2)).toMatchObject({ fault: { fault: 'busy' } });
    one.nowMs += 20 * MINUTE;
    expect(one.send('mail:1', letter(), 3)).toHaveProperty('value');
    expect(one.state.mails.length).toBe(1);
  });

  it('finds a letter that went in a batch, and takes no other for it', () => {
    const one = new MailgunBench();
    const [first] = one.sendAll([letter(), letter({ to: [BOB] })]);
    one.send('another', letter());
    one.nowMs += HOUR;
    expect(one.send('mail:0', letter(), 2)).toEqual({ value: first });
    expect(one.send('mail:2', letter(), 2)).toMatchObject({ fault: { fault: 'busy' } });
    const [lookup] = one.sent.slice(-1);
    const query = new URL(lookup?.url ?? '').searchParams;
    expect([query.get('tags'), query.get('recipient'), query.get('ascending')]).toEqual(['rentledger', ADA, 'no']);
  });

  it('asks for an address with strange signs between quotes', () => {
    const one = new MailgunBench();
    const to = ["o'neil/2@home.example"];
    const first = one.send('mail:1', letter({ to }));
    one.nowMs += HOUR;
    expect(one.send('mail:1', letter({ to }), 2)).toEqual(first);
  });
});

describe('the connection', () => {
  const test = (account: typeof ACCOUNT, prepare: (one: MailgunBench) => void = () => undefined) => {
    const one = new MailgunBench(account);
    prepare(one);
    return one.run(mailgun.test!(account));
  };

  it.each([
    ['the domain', ACCOUNT, { name: US_DOMAIN, mode: 'live' }],
    ['the domain in Europe', IN_EUROPE, { name: EU_DOMAIN, mode: 'live' }],
    ['the domain typed carelessly', { ...ACCOUNT, MAILGUN_DOMAIN: ' MG.Maple.Example ' }, { name: US_DOMAIN }],
    ['test mode', { ...ACCOUNT, MAILGUN_TEST_MODE: 'yes' }, { mode: 'sandbox' }],
    ['a sandbox domain', { ...ACCOUNT, MAILGUN_DOMAIN: TEST_DOMAIN }, { mode: 'sandbox' }],
  ])('tells %s', (_, account, seen) => {
    expect(test(account)).toMatchObject({ value: seen });
  });

  it.each([
    ['another region', { ...ACCOUNT, MAILGUN_REGION: 'EU' }, 'auth', /not in this region/],
    ['a sender that is no address', { ...ACCOUNT, MAILGUN_FROM: 'Maple Street' }, 'rejected', /^From address: "Maple/],
  ])('says what is wrong with %s', (_, account, fault, message) => {
    expect(test(account)).toMatchObject({ fault: { fault, message: expect.stringMatching(message) } });
  });

  it('says that the domain is not verified, or disabled', () => {
    const unverified = test(ACCOUNT, (one) => people.verifyDomain(one.state, US_DOMAIN, false));
    expect(unverified).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/mg\.maple\.example \(unverified\)/) },
    });
    const disabled = test(ACCOUNT, (one) => {
      one.answer = (_request, reply) => {
        const given = reply();
        return { ...given, body: given.body.replace('"is_disabled":false', '"is_disabled":true') };
      };
    });
    expect(disabled).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/has disabled mg\.maple\.example/) },
    });
  });

  it('signs mail with the sending key where there is one, and all else with the account key', () => {
    const post = { method: 'POST', url: 'https://api.mailgun.net/v3/d/messages', headers: {} } as const;
    const get = { ...post, method: 'GET', url: 'https://api.mailgun.net/v3/d/events' } as const;
    const signed = (request: typeof post | typeof get, keys: Record<string, string>) =>
      keyOf(mailgun.sign(request, keys).headers.Authorization);
    expect([signed(post, KEYS), signed(get, KEYS)]).toEqual([SENDING_KEY, API_KEY]);
    expect(signed(post, { MAILGUN_API_KEY: API_KEY, MAILGUN_SENDING_KEY: '' })).toBe(API_KEY);
    expect(() => mailgun.sign(get, { MAILGUN_SENDING_KEY: SENDING_KEY })).toThrow('The Mailgun API key is missing');
  });

  it('puts the EU domain on the EU host', () => {
    const one = new MailgunBench(IN_EUROPE);
    one.credentials = { ...one.credentials, MAILGUN_SENDING_KEY: '' };
    expect(one.send('mail:1')).toHaveProperty('value');
    expect(one.sent[0]?.url).toBe(`https://api.eu.mailgun.net/v3/${EU_DOMAIN}/messages`);
  });

  it('sends a test mail that says from whom it comes', () => {
    const one = new MailgunBench();
    const { test: send } = mailgun.effects ?? {};
    const payload = { address: ' olivia@landlord.example ' };
    const context = { key: key('test:1'), payload, now: instant(one.nowMs), account: ACCOUNT, attempt: 1 };
    expect(one.run(send!.run(context))).toHaveProperty('value');
    expect(mailOf(one, 'olivia@landlord.example')).toMatchObject([{ from: 'rent@maple.example' }]);
    expect(one.run(send!.run({ ...context, payload: {} }))).toMatchObject({ fault: { fault: 'malformed' } });
    expect(mailgun.acts?.map((act) => [act.kind, act.asks?.name])).toEqual([['test', 'address']]);
  });
});

describe('an answer that is no good', () => {
  const reply = (status: number, body: string) => mailgunFault({ status, headers: {}, body });
  it.each([
    [401, 'Forbidden', { fault: 'auth', message: expect.stringContaining('Forbidden') }],
    [400, '{"message":"from parameter is missing"}', { fault: 'rejected', message: /from parameter is missing/ }],
    [402, '{"message":"Payment required"}', { fault: 'rejected', status: 402 }],
    [403, '{"message":"Domain d is not allowed to send: unverified"}', { fault: 'auth' }],
    [404, '{"message":"Domain not found: d"}', { fault: 'auth', message: /not in this region/ }],
    [404, '{"message":"Address not found in bounces table"}', { fault: 'missing' }],
    [413, '{"message":"too large"}', { fault: 'rejected' }],
    [429, '{"message":"limit exceeded, try again after 120 seconds"}', { fault: 'busy', retryAfterSeconds: 120 }],
    [429, '{"retry-seconds":60}', { fault: 'busy', retryAfterSeconds: 60 }],
    [429, '{"message":"slow down"}', { fault: 'busy' }],
    [500, '{"message":"Internal Server Error"}', { fault: 'down' }],
    [503, '<html>unavailable</html>', { fault: 'down', message: 'The platform failed (HTTP 503).' }],
  ])('%i %s', (status, body, fault) => {
    expect(reply(status, body)).toMatchObject(fault);
  });

  it('is none where it is good', () => {
    expect(reply(200, '{}')).toBeUndefined();
  });
});
