/** The Mailgun sandbox as a client meets it: mail and batches, the queue, who may what, and what is refused. */
import * as people from '../../local/vendors/mailgun/people';
import { EU_DOMAIN, SENDING_KEY, TEST_DOMAIN, US_DOMAIN } from '../../local/vendors/mailgun/state';
import { ADA, attachment, BOB, EU, MAIL, MailgunTalk, US, US_STORAGE } from './mailgun-talk';

const HOUR = 3_600_000;

describe('a message', () => {
  it.each(['post', 'postParts'] as const)('is queued and arrives, sent by %s', (how) => {
    const talk = new MailgunTalk();
    const { status, json } = talk[how]('messages', { ...MAIL, text: 'Grüße, résumé & 家賃' });
    expect([status, json.message]).toEqual([200, 'Queued. Thank you.']);
    expect(json.id).toMatch(/^<20261202150000\.[0-9a-f]{16}@mg\.maple\.example>$/);
    expect(people.inbox(talk.state, ADA, talk.nowMs)).toEqual([]);
    expect(people.inbox(talk.state, ADA, talk.nowMs + 5000)).toMatchObject([
      { subject: 'Rent is due', text: 'Grüße, résumé & 家賃', to: ADA },
    ]);
  });

  it('to several shows them all to each other', () => {
    const talk = new MailgunTalk();
    talk.mail({ to: [`"Park, Ada" <${ADA}>`, BOB], cc: ADA });
    talk.nowMs += 5000;
    const [mail, ...more] = people.inbox(talk.state, BOB, talk.nowMs);
    expect([mail?.to, more]).toEqual([`"Park, Ada" <${ADA}>, ${BOB}`, []]);
  });

  it('with recipient variables is one mail for each, who sees only themselves, under one id', () => {
    const talk = new MailgunTalk();
    const variables = { [ADA]: { due: '$1,200.00', ref: 'm-1' }, 'BOB@home.example': { due: '$900.00', ref: 'm-2' } };
    const { json } = talk.mail({
      to: `Ada <${ADA}>, ${BOB}`,
      subject: 'You owe %recipient.due%',
      text: 'Dear %recipient_email%, %recipient.due% and %recipient.nothing%.',
      'v:ref': '%recipient.ref%',
      'h:X-Ref': '%recipient.ref%',
      'recipient-variables': JSON.stringify(variables),
    });
    talk.nowMs += 5000;
    const mails = [ADA, BOB].flatMap((each) => people.inbox(talk.state, each, talk.nowMs));
    expect(mails).toMatchObject([
      { to: `Ada <${ADA}>`, subject: 'You owe $1,200.00', headers: { 'X-Ref': 'm-1' } },
      { to: BOB, subject: 'You owe $900.00', text: 'Dear bob@home.example, $900.00 and %recipient.nothing%.' },
    ]);
    const told = talk.events({ event: 'delivered' }).map((item) => [item.recipient, item['user-variables'].ref]);
    expect(told).toEqual([
      [ADA, 'm-1'],
      [BOB, 'm-2'],
    ]);
    expect(new Set(mails.map(({ messageId }) => `<${messageId}>`))).toEqual(new Set([json.id]));
  });

  it('carries a file in multipart, and is in test mode delivered to nobody', () => {
    const talk = new MailgunTalk();
    const file = attachment('attachment', 'lease.txt', 'twelve months');
    talk.postParts('messages', { ...MAIL, 'o:testmode': 'yes', 'o:tag': ['a', 'b'], 'h:Reply-To': BOB }, file);
    const [, delivered] = talk.events();
    expect(delivered).toMatchObject({ event: 'delivered', tags: ['a', 'b'], flags: { 'is-test-mode': true } });
    expect(delivered?.message.attachments).toEqual([{ filename: 'lease.txt', 'content-type': 'text/plain', size: 13 }]);
    expect(people.inbox(talk.state, ADA, talk.nowMs)).toEqual([]);
    expect(talk.state.mails[0]?.headers).toEqual({ 'Reply-To': BOB });
  });

  it('waits until its delivery time, and is dropped with the whole queue at its storage only', () => {
    const talk = new MailgunTalk();
    const later = new Date(talk.nowMs + 2 * HOUR).toUTCString();
    talk.mail({ 'o:deliverytime': later });
    talk.mail({ to: BOB, 'o:deliverytime': new Date(talk.nowMs + 5 * HOUR).toUTCString() });
    expect(talk.events()[0]?.message['scheduled-for']).toBe(later.replace('GMT', 'UTC'));
    talk.nowMs += 3 * HOUR;
    expect(talk.kinds()).toEqual(['accepted', 'accepted', 'delivered']);
    expect(talk.call('DELETE', `/v3/${US_DOMAIN}/envelopes`).status).toBe(404);
    expect(talk.call('DELETE', `https://storage-europe-west1.api.mailgun.net/v3/${US_DOMAIN}/envelopes`)).toMatchObject(
      {
        status: 404,
        json: { message: 'domain not found' },
      },
    );
    expect(talk.call('DELETE', `${US_STORAGE}/v3/${US_DOMAIN}/envelopes`).json).toEqual({ message: 'done' });
    talk.nowMs += 9 * HOUR;
    expect(people.inbox(talk.state, BOB, talk.nowMs)).toEqual([]);
  });
});

describe('who may what', () => {
  it('is a key for everything, or one that sends for its domain', () => {
    const talk = new MailgunTalk();
    talk.key = SENDING_KEY;
    expect(talk.mail().status).toBe(200);
    expect(talk.get('events', { ascending: 'yes' })).toMatchObject({ status: 401, body: 'Forbidden' });
    expect(talk.call('GET', `/v4/domains/${US_DOMAIN}`)).toMatchObject({
      status: 401,
      json: { message: 'Invalid private key' },
    });
    talk.domain = TEST_DOMAIN;
    expect(talk.mail()).toMatchObject({ status: 401, body: 'Forbidden' });
  });

  it.each([
    ['no key', { authorization: '' }],
    ['a guess', { authorization: `Basic ${Buffer.from('api:guess').toString('base64')}` }],
    ['another user', { authorization: `Basic ${Buffer.from('me:mg-key-rentledger').toString('base64')}` }],
    ['a bearer', { authorization: 'Bearer mg-key-rentledger' }],
  ])('is nobody with %s', (_, headers) => {
    const talk = new MailgunTalk();
    expect(talk.call('GET', `/v3/${US_DOMAIN}/bounces`, '', headers)).toMatchObject({ status: 401, body: 'Forbidden' });
  });

  it('is a domain of the region whose host is asked', () => {
    const talk = new MailgunTalk();
    talk.domain = EU_DOMAIN;
    expect(talk.mail()).toMatchObject({ status: 404, json: { message: `Domain not found: ${EU_DOMAIN}` } });
    talk.host = EU;
    expect(talk.mail().status).toBe(200);
    const [item] = talk.events();
    expect(item?.storage.url).toMatch(/^https:\/\/storage-europe-west1\.api\.mailgun\.net\//);
    expect(talk.get('events', { ascending: 'yes' }).json.paging.next).toMatch(`${EU}/v3/${EU_DOMAIN}/events/`);
    expect(talk.call('GET', `/v4/domains/${EU_DOMAIN}`).json.domain).toMatchObject({
      name: EU_DOMAIN,
      state: 'active',
    });
    expect(talk.call('GET', `/v4/domains/${US_DOMAIN}`).status).toBe(404);
  });

  it('is, for a sandbox domain, a recipient that is authorised', () => {
    const talk = new MailgunTalk();
    talk.domain = TEST_DOMAIN;
    people.authoriseRecipient(talk.state, TEST_DOMAIN, BOB);
    talk.mail({ to: [ADA, BOB] });
    expect(talk.events()).toMatchObject([
      { event: 'rejected', reject: { reason: expect.stringContaining('authorized recipients') } },
      { event: 'accepted', recipient: BOB },
      { event: 'delivered', recipient: BOB },
    ]);
  });

  it('is a domain that is verified, and an account that has not sent too much', () => {
    const talk = new MailgunTalk();
    people.verifyDomain(talk.state, US_DOMAIN, false);
    expect(talk.mail()).toMatchObject({ status: 403, json: { message: expect.stringContaining('unverified') } });
    expect(talk.call('GET', `/v4/domains/${US_DOMAIN}`).json.domain.state).toBe('unverified');
    people.verifyDomain(talk.state, US_DOMAIN, true);
    people.holdSending(talk.state, talk.nowMs + 120_000);
    expect(talk.mail()).toMatchObject({
      status: 429,
      json: { message: expect.stringMatching(/per-sec limit exceeded, try again after 120 seconds$/) },
    });
    talk.nowMs += 120_000;
    expect(talk.mail().status).toBe(200);
  });
});

describe('what is no message is refused', () => {
  const variables = (value: string) => ({ 'recipient-variables': value });
  it.each([
    ['without a sender', { from: '' }, 'from parameter is missing'],
    ['without a recipient', { to: '' }, 'to parameter is missing'],
    ['without a subject', { subject: '' }, 'subject parameter is missing'],
    ['without a body', { text: '' }, "Need at least one of 'text'"],
    ['to no address', { to: 'ada at home' }, 'to parameter is not a valid address'],
    ['from no address', { from: 'Maple <maple>' }, 'from parameter is not a valid address'],
    ['with a parameter that is none', { colour: 'red' }, 'unknown parameter colour'],
    ['with an option that is none', { 'o:testmood': 'yes' }, 'unknown parameter o:testmood'],
    ['in half a test mode', { 'o:testmode': 'no' }, 'o:testmode parameter must be one of yes'],
    ['with two subjects', { subject: ['a', 'b'] }, 'subject parameter is given more than once'],
    ['with too many tags', { 'o:tag': ['a', 'b', 'c', 'd'] }, 'at most 3 tags'],
    ['with a tag that is no ASCII', { 'o:tag': 'grün' }, 'not a valid tag'],
    ['for a time in seconds', { 'o:deliverytime': '1796223600' }, 'not a valid RFC 2822 date'],
    ['for next week', { 'o:deliverytime': 'Wed, 09 Dec 2026 15:00:00 +0000' }, 'more than 3 days ahead'],
    ['with variables that are no JSON', variables('{'), 'recipient-variables parameter is not a valid JSON'],
    ['with variables that are no dictionary', variables(`{"${ADA}":"x"}`), 'recipient-variables parameter'],
    ['with a header of two lines', { 'h:X-A': 'a\r\nBcc: eve@evil.example' }, 'not a valid header'],
    ['with a template of theirs', { template: 'rent' }, 'template not found'],
    ['with 16 KB of options', { 'v:note': 'x'.repeat(16_384) }, 'limited to 16KB total'],
  ])('%s', (_, more, message) => {
    const talk = new MailgunTalk();
    expect(talk.mail(more)).toMatchObject({ status: 400, json: { message: expect.stringContaining(message) } });
    expect(talk.state.mails).toEqual([]);
  });

  it('to more than a thousand, and larger than 25 MB', () => {
    const talk = new MailgunTalk();
    const to = Array.from({ length: 1001 }, (_, at) => `r${at}@home.example`);
    expect(talk.mail({ to }).status).toBe(400);
    expect(talk.mail({ to: to.slice(1), 'recipient-variables': '{}' }).status).toBe(200);
    expect(talk.state.mails.length).toBe(1000);
    const file = attachment('attachment', 'big.txt', 'x'.repeat(25 * 1024 * 1024));
    expect(talk.postParts('messages', MAIL, file).status).toBe(413);
  });

  it.each([
    ['JSON', 'application/json', JSON.stringify(MAIL), 415],
    ['a multipart body without its boundary', 'multipart/form-data', 'x', 400],
    ['a multipart body that is cut off', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form', 400],
    [
      'a file under another name',
      'multipart/form-data; boundary=boundaryOfTheTalk',
      attachment('lease', 'a', 'b'),
      400,
    ],
  ])('as %s', (_, type, body, status) => {
    const talk = new MailgunTalk();
    expect(talk.call('POST', `/v3/${US_DOMAIN}/messages`, body, { 'content-type': type }).status).toBe(status);
  });

  it.each([
    ['GET', `${US}/v3/${US_DOMAIN}/messages`, 405],
    ['POST', `${US}/v3/${US_DOMAIN}/events`, 405],
    ['PUT', `${US}/v3/${US_DOMAIN}/bounces`, 405],
    ['POST', `${US}/v3/${US_DOMAIN}/bounces/${ADA}`, 405],
    ['DELETE', `${US}/v4/domains/${US_DOMAIN}`, 405],
    ['GET', `${US_STORAGE}/v3/${US_DOMAIN}/envelopes`, 405],
    ['GET', `${US}/v3/${US_DOMAIN}/tags`, 404],
    ['GET', `${US}/v2/${US_DOMAIN}/events`, 404],
    ['GET', `${US}/v3/${US_DOMAIN}/bounces/a/b`, 404],
    ['GET', `${US_STORAGE}/v3/${US_DOMAIN}/events`, 404],
  ])('%s %s', (method, url, status) => {
    expect(new MailgunTalk().call(method, url).status).toBe(status);
  });
});
