/** Laws of what others are told of a lease, over months by chance: once each, in order, to the end, and of nobody by name. */
import fc from 'fast-check';
import type { Entry } from '../../src/domain/book';
import { key } from '../../src/domain/values';
import { stateIn } from './small-world';
import { lived, lives } from './telling-lives';
import { balanceIn, type Ear, eventsIn, leaseIn, listening, pay } from './telling-world';

const late = (): Ear => listening(['L-1 rent 1000.00 fee 50.00']);

const rungsOf = ({ world }: Ear) =>
  new Map(world.journal.flatMap((each) => (each.kind === 'rung' ? [[each.key, each] as const] : [])));
const LATENESS = ['lease.late', 'lease.escalated', 'lease.resolved'];

it('ids are unique', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ids = eventsIn(lived(late(), life)).map(({ event }) => event.id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 100 },
  );
});

it('lease.late comes once for each debt, and before any lease.escalated about it', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(late(), life);
      const told = new Set<string>();
      const rungs = rungsOf(ear);
      for (const { event } of eventsIn(ear)) {
        const about = rungs.get(key(event.id.replace(/^lease\.(late|escalated):/, '')))?.about;
        if (event.type === 'lease.late') {
          expect(about !== undefined && !told.has(about)).toBe(true);
          told.add(String(about));
        }
        if (event.type === 'lease.escalated') expect(told.has(String(about))).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

it('lease.resolved comes only after the lease was told to be late, and once until it is late or money went back again', () => {
  fc.assert(
    fc.property(lives, (life) => {
      let isOpen = false;
      let wasLate = false;
      for (const { event } of eventsIn(lived(late(), life))) {
        if (event.type === 'lease.late' || event.type === 'lease.escalated') [isOpen, wasLate] = [true, true];
        if (event.type === 'payment.returned') isOpen = wasLate;
        if (event.type !== 'lease.resolved') continue;
        expect(isOpen).toBe(true);
        isOpen = false;
      }
    }),
    { numRuns: 150 },
  );
});

it('no end of a lateness is kept back: a lease that owes nothing was never told to be late, or that it is over', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(late(), life);
      if (balanceIn(ear) > 0) pay(ear, `stripe:all L-1 ${(balanceIn(ear) / 100).toFixed(2)} settled`);
      fc.pre(stateIn(ear.world, leaseIn(ear).id).charges.every((charge) => charge.openCents === 0));
      const last = eventsIn(ear)
        .filter(({ event }) => LATENESS.includes(event.type))
        .pop();
      expect(['lease.resolved', undefined]).toContain(last?.event.type);
    }),
    { numRuns: 150 },
  );
});

it('received less returned is what the ledger has of receipts', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(late(), life);
      const SIGNS: Readonly<Record<string, number>> = { 'payment.received': 1, 'payment.returned': -1 };
      const told = eventsIn(ear).reduce((all, { event }) => all + (SIGNS[event.type] ?? 0) * event.amountCents, 0);
      const moved = (entry: Entry): number =>
        entry.kind === 'receipt' || entry.kind === 'reinstatement'
          ? entry.amountCents
          : entry.kind === 'reversal'
            ? -entry.amountCents
            : 0;
      expect(told).toBe(ear.world.journal.reduce((all, entry) => all + moved(entry), 0));
    }),
    { numRuns: 100 },
  );
});

it('an event names no person', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(late(), life);
      const { residents, emails } = leaseIn(ear);
      for (const { event } of eventsIn(ear)) {
        expect(JSON.stringify(event)).not.toContain(residents);
        expect(JSON.stringify(event)).not.toContain(emails[0]);
      }
    }),
    { numRuns: 30 },
  );
});
