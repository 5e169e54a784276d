/** What never may reach a log, a cell or a person: secrets and account numbers. */
import fc from 'fast-check';
import { isLuhn } from '../../src/http/numbers';
import { maskMemo, redact } from '../../src/http/redact';

/** Made at run time, so that no scanner takes the test itself for a leak. */
const made = (...parts: string[]): string => parts.join('');
const word = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'),
    minLength: length,
    maxLength: 40,
  });
const prose = fc.constantFrom('', 'rent for unit 4B ', 'Invalid key: ', '(see ', 'error="');

describe('secrets in messages', () => {
  it.each([
    ['a Stripe secret key', made('sk', '_live_', 'AbCdEf123456789')],
    ['a Stripe restricted key', made('rk', '_test_', 'AbCdEf123456789')],
    ['a webhook secret', made('wh', 'sec_', 'AbCdEf123456789')],
    ['a Slack bot token', made('xo', 'xb-', '123456789012-abcdefGHIJK')],
    ['a Slack configuration token', made('xo', 'xe.xoxp-', '1-abcdefGHIJK')],
    ['a Square access token', made('EA', 'AA', 'lAbCdEf123456789-_xyz')],
    ['a Google key', made('AI', 'za', 'SyA1234567890abcdefghij')],
    ['a bearer token', 'Bearer AbCdEf.123-456_789~x+y/z='],
    ['a client secret', made('pi_3Abc', '_secret_', 'XyZ987654321')],
    ['a JSON web token', made('ey', 'JhbGciOi', '.eyJzdWIiOjF9.c2lnbmF0dXJl')],
  ])('hides %s', (_, secret) => {
    const tail = secret.slice(-9);
    expect(redact(`the vendor echoed ${secret} back`)).not.toContain(tail);
    expect(redact(secret)).not.toContain(tail);
  });

  it('hides the address of a Slack webhook', () => {
    expect(redact('POST https://hooks.slack.com/services/T0/B0/abcDEF123 failed')).toBe(
      'POST hooks'.replace('hooks', 'https://hooks.slack.com/[redacted] failed'),
    );
  });

  it('hides the query of an address, whole or bare', () => {
    expect(redact('Request failed for https://api.example.com/v1/x?apikey=abc123&q=ann@example.com returned 500')).toBe(
      'Request failed for https://api.example.com/v1/x?[redacted] returned 500',
    );
    expect(redact('GET /v1/x?token=abc123 failed')).toBe('GET /v1/x?[redacted] failed');
    expect(redact('https://ann:hunter22@api.example.com/x')).not.toContain('hunter22');
  });

  it('hides an echoed Authorization header and named values', () => {
    expect(redact('{"headers":{"Authorization":"Basic YW5uOmh1bnRlcjI="}}')).not.toContain('YW5uOmh1bnRlcjI');
    expect(redact('authorization: Token abcdef')).not.toContain('abcdef');
    expect(redact('{"client_secret":"s3cr3tvalue","password":"hunter22"}')).not.toMatch(/s3cr3tvalue|hunter22/);
  });

  it('leaves plain words alone', () => {
    const plain = 'basic rent increase: the bearer of this note paid 1,200.00 on 2026-12-01 for L-104';
    expect(redact(plain)).toBe(plain);
  });

  it('hides keys wherever they stand, for any key', () => {
    const prefix = fc.constantFrom('sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_', 'xoxb-', 'xoxp-', 'AIza');
    fc.assert(
      fc.property(
        prose,
        prefix,
        word(12),
        fc.constantFrom('', ' ', '"', ')', ', next'),
        (before, kind, secret, after) => {
          expect(redact(before + kind + secret + after)).not.toContain(secret);
        },
      ),
    );
  });

  it('hides bearer and basic credentials for any value', () => {
    fc.assert(
      fc.property(prose, fc.constantFrom('Bearer', 'bearer', 'BEARER'), word(8), (before, scheme, secret) => {
        expect(redact(`${before}${scheme} ${secret}`)).not.toContain(secret);
      }),
    );
    fc.assert(
      fc.property(word(8), word(8), (user, password) => {
        const pair = Buffer.from(`${user}:${password}`).toString('base64');
        expect(redact(`sent Authorization: Basic ${pair} to them`)).not.toContain(pair.replace(/=+$/, ''));
      }),
    );
  });

  it('is at most 300 characters on one line, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), (text) => {
        const once = redact(text);
        expect(once.length).toBeLessThanOrEqual(300);
        expect(once).not.toMatch(/[\r\n\u2028]/);
        expect(redact(once)).toBe(once);
      }),
    );
  });

  it('does not stall on a hostile body', () => {
    const started = Date.now();
    for (const piece of ['4 ', 'eyJ', '?a=', 'https://', 'DE89 ', 'a_secret_', '1-', 'token='])
      redact(piece.repeat(500_000));
    expect(Date.now() - started).toBeLessThan(1500);
  });
});

/** A number of the given length whose last digit makes it pass Luhn. */
function withCheckDigit(digits: string): string {
  for (let check = 0; check < 10; check++) if (isLuhn(digits + check)) return digits + check;
  throw new Error('no check digit fits');
}

const digitsOf = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''));
const cardNumber = fc
  .tuple(fc.constantFrom('4', '5', '37', '6'), digitsOf(11, 15))
  .map(([start, rest]) => withCheckDigit(start + rest));

describe('account numbers in memos', () => {
  it.each(['4242 4242 4242 4242', '4242-4242-4242-4242', '4242424242424242', '4242 – 4242 – 4242 – 4242'])(
    'masks the card %s',
    (card) => {
      expect(maskMemo(`rent ${card} for December`)).toBe('rent [card …4242] for December');
    },
  );

  it('keeps a 16-digit invoice number that fails Luhn', () => {
    expect(maskMemo('invoice 4242424242424241 and 1234 5678 9012 3456')).toBe(
      'invoice 4242424242424241 and 1234 5678 9012 3456',
    );
  });

  it('finds a card beside other digits', () => {
    expect(maskMemo('unit 12 4242 4242 4242 4242')).not.toMatch(/4242 4242/);
  });

  it('masks an IBAN with its kind and keeps the words after it', () => {
    expect(maskMemo('from DE89 3704 0044 0532 0130 00 rent')).toBe('from [IBAN …3000] rent');
    expect(maskMemo('gb82west12345698765432')).toBe('[IBAN …5432]');
    expect(maskMemo('DE88 3704 0044 0532 0130 00')).toBe('DE88 3704 0044 0532 0130 00');
  });

  it('masks a US routing and account pair in either order', () => {
    expect(maskMemo('rtn 110000000 account 000123456789')).toBe('rtn [routing …0000] account [account …6789]');
    expect(maskMemo('acct 000123456789, rtn 021000021')).toBe('acct [account …6789], rtn [routing …0021]');
    expect(maskMemo('rtn 021000021 account 4711')).toBe('rtn [routing …0021] account [account …4711]');
  });

  it('keeps a routing number that stands alone', () => {
    expect(maskMemo('ref 021000021 paid 2026')).toBe('ref 021000021 paid 2026');
  });

  it('masks a social security number', () => {
    expect(maskMemo('ssn 123-45-6789 ok')).toBe('ssn [SSN …6789] ok');
    expect(maskMemo('my SSN: 123456789')).toBe('my SSN: [SSN …6789]');
    expect(maskMemo('phone 555-123-4567')).toBe('phone 555-123-4567');
  });

  it('leaves no Luhn-valid number readable, however it is grouped', () => {
    const gap = fc.constantFrom('', ' ', '-', '\u00a0', ' - ');
    fc.assert(
      fc.property(
        cardNumber,
        fc.integer({ min: 3, max: 7 }),
        gap,
        fc.constantFrom('', 'rent ', 'Apt B: '),
        (card, size, between, before) => {
          const groups = card.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? [];
          const memo = maskMemo(`${before}${groups.join(between)} thanks`);
          expect(memo.replace(/\D/g, '').length).toBeLessThanOrEqual(8);
          expect(memo.startsWith(before)).toBe(true);
          expect(memo.endsWith(' thanks')).toBe(true);
        },
      ),
    );
  });

  it('keeps every number of 13 to 19 digits that fails Luhn', () => {
    fc.assert(
      fc.property(digitsOf(13, 19), (digits) => {
        fc.pre(!isLuhn(digits));
        expect(maskMemo(`invoice ${digits}`)).toBe(`invoice ${digits}`);
      }),
    );
  });
});
