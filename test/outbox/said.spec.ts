/** What messages say that are leaving, kept in properties of 9 KB: all of it comes back, and what is foreign does no harm. */
import fc from 'fast-check';
import { key } from '../../src/domain/values';
import { noteSaid, saidBefore } from '../../src/outbox/said';
import type { Try } from '../../src/outbox/tries';
import { nodeApp } from '../bench/node-host';
import { bare } from '../worlds';

const app = nodeApp(bare('2026-12-01'), 'said', 0);
const store = app.host.userStore;
const note = (said: readonly (readonly [string, Try])[]): void =>
  noteSaid(
    app,
    store.all(),
    said.map(([name, made]) => [key(name), made] as const),
  );
const kept = () => [...saidBefore(store.all())];

it('comes back as it was, in properties that Google takes', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 400 });
  const made = fc.record({ content: fc.string({ maxLength: 64 }), words });
  const names = fc.string({ minLength: 1, maxLength: 60 }).filter((name) => name.trim() !== '');
  const all = fc.uniqueArray(fc.tuple(names, made), { maxLength: 80, selector: ([name]) => name });
  fc.assert(
    fc.property(all, (said) => {
      note(said);
      expect(kept()).toEqual(said);
      for (const text of Object.values(store.all())) expect(Buffer.byteLength(text)).toBeLessThan(9 * 1024);
    }),
    { numRuns: 60 },
  );
});

it('is forgotten with what leaves next', () => {
  note(Array.from({ length: 200 }, (_, at) => [`sms:late:${at}`, { content: 'c', words: 'w'.repeat(160) }] as const));
  expect(kept()).toHaveLength(200);
  note([['sms:late:L-1', { content: 'd' }]]);
  expect(kept()).toEqual([['sms:late:L-1', { content: 'd' }]]);
});

it('has a measure: more than all properties hold is not noted', () => {
  note(Array.from({ length: 300 }, (_, at) => [`sms:late:${at}`, { content: 'c', words: 'é'.repeat(1600) }] as const));
  const bytes = Object.values(store.all()).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThan(300_000);
  expect(kept().length).toBeGreaterThan(10);
});

it.each(['', 'x', '{"a":1}', '[1,[2]]', '[["k",null]]', '[["k",{"content":1}]]'])(
  'is nothing where it reads %s',
  (text) => {
    expect([...saidBefore({ 'said:0': text, other: '[["k",{"content":"c"}]]' })]).toEqual([]);
  },
);
