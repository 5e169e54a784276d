/** Laws of delivery news: its order, its pages and its repeats make no difference to the end. */
import fc from 'fast-check';
import type { OutboxRow } from '../../src/domain/book';
import { type DeliveryFact, decideDeliveries } from '../../src/domain/delivered';
import type { RunBook } from '../../src/domain/run-book';
import { at, bookWith, contact, leg, MAIL, RUN } from './messaging';

const BO = 'bo@example.com';
const mail = (state: string, minute: number, more: Partial<DeliveryFact> = {}): DeliveryFact => ({
  platform: 'mailgun',
  ref: 'email-1',
  address: MAIL,
  state,
  at: at(minute),
  detail: '',
  ...more,
});

const decide = (facts: readonly DeliveryFact[], outbox: readonly OutboxRow[], more: Partial<RunBook> = {}) =>
  decideDeliveries({ ...bookWith(), ...more, outbox }, RUN, facts);

/** The rows after some reads, each of them committed before the next. */
function told(rows: readonly OutboxRow[], ...reads: readonly (readonly DeliveryFact[])[]): readonly OutboxRow[] {
  return reads.reduce((outbox, facts) => {
    const news = new Map(decide(facts, outbox).outbox.map((row) => [row.key, row]));
    return outbox.map((row) => news.get(row.key) ?? row);
  }, rows);
}

const STATES = ['sent', 'delivered', 'failed', 'bounced', 'blocked', 'complained', 'opted out', 'unknown'] as const;

/** News of one mail at different moments, as a list in the order in which it happened. */
const newsOf = (addresses: readonly string[]) =>
  fc
    .uniqueArray(fc.nat(90), { maxLength: 7 })
    .chain((minutes) =>
      fc.tuple(
        ...[...minutes]
          .sort((a, b) => a - b)
          .map((minute) =>
            fc
              .record({ state: fc.constantFrom(...STATES), address: fc.constantFrom(...addresses) })
              .map(({ state, address }) => mail(state, minute, { address })),
          ),
      ),
    );

/** The same news in another order, some of it twice, in several reads. */
const reordered = (facts: readonly DeliveryFact[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length }),
      fc.subarray([...facts]),
      fc.array(fc.nat(3), { minLength: 14, maxLength: 14 }),
    )
    .map(([all, again, cuts]) => {
      const pages: DeliveryFact[][] = [[]];
      [...all, ...again].forEach((fact, index) => {
        if (cuts[index] === 0) pages.push([]);
        pages[pages.length - 1]?.push(fact);
      });
      return pages;
    });

const lostTo = (row: OutboxRow | undefined): readonly string[] =>
  (row?.delivery?.detail ?? '').split('\n').map((line) => line.split(' ')[0] ?? '');

it.each([
  ['one person', [MAIL], leg('email')],
  ['two people', [MAIL, BO], leg('email', { to: `${MAIL}, ${BO}` })],
] as const)(
  'news of a mail to %s comes to the same end in any order, read twice, on any pages',
  (_, addresses, row) => {
    const cases = newsOf(addresses).chain((facts) => fc.tuple(fc.constant(facts), reordered(facts)));
    fc.assert(
      fc.property(cases, ([facts, pages]) => {
        const inOrder = told([row], facts);
        const [one] = told([row], ...pages);
        expect(one?.delivery?.state).toBe(inOrder[0]?.delivery?.state);
        expect(lostTo(one)).toEqual(lostTo(inOrder[0]));
        expect(told([one ?? row], ...pages)).toEqual([one]);
      }),
      { numRuns: 500 },
    );
  },
);

it('news that is known changes nothing at all: no row, no address, no effect, no line', () => {
  fc.assert(
    fc.property(newsOf([MAIL]), (facts) => {
      const first = decide(facts, [leg('email')]);
      const rows = first.outbox.length > 0 ? first.outbox : [leg('email')];
      const again = decide(facts, rows, { contacts: first.contacts });
      expect([again.outbox, again.contacts, again.log, again.ended]).toEqual([[], [], [], []]);
    }),
  );
});

it('what was told of other messages and addresses leaves a message as it is', () => {
  const others = [leg('email', { vendorRef: 'email-2' }), leg('sms'), contact('sms', 'good')] as const;
  const came = decide([mail('bounced', 1)], [others[0], others[1]]);
  expect(came.outbox).toEqual([]);
});
