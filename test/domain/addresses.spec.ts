/** What people type into e-mail cells, and what may reach a header. */
import fc from 'fast-check';
import { parseAddress, parseAddressList } from '../../src/domain/addresses';

describe('one e-mail address', () => {
  it.each([
    ['maria@example.com', 'maria@example.com'],
    ['  Maria.Lopez+rent@Example.COM ', 'Maria.Lopez+rent@example.com'],
    ['"maria, lopez"@example.com', '"maria, lopez"@example.com'],
    ['"a\\"b"@example.com', '"a\\"b"@example.com'],
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ["o'neil@example.co.uk", "o'neil@example.co.uk"],
    ['x@例え。example', 'x@xn--r8jz45g.example'],
  ])('%s is taken as %s', (text, address) => {
    expect(parseAddress(text)).toEqual({ address });
  });

  it.each([
    [''],
    ['maria'],
    ['@example.com'],
    ['maria@'],
    ['maria@localhost'],
    ['maria@example'],
    ['maria@127.0.0.1'],
    ['maria@-bad.example'],
    ['maria@exa mple.com'],
    ['ma ria@example.com'],
    ['maria..lopez@example.com'],
    ['.maria@example.com'],
    ['Maria <maria@example.com>'],
    ['a@x.example,b@evil.example'],
    ['a@x.example;b@y.example'],
    ['a@b@example.com'],
    ['bob@example.com\r\nBcc: all@evil.example'],
    ['bob\nBcc@example.com'],
    ['bob\u202egro@example.com'],
    ['bob\u200b@example.com'],
    ['"unclosed@example.com'],
    [`${'a'.repeat(65)}@example.com`],
    [`a@${'b'.repeat(64)}.example`],
    [`a@${'b.'.repeat(158)}example`],
  ])('%j is refused with a reason', (text) => {
    const parsed = parseAddress(text);
    expect(parsed).not.toHaveProperty('address');
    expect((parsed as { reason: string }).reason.length).toBeLessThan(200);
    expect((parsed as { reason: string }).reason).not.toMatch(/[\r\n\u202e]/);
  });

  it('never holds anything but printable ASCII', () => {
    const character = fc.oneof(
      fc.constantFrom('a', '@', '.', '"', '\\', ',', ';', '\r', '\n', ' ', '<', '>', 'ü'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 30 }), (characters) => {
        const parsed = parseAddress(`a${characters.join('')}@example.com`);
        if ('address' in parsed) expect(parsed.address).toMatch(/^[ -~]+@[a-z0-9.-]+$/);
      }),
    );
  });
});

describe('the e-mail cell of a lease', () => {
  it('gives every resident an address', () => {
    expect(parseAddressList('a@x.example, b@Y.example;c@z.example\na@X.example')).toEqual({
      addresses: ['a@x.example', 'b@y.example', 'c@z.example'],
      reasons: [],
    });
  });

  it('keeps the good ones and says what is wrong with the others', () => {
    const { addresses, reasons } = parseAddressList('a@x.example; nobody, "b, c"@x.example');
    expect(addresses).toEqual(['a@x.example', '"b, c"@x.example']);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain('nobody');
  });

  it('is empty for an empty cell', () => {
    expect(parseAddressList(' , ')).toEqual({ addresses: [], reasons: [] });
  });
});
