/** Laws of tellings, over months by chance: the last word is true, linked leases alone where so said, and to each the same. */
import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar';
import type { LeaseStatus } from '../../src/domain/status';
import { type Listener, standingsToTell } from '../../src/domain/telling';
import { leaseId } from '../../src/domain/values';
import { lived, lives } from './telling-lives';
import { bookIn, dayOf, type Ear, eventsIn, listening } from './telling-world';

const SHEETS: Listener = { platform: 'google-sheets', tells: { standing: 'all leases', receipt: 'all leases' } };
const EVENTS: Listener = { platform: 'azure-logic-apps', tells: { event: 'all leases' } };
const toldTo = ({ told }: Ear, platform: string, kind = '') =>
  told.filter(({ intent }) => intent.channel === platform && intent.kind.startsWith(kind));

const TWO = ['L-1 rent 1000.00 fee 50.00', 'L-2 rent 400.00 fee 20.00'];

it('after every day a platform knows how each lease stands, and each thing has come to it under a key of its own', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(listening(TWO, [SHEETS]), life);
      dayOf(ear, addDays(ear.world.today, 1));
      for (const id of ['L-1', 'L-2']) {
        const last = toldTo(ear, 'google-sheets', 'standing')
          .filter(({ intent }) => intent.lease === id)
          .pop();
        const fresh = standingsToTell(
          bookIn(ear),
          { id: 'r', by: 't', now: last?.intent.notBefore ?? (0 as never) },
          [],
          () => true,
        );
        const now = fresh.find((intent) => intent.lease === id)?.payload as unknown as LeaseStatus | undefined;
        const known = last?.intent.payload as unknown as LeaseStatus;
        expect([known.standing, known.balanceCents, known.processingCents]).toEqual([
          now?.standing,
          now?.balanceCents,
          now?.processingCents,
        ]);
      }
      expect(new Set(ear.told.map(({ intent }) => intent.key)).size).toBe(ear.told.length);
    }),
    { numRuns: 60 },
  );
});

it('a platform that is told only of linked leases never hears of another', () => {
  fc.assert(
    fc.property(lives, fc.subarray(['L-1', 'L-2']), (life, linked) => {
      const ear = listening(TWO, [
        {
          platform: 'sap-concur',
          tells: { receipt: 'linked leases', standing: 'linked leases', event: 'linked leases' },
        },
      ]);
      for (const id of linked)
        ear.world.links.push({ row: 2, lease: leaseId(id), platform: 'sap-concur', kind: 'customer', externalId: id });
      lived(ear, life);
      expect(ear.told.every(({ intent }) => linked.includes(String(intent.lease)))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('two listeners are told the same events, each once', () => {
  const other: Listener = { platform: 'other', tells: { event: 'all leases' } };
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(listening(TWO, [EVENTS, other]), life);
      const ids = (platform: string) =>
        toldTo(ear, platform, 'event').map(({ intent }) => (intent.payload as { readonly id?: string }).id);
      expect(ids('other')).toEqual(ids('azure-logic-apps'));
      expect(eventsIn(ear).length).toBe(2 * ids('other').length);
    }),
    { numRuns: 40 },
  );
});
