/** Form bodies and queries, against the platform's own parser. */
import fc from 'fast-check';
import { form, withQuery } from '../../src/http/encode';

describe('forms', () => {
  it('puts nested names in brackets, lists by index, clears with null and leaves undefined out', () => {
    const text = form({ a: 1, b: { c: true, d: ['x', { e: 'y z' }] }, gone: undefined, cleared: null, none: [] });
    expect([...new URLSearchParams(text)]).toEqual([
      ['a', '1'],
      ['b[c]', 'true'],
      ['b[d][0]', 'x'],
      ['b[d][1][e]', 'y z'],
      ['cleared', ''],
    ]);
    expect(text).not.toMatch(/[[\] ]/);
  });

  it('carries any text, half a surrogate pair included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(new URLSearchParams(form({ memo: text })).get('memo')).toBe(text);
      }),
    );
    expect(new URLSearchParams(form({ memo: 'a\ud800b' })).get('memo')).toBe('a\ufffdb');
  });

  it('adds a query only when there is one', () => {
    expect(withQuery('https://x.test/a', {})).toBe('https://x.test/a');
    expect(withQuery('https://x.test/a', { limit: 1 })).toBe('https://x.test/a?limit=1');
  });
});
