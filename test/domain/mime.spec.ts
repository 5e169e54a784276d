/** Raw mail, read back by an independent parser. */
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import {
  type Address,
  buildMail,
  encodeHeader,
  headerText,
  type MailParts,
  mailDate,
  parseAddress,
} from '../../src/domain/mime';
import { instant } from '../../src/domain/values';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return parsed.address;
}

const mail = (over: Partial<MailParts> = {}): MailParts => ({
  from: address('rent@landlord.example'),
  fromName: 'Elm Court',
  to: address('maria@example.com'),
  subject: 'Rent is due',
  text: 'Hello',
  html: '<p>Hello</p>',
  headers: { messageIdRef: 'email:late:L-104:2026-12' },
  date: instant(Date.UTC(2026, 11, 1, 8, 5, 9)),
  ...over,
});

const headerLines = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n');
const header = (parsed: { headers: { key: string; value: string }[] }, key: string) =>
  parsed.headers.filter((each) => each.key === key).map((each) => each.value);
const lines = (text: string | undefined) => (text ?? '').replace(/\r\n/g, '\n').replace(/\n+$/, '');

describe('a built mail', () => {
  it('is read back with the same people, subject and bodies', async () => {
    const raw = buildMail(
      mail({
        fromName: 'Verwaltung Müller "Süd"',
        to: [address('maria@example.com'), address('"j, doe"@example.com')],
        replyTo: address('office@landlord.example'),
        subject: 'Miete fällig: 1.250,00 €',
        text: 'Grüße\n\n.\nFrom here = there   \n',
        html: '<p lang="de">Grüße 😀</p>',
      }),
    );
    const parsed = await PostalMime.parse(raw);
    expect(parsed.from).toEqual({ name: 'Verwaltung Müller "Süd"', address: 'rent@landlord.example' });
    expect(parsed.to?.map((each) => each.address)).toEqual(['maria@example.com', expect.stringContaining('j, doe')]);
    expect(parsed.replyTo?.[0]?.address).toBe('office@landlord.example');
    expect(parsed.subject).toBe('Miete fällig: 1.250,00 €');
    expect(lines(parsed.text)).toBe('Grüße\n\n.\nFrom here = there   ');
    expect(lines(parsed.html)).toBe('<p lang="de">Grüße 😀</p>');
    expect(parsed.date).toBe('2026-12-01T08:05:09.000Z');
    expect(parsed.attachments).toEqual([]);
  });

  it('uses CRLF only, ASCII only, and short lines', () => {
    const raw = buildMail(mail({ subject: 'é'.repeat(300), text: 'ü\n'.repeat(50), fromName: '名'.repeat(80) }));
    expect(raw).toMatch(/^[\r\n\t -~]*$/);
    expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  it('lets Gmail write the sender when none is given', async () => {
    const parsed = await PostalMime.parse(buildMail(mail({ from: undefined })));
    expect(parsed.from).toBeUndefined();
    expect(parsed.messageId).toBeUndefined();
    expect(parsed.subject).toBe('Rent is due');
  });

  it('carries the key, a message id that follows from it, and the thread', async () => {
    const headers = {
      messageIdRef: 'email:late:L-104:2026-12',
      inReplyTo: 'abc@mail.gmail.com',
      references: ['<one@mail.gmail.com>', 'abc@mail.gmail.com'],
    };
    const parsed = await PostalMime.parse(buildMail(mail({ headers })));
    const again = await PostalMime.parse(buildMail(mail({ headers, subject: 'other' })));
    expect(header(parsed, 'x-rent-ledger-key')).toEqual(['email:late:L-104:2026-12']);
    expect(parsed.messageId).toMatch(/^<rent-ledger\.[\w-]+@landlord\.example>$/);
    expect(again.messageId).toBe(parsed.messageId);
    expect(parsed.inReplyTo).toBe('<abc@mail.gmail.com>');
    expect(header(parsed, 'references')).toEqual(['<one@mail.gmail.com> <abc@mail.gmail.com>']);
  });

  it('offers both ways to unsubscribe and one click only with https', async () => {
    const mailto = address('stop@landlord.example');
    const https = 'https://script.google.com/macros/s/x/exec?k=ü>1';
    const both = await PostalMime.parse(
      buildMail(mail({ headers: { messageIdRef: 'k', listUnsubscribe: { mailto, https } } })),
    );
    expect(header(both, 'list-unsubscribe')).toEqual([
      '<mailto:stop@landlord.example?subject=unsubscribe>, <https://script.google.com/macros/s/x/exec?k=%C3%BC%3E1>',
    ]);
    expect(header(both, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    const one = await PostalMime.parse(
      buildMail(mail({ headers: { messageIdRef: 'k', listUnsubscribe: { mailto } } })),
    );
    expect(header(one, 'list-unsubscribe-post')).toEqual([]);
    const none = await PostalMime.parse(
      buildMail(mail({ headers: { messageIdRef: 'k', listUnsubscribe: { https: 'http://plain.example' } } })),
    );
    expect(header(none, 'list-unsubscribe')).toEqual([]);
  });
});

describe('hostile header text', () => {
  const attack = 'Bob\r\nBcc: all@evil.example\r\n\r\n<script>';

  it('adds no recipient, no header and no body wherever it stands', async () => {
    const raw = buildMail(
      mail({
        fromName: attack,
        subject: attack,
        headers: {
          messageIdRef: attack,
          inReplyTo: attack,
          references: [attack],
          listUnsubscribe: { https: `https://x${attack}` },
        },
      }),
    );
    const parsed = await PostalMime.parse(raw);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.cc).toBeUndefined();
    expect(parsed.to).toHaveLength(1);
    expect(headerLines(raw).filter((line) => /^bcc/i.test(line))).toEqual([]);
    expect(lines(parsed.text)).toBe('Hello');
    expect(parsed.from?.address).toBe('rent@landlord.example');
  });

  it('cannot smuggle an encoded word', async () => {
    const subject = '=?utf-8?Q?x=0D=0ABcc:_a@evil.example?=';
    const parsed = await PostalMime.parse(buildMail(mail({ subject })));
    expect(parsed.subject).toBe(subject);
  });

  it('cannot end the mail with its boundary', async () => {
    const own = /boundary="([^"]+)"/.exec(buildMail(mail()))?.[1] ?? '';
    const parsed = await PostalMime.parse(buildMail(mail({ text: `a\n--${own}--\nb` })));
    expect(lines(parsed.text)).toBe(`a\n--${own}--\nb`);
  });
});

describe('RFC 2047', () => {
  it('brings any subject through, in words of at most 75 characters', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 250 }),
      fc.string({ unit: 'grapheme', maxLength: 250 }),
      fc.string({ maxLength: 250 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (subject) => {
        const raw = buildMail(mail({ subject }));
        const parsed = await PostalMime.parse(raw);
        expect(parsed.subject ?? '').toBe(headerText(subject));
        for (const line of headerLines(raw)) expect(line.length).toBeLessThanOrEqual(78);
        for (const word of raw.match(/=\?UTF-8\?B\?[^?]*\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
      }),
      { numRuns: 200 },
    );
  });

  it('never cuts a character in two', () => {
    for (const word of encodeHeader('Subject', '😀é'.repeat(60)).split('\r\n ')) {
      const bytes = Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64');
      expect(bytes.toString('utf8')).not.toContain('\ufffd');
    }
  });

  it('leaves short ASCII readable', () => {
    expect(encodeHeader('Subject', 'Rent is due')).toBe('Rent is due');
  });
});

describe('the date of a mail', () => {
  it('is written in UTC as RFC 5322 has it', () => {
    expect(mailDate(instant(Date.UTC(2026, 11, 1, 8, 5, 9)))).toBe('Tue, 01 Dec 2026 08:05:09 +0000');
  });
});
