import type { Entry } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { eventsOf, lateDebts, saysLate, type Turn } from '../../src/domain/events';
import { fold } from '../../src/domain/ledger';
import { cents } from '../../src/domain/money';
import { standingOf } from '../../src/domain/standing';
import { type Cents, key } from '../../src/domain/values';
import { LADDER, stateIn } from './small-world';
import { bookIn, type Ear, enter, eventLines, eventsIn, leaseIn, listening, pay, until } from './telling-world';

const story = (ear: Ear): string => `\n${eventLines(ear)}\n`;
const RENT = ['L-1 rent 1000.00'];
const WITH_FEE = ['L-1 rent 1000.00 fee 50.00'];

it('says of rungs after the grace, and of those days after the due date, that rent is late', () => {
  const rung = { ...LADDER[0], from: 'due' } as (typeof LADDER)[number];
  const ladder = [
    ...LADDER,
    { ...rung, name: 'three-days', days: 3 },
    { ...rung, name: 'welcome', from: 'signed', days: 3 } as const,
  ];
  expect(ladder.filter(({ name }) => saysLate({ ladder }, name)).map((each) => each.name)).toEqual([
    'late',
    'late-second',
    'final-notice',
    'three-days',
  ]);
  expect(saysLate({ ladder }, 'a rung that was taken out')).toBe(false);
});

describe('stories', () => {
  it('rent that comes in time is received and nothing else', () => {
    const ear = until(listening(RENT), '2026-12-03');
    pay(ear, 'stripe:p1 L-1 1000.00 pending');
    until(ear, '2026-12-05');
    pay(ear, 'stripe:p1 settled');
    expect(story(until(ear, '2026-12-20'))).toBe(`
2026-12-05 payment.received p1: 1000.00 of 0.00, paid
`);
  });

  it('rent that is late is told once, then each later step, and that it is over', () => {
    const ear = until(listening(RENT), '2026-12-24');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    expect(story(until(ear, '2026-12-31'))).toBe(`
2026-12-07 lease.late late: 1000.00 of 1000.00, late 6
2026-12-14 lease.escalated late-second: 1000.00 of 1000.00, late 13
2026-12-21 lease.escalated final-notice: 1000.00 of 1000.00, late 20
2026-12-24 payment.received p1: 1000.00 of 0.00, paid
2026-12-24 lease.resolved: 0.00 of 0.00, paid
`);
  });

  it('a late fee that is left keeps it open until it is paid as well', () => {
    const ear = until(listening(WITH_FEE), '2026-12-08');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    until(ear, '2026-12-10');
    pay(ear, 'stripe:p2 L-1 50.00 settled');
    expect(story(until(ear, '2026-12-31'))).toBe(`
2026-12-07 lease.late late: 1050.00 of 1050.00, late 6
2026-12-08 payment.received p1: 1000.00 of 50.00, grace 1
2026-12-10 payment.received p2: 50.00 of 0.00, paid
2026-12-10 lease.resolved: 0.00 of 0.00, paid
`);
  });

  it('what has fallen due since, and is in its grace, does not keep it open', () => {
    const ear = until(listening(RENT), '2027-01-03');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    until(ear, '2027-01-04');
    pay(ear, 'stripe:p2 L-1 1000.00 settled');
    expect(story(until(ear, '2027-01-20')).split('\n').slice(4).join('\n')).toBe(
      `2027-01-03 payment.received p1: 1000.00 of 1000.00, grace 2
2027-01-03 lease.resolved: 0.00 of 1000.00, grace 2
2027-01-04 payment.received p2: 1000.00 of 0.00, paid
`,
    );
  });

  it('a second month that becomes late is told by itself, and it is over when both are paid', () => {
    const ear = until(listening(RENT), '2027-01-08');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    until(ear, '2027-01-15');
    pay(ear, 'stripe:p2 L-1 1000.00 settled');
    expect(story(ear).split('\n').slice(4).join('\n')).toBe(
      `2027-01-07 lease.late late: 2000.00 of 2000.00, late 37
2027-01-08 payment.received p1: 1000.00 of 1000.00, late 7
2027-01-14 lease.escalated late-second: 1000.00 of 1000.00, late 13
2027-01-15 payment.received p2: 1000.00 of 0.00, paid
2027-01-15 lease.resolved: 0.00 of 0.00, paid
`,
    );
  });

  it('a payment that is returned after the end makes it late again: the next step goes on, and it ends once more', () => {
    const ear = until(listening(RENT), '2026-12-10');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    until(ear, '2026-12-12');
    pay(ear, 'stripe:p1 returned');
    until(ear, '2026-12-15');
    pay(ear, 'stripe:p2 L-1 1000.00 settled');
    expect(story(until(ear, '2026-12-31'))).toBe(`
2026-12-07 lease.late late: 1000.00 of 1000.00, late 6
2026-12-10 payment.received p1: 1000.00 of 0.00, paid
2026-12-10 lease.resolved: 0.00 of 0.00, paid
2026-12-12 payment.returned p1: 1000.00 of 1000.00, late 11
2026-12-14 lease.escalated late-second: 1000.00 of 1000.00, late 13
2026-12-15 payment.received p2: 1000.00 of 0.00, paid
2026-12-15 lease.resolved: 0.00 of 0.00, paid
`);
  });

  it('a dispute takes the money once, won or lost', () => {
    const dispute = (end: string) => {
      const ear = until(listening(RENT), '2026-12-02');
      pay(ear, 'stripe:p1 L-1 1000.00 settled');
      until(ear, '2026-12-05');
      pay(ear, 'stripe:p1 disputed');
      until(ear, '2026-12-20');
      pay(ear, `stripe:p1 ${end}`);
      return story(until(ear, '2026-12-20'));
    };
    const begun = `
2026-12-02 payment.received p1: 1000.00 of 0.00, paid
2026-12-05 payment.returned p1: 1000.00 of 1000.00, disputed 4
`;
    expect(dispute('won')).toBe(`${begun}2026-12-20 payment.received p1: 1000.00 of 0.00, paid\n`);
    expect(dispute('lost')).toBe(begun);
  });

  it('a payment that fails is told once, however often its platform tells it', () => {
    const ear = until(listening(RENT), '2026-12-02');
    pay(ear, 'stripe:p1 L-1 1000.00 pending');
    for (const on of ['2026-12-03', '2026-12-04']) {
      until(ear, on);
      pay(ear, 'stripe:p1 failed');
    }
    expect(story(ear)).toBe(`
2026-12-03 payment.failed p1: 1000.00 of 1000.00, grace 2
`);
  });

  it('what a person waives ends a lateness as a payment does', () => {
    const ear = until(listening(RENT), '2026-12-08');
    const items = [
      {
        charge: key('rent:L-1:2026-12'),
        amountCents: cents(100_000),
        due: day('2026-12-01'),
        type: 'rent',
        ofCents: cents(100_000),
      },
    ];
    enter(ear, leaseIn(ear), 'waive', { kind: 'credit', type: 'waiver', amountCents: cents(100_000), items });
    expect(story(ear)).toBe(`
2026-12-07 lease.late late: 1000.00 of 1000.00, late 6
2026-12-08 lease.resolved: 0.00 of 0.00, paid
`);
  });

  it('a due day that is moved ends it, and it begins again with the next step of the same debt', () => {
    const ear = until(listening(RENT), '2026-12-08');
    enter(ear, leaseIn(ear), 'move', {
      kind: 'due',
      about: key('rent:L-1:2026-12'),
      due: day('2026-12-20'),
      was: day('2026-12-01'),
    });
    until(ear, '2027-01-02');
    expect(story(ear)).toBe(`
2026-12-07 lease.late late: 1000.00 of 1000.00, late 6
2026-12-08 lease.resolved: 0.00 of 1000.00, paid
2027-01-02 lease.escalated late-second: 2000.00 of 2000.00, late 13
`);
  });
});

it('the same decision told again has the same ids, whenever that is', () => {
  const ear = until(listening(RENT), '2026-12-06');
  const lease = leaseIn(ear);
  const before = stateIn(ear.world, lease.id);
  const entry = {
    ...{ kind: 'rung', key: key('rung:late:L-1:2026-12'), lease: lease.id, property: lease.property, rung: 'late' },
    ...{
      about: key('rent:L-1:2026-12'),
      day: day('2026-12-07'),
      by: '',
      why: '',
      currency: ear.world.property.currency,
    },
  };
  const turn = (hour: number): Turn => {
    const now = instantOf(day('2026-12-07'), hour, 0, ear.world.property.zone);
    const rung = { ...entry, postedAt: now } as unknown as Entry;
    const facts = {
      lease,
      state: before,
      today: day('2026-12-07'),
      pendingCents: 0 as Cents,
      firstFeeDay: () => day('2026-12-07'),
    };
    return {
      book: bookIn(ear),
      lease,
      before,
      after: fold(before, rung),
      standing: standingOf(facts),
      entries: [rung],
      receipts: [],
      today: day('2026-12-07'),
      now,
    };
  };
  expect(eventsOf(turn(9)).map((event) => event.id)).toEqual(['lease.late:rung:late:L-1:2026-12']);
  expect(eventsOf(turn(9))).toEqual(eventsOf(turn(9)));
  expect(eventsOf(turn(21)).map((event) => event.id)).toEqual(eventsOf(turn(9)).map((event) => event.id));
});

it('a failed payment of which something else has changed is no news', () => {
  const ear = until(listening(RENT), '2026-12-02');
  pay(ear, 'stripe:p1 L-1 1000.00 failed');
  const [row] = [...ear.world.receipts.values()];
  const lease = leaseIn(ear);
  const state = stateIn(ear.world, lease.id);
  const facts = {
    lease,
    state,
    today: ear.world.today,
    pendingCents: 0 as Cents,
    firstFeeDay: () => day('2026-12-07'),
  };
  const turn = (receipts: Turn['receipts'], book = bookIn(ear)): Turn => ({
    ...{ book, lease, before: state, after: state, standing: standingOf(facts), entries: [], receipts },
    ...{ today: ear.world.today, now: instantOf(ear.world.today, 12, 0, ear.world.property.zone) },
  });
  const changed = row ? [{ ...row, feeCents: cents(35) }] : [];
  expect(changed).toHaveLength(1);
  expect(eventsOf(turn(changed))).toEqual([]);
  expect(eventsOf(turn(changed, { ...bookIn(ear), receipts: [] })).map((event) => event.id)).toEqual([
    'payment.failed:stripe:p1',
  ]);
});

describe('what a lease still owes of what it was told to be late with', () => {
  const owes = (ear: Ear): string =>
    lateDebts(bookIn(ear), stateIn(ear.world, leaseIn(ear).id), ear.world.today)
      .map((charge) => charge.key)
      .join(', ');

  it('is nothing before it was told, then the rent with its fee, then what is left', () => {
    const ear = until(listening(WITH_FEE), '2026-12-06');
    expect(owes(ear)).toBe('');
    until(ear, '2026-12-07');
    expect(owes(ear)).toBe('rent:L-1:2026-12, fee:rent:L-1:2026-12');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    expect(owes(ear)).toBe('fee:rent:L-1:2026-12');
    pay(ear, 'stripe:p2 L-1 50.00 settled');
    expect(owes(until(ear, '2027-01-03'))).toBe('');
    expect(owes(until(ear, '2027-01-07'))).toBe('rent:L-1:2027-01, fee:rent:L-1:2027-01');
  });

  it('is everything that had fallen due on the same day, whichever of it the step was about', () => {
    const ear = listening(RENT);
    const type = {
      row: 2,
      lease: leaseIn(ear).id,
      type: 'parking',
      amountCents: cents(8_000),
      from: day('2026-12-01'),
      every: 'period',
      memo: '',
    } as const;
    ear.world.terms.set(leaseIn(ear).id, [type]);
    until(ear, '2026-12-07');
    expect(owes(ear).split(', ')).toHaveLength(2);
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    expect(owes(ear)).not.toBe('');
    pay(ear, 'stripe:p2 L-1 80.00 settled');
    expect(eventsIn(ear).map(({ event }) => event.type)).toEqual([
      'lease.late',
      'payment.received',
      'payment.received',
      'lease.resolved',
    ]);
  });
});
