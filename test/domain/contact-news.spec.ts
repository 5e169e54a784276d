/** What is learnt of an address: the resident's own word stands above all that networks tell, and only their next word takes it back. */
import fc from 'fast-check';
import type { OutboxRow } from '../../src/domain/book';
import { type ContactRow, type ContactState, contactName, isGood, shut } from '../../src/domain/contacts';
import { type DeliveryFact, decideDeliveries } from '../../src/domain/delivered';
import { type Instant, key } from '../../src/domain/values';
import { at, bookWith, contact, leg, PHONE, RUN } from './messaging';

const news = (state: string, minute: number, more: Partial<DeliveryFact> = {}): DeliveryFact => ({
  platform: 'twilio',
  address: PHONE,
  state,
  at: at(minute),
  detail: '',
  ...more,
});

interface Known {
  readonly outbox: readonly OutboxRow[];
  readonly contacts: readonly ContactRow[];
}

/** What is known after one read is committed. */
function read({ outbox, contacts }: Known, facts: readonly DeliveryFact[]): Known {
  const decided = decideDeliveries({ ...bookWith(), outbox, contacts }, RUN, facts);
  const rows = new Map(decided.outbox.map((row) => [row.key, row]));
  const learnt = new Set(decided.contacts.map((row) => contactName(row.kind, row.address)));
  return {
    outbox: outbox.map((row) => rows.get(row.key) ?? row),
    contacts: [...contacts.filter((row) => !learnt.has(contactName(row.kind, row.address))), ...decided.contacts],
  };
}

const ended = (contacts: readonly ContactRow[], ...reads: readonly (readonly DeliveryFact[])[]) =>
  reads.reduce(read, { outbox: [], contacts });
const stateOf = ({ contacts }: Known): ContactState | undefined => contacts[0]?.state;

describe('after one piece of news about a number', () => {
  const STATES = ['good', 'opted in', 'opted out', 'complained', 'bounced', 'blocked'] as const;
  const NEWS = ['delivered', 'failed', 'bounced', 'blocked', 'complained', 'opted out', 'opted in', 'unknown'];
  const line = (state: ContactState | undefined) =>
    NEWS.map((word) => {
      const known = state === undefined ? [] : [contact('sms', state, { since: at(0) })];
      return (stateOf(ended(known, [news(word, 1)])) ?? '-').padEnd(10);
    }).join(' | ');

  it('which was known to be in some state', () => {
    const head = `${'known'.padEnd(10)} || ${NEWS.map((word) => word.padEnd(10)).join(' | ')}`;
    const rows = [undefined, ...STATES].map((state) => `${(state ?? '-').padEnd(10)} || ${line(state)}`);
    expect(`\n${[head, ...rows].map((each) => each.trimEnd()).join('\n')}\n`).toBe(`
known      || delivered  | failed     | bounced    | blocked    | complained | opted out  | opted in   | unknown
-          || -          | -          | bounced    | blocked    | complained | opted out  | opted in   | -
good       || good       | good       | bounced    | blocked    | complained | opted out  | opted in   | good
opted in   || opted in   | opted in   | bounced    | blocked    | complained | opted out  | opted in   | opted in
opted out  || opted out  | opted out  | opted out  | opted out  | complained | opted out  | opted in   | opted out
complained || complained | complained | complained | complained | complained | opted out  | opted in   | complained
bounced    || good       | bounced    | bounced    | blocked    | complained | opted out  | opted in   | bounced
blocked    || good       | blocked    | bounced    | blocked    | complained | opted out  | opted in   | blocked
`);
  });

  it("that is older than what is known, and is a resident's word of which nobody knew", () => {
    const late = (known: ContactState, word: string, by = 'twilio') =>
      stateOf(ended([contact('sms', known, { since: at(9), by })], [news(word, 1)]));
    expect(late('bounced', 'opted out')).toBe('opted out');
    expect(late('good', 'opted out')).toBe('opted out');
    expect(late('good', 'opted out', 'manager@example.com')).toBe('opted out');
    expect(late('opted in', 'opted out')).toBe('opted in');
    expect(late('opted out', 'opted in')).toBe('opted out');
    expect(late('bounced', 'opted in')).toBe('bounced');
    expect(late('bounced', 'delivered')).toBe('bounced');
    expect(late('good', 'bounced')).toBe('good');
    expect(late('good', 'complained')).toBe('complained');
  });
});

describe('what a person has decided holds against the same news, read once more', () => {
  it.each([
    ['tried again in the sidebar after a bounce', 'bounced', at(5), 'manager@example.com', 'good'],
    ['tried again in the sidebar after a complaint', 'complained', at(5), 'manager@example.com', 'good'],
    ['"good" written beside a bounce on the tab', 'bounced', at(1), 'twilio', 'good'],
    ['"good" written beside an opt-out on the tab', 'opted out', at(1), 'twilio', 'good'],
  ] as const)('%s', (_, word, since, by, expected) => {
    const known = contact('sms', 'good', { since, by });
    expect(stateOf(ended([known], [news(word, 1)]))).toBe(expected);
  });

  it('but not against news of later', () => {
    for (const word of ['bounced', 'complained', 'opted out'])
      expect(stateOf(ended([contact('sms', 'good', { since: at(5), by: 'a@b.c' })], [news(word, 6)]))).toBe(word);
  });
});

it('a second STOP counts from its own moment, so that an older START is no answer to it', () => {
  const end = ended([], [news('opted out', 1)], [news('opted out', 9)], [news('opted in', 5)]);
  expect(stateOf(end)).toBe('opted out');
  expect(end.contacts[0]?.since).toBe(at(9));
});

it('of two words of one moment the refusal holds', () => {
  for (const words of [
    ['opted out', 'opted in'],
    ['opted in', 'opted out'],
  ])
    expect(stateOf(ended([], ...words.map((word) => [news(word, 1)])))).toBe('opted out');
});

it('older news of a bounce, read after something has arrived, shuts nothing', () => {
  const sent = leg('sms', { delivery: { state: 'delivered', at: at(5), detail: '' } });
  expect(read({ outbox: [sent], contacts: [] }, [news('bounced', 4)]).contacts).toEqual([]);
  expect(stateOf(read({ outbox: [sent], contacts: [] }, [news('bounced', 6)]))).toBe('bounced');
  const shared = leg('email', { to: `${PHONE}, x`, delivery: { state: 'delivered', at: at(5), detail: '' } });
  expect(stateOf(read({ outbox: [shared], contacts: [] }, [news('bounced', 4)]))).toBe('bounced');
});

// ---------------------------------------------------------------- laws

/** Five texts to the number, of each of which one end is told; and the answers of the resident. */
const TEXTS = [1, 2, 3, 4, 5].map((n) =>
  leg('sms', { row: n, key: key(`sms:late:L-1:${n}`), vendorRef: `SM${n}`, payload: {} }),
);
const ENDS = ['delivered', 'bounced', 'blocked', 'failed'];
const ANSWERS = ['opted out', 'opted in', 'complained'];

/** An end is told of a text, an answer of the number alone. */
const happened = (ends: readonly string[], answers: readonly string[]) =>
  fc.uniqueArray(fc.nat(200), { minLength: 2, maxLength: 10 }).chain((minutes) =>
    fc.tuple(
      ...minutes.map((minute, index) => {
        const ref = TEXTS[index]?.vendorRef;
        const words = [...(ref === undefined ? [] : ends), ...answers, ...(answers.length === 0 ? ['unknown'] : [])];
        return fc
          .constantFrom(...words)
          .map((word) => news(word, minute, ref !== undefined && ends.includes(word) ? { ref } : {}));
      }),
    ),
  );

/** The same in any order, some of it twice, in some reads. */
const reads = (facts: readonly DeliveryFact[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length }),
      fc.subarray([...facts]),
      fc.array(fc.nat(2), { minLength: 20, maxLength: 20 }),
    )
    .map(([all, again, cuts]) => {
      const pages: DeliveryFact[][] = [[]];
      [...all, ...again].forEach((fact, index) => {
        if (cuts[index] === 0) pages.push([]);
        pages[pages.length - 1]?.push(fact);
      });
      return pages;
    });

const BEGUN: Known = { outbox: TEXTS, contacts: [] };
const cases = (ends: readonly string[], answers: readonly string[]) =>
  happened(ends, answers).chain((facts) => fc.tuple(fc.constant(facts as readonly DeliveryFact[]), reads(facts)));

it('nothing is sent after a refusal that is the last word of the resident, whatever else was told and in which order', () => {
  fc.assert(
    fc.property(cases(ENDS, ANSWERS), ([facts, pages]) => {
      const words = facts.filter(({ state }) => ANSWERS.includes(state)).sort((a, b) => a.at - b.at);
      const last = words[words.length - 1];
      const { contacts } = pages.reduce(read, BEGUN);
      if (last && last.state !== 'opted in') expect(shut(contacts, 'sms', PHONE)).toBeDefined();
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['what networks tell', ENDS, []],
  ['what residents say', [], ANSWERS],
  ['refusals among what networks tell', ENDS, ['opted out', 'complained']],
] as const)('%s comes to the same end in any order, read twice, on any pages', (_, ends, answers) => {
  fc.assert(
    fc.property(cases(ends, answers), ([facts, pages]) => {
      const inOrder = stateOf(read(BEGUN, facts)) ?? 'good';
      const end = pages.reduce(read, BEGUN);
      expect(stateOf(end) ?? 'good').toBe(inOrder);
      const refused = ['opted out', 'complained'].includes(inOrder);
      expect(isGood(end.contacts[0])).toBe(inOrder === 'good' || inOrder === 'opted in');
      if (refused) expect(stateOf(pages.reduce(read, end))).toBe(inOrder);
    }),
    { numRuns: 500 },
  );
});

it('a delivery opens what a network has shut, and never what a resident has shut', () => {
  const state = fc.constantFrom<ContactState>('opted out', 'complained', 'bounced', 'blocked');
  fc.assert(
    fc.property(state, fc.integer({ min: -60, max: 60 }), (known, minute) => {
      const row = contact('sms', known, { since: at(0) as Instant });
      const end = read({ outbox: TEXTS, contacts: [row] }, [news('delivered', minute, { ref: 'SM1' })]);
      const opens = minute > 0 && (known === 'bounced' || known === 'blocked');
      expect(isGood(end.contacts[0])).toBe(opens);
    }),
  );
});
