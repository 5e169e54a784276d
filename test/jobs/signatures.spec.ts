/** Documents for signature: a lease that waits for it begins with it and is charged from then on, and nothing else begins one. */
import * as docusign from '../../local/vendors/docusign/people';
import { bookOf, leapTo, leaseOf, smallWorld, standAt, tabOf, typeInto, type World } from '../worlds';
import { click, connectTo, docusignState, mornings, newYork } from './carriers-world';

/** A lease that waits to be signed, and one that runs already. */
const base = (() => {
  const world = smallWorld({
    on: '2026-11-25',
    leases: [leaseOf('N-1', { Signed: 'awaiting', Start: '2026-12-01' }), leaseOf('R-1')],
  });
  connectTo(world, 'docusign');
  mornings(world, '2026-11-26');
  return world;
})();

const send = (world: World, lease: string, kind: string, note?: string) =>
  click(world, 'askPlatform', { lease, platform: 'docusign', kind, ...(note ? { note } : {}) });

/** The resident signs, then the landlord. */
function signs(world: World, lease: string): void {
  const state = docusignState(world);
  const email = `${lease.toLowerCase()}@example.com`;
  const envelope = state.envelopes.filter((one) => one.recipients.some((each) => each.email === email)).at(-1);
  if (!envelope) throw new Error(`${lease} was sent nothing`);
  for (const who of envelope.recipients.map((each) => each.email))
    docusign.signEnvelope(state, envelope.envelopeId, who, world.now);
}

const signedCell = (world: World, lease: string) =>
  tabOf(world, 'Leases').find((row) => row['Lease ID'] === lease)?.Signed;
const rents = (world: World, lease: string) =>
  bookOf(world)
    .entries.filter((row) => row.lease === lease && row.type === 'rent')
    .map((row) => row.key);
const documents = (world: World) => tabOf(world, 'Links').filter((row) => row.Kind === 'document');

describe('a lease that waits for its signature', () => {
  it('is charged nothing, and begins on the day on which the last of them signs, by the clock of its house', () => {
    const world = base.clone();
    send(world, 'N-1', 'lease');
    expect(documents(world).map((row) => row['Lease ID'])).toEqual(['N-1']);
    mornings(world, '2026-12-01', '2026-12-02');
    expect([signedCell(world, 'N-1'), rents(world, 'N-1')]).toEqual(['awaiting', []]);
    // Late in the evening: in London it is the third already.
    standAt(world, newYork('2026-12-02', '21:30'));
    signs(world, 'N-1');
    leapTo(world, newYork('2026-12-02', '22:10'));
    expect(signedCell(world, 'N-1')).toBe('2026-12-02');
    expect(documents(world)).toEqual([]);
    mornings(world, '2026-12-03');
    expect(rents(world, 'N-1')).toEqual(['rent:N-1:2026-12']);
    const row = tabOf(world, 'Outbox').find((each) => each.Channel === 'docusign');
    expect(row?.Delivery?.split(' ')[0]).toBe('signed');
    mornings(world, '2027-01-01');
    expect(rents(world, 'N-1')).toEqual(['rent:N-1:2026-12', 'rent:N-1:2027-01']);
  });

  it('is not begun by a payment plan that its resident signs', () => {
    const world = base.clone();
    // It was charged once, and is now to be signed anew.
    typeInto(world, 'Leases', 'N-1', 'Signed', '');
    mornings(world, '2026-12-01');
    typeInto(world, 'Leases', 'N-1', 'Signed', 'awaiting');
    send(world, 'N-1', 'plan', 'Two times half.');
    standAt(world, newYork('2026-12-02', '10:00'));
    signs(world, 'N-1');
    mornings(world, '2026-12-03', '2027-01-02');
    const row = tabOf(world, 'Outbox').find((each) => each.Channel === 'docusign');
    expect([row?.Kind, row?.Delivery?.split(' ')[0]]).toEqual(['plan', 'signed']);
    expect([signedCell(world, 'N-1'), rents(world, 'N-1')]).toEqual(['awaiting', ['rent:N-1:2026-12']]);
  });

  it('waits on when it is declined, and a person is told why', () => {
    const world = base.clone();
    send(world, 'N-1', 'lease');
    standAt(world, newYork('2026-12-02', '10:00'));
    const [envelope] = docusignState(world).envelopes.slice(-1);
    docusign.declineEnvelope(
      docusignState(world),
      envelope?.envelopeId ?? '',
      'n-1@example.com',
      'The rent is wrong',
      world.now,
    );
    mornings(world, '2026-12-03');
    expect(signedCell(world, 'N-1')).toBe('awaiting');
    expect(
      tabOf(world, 'Tasks')
        .filter((row) => row['Lease ID'] === 'N-1')
        .map((row) => row.Task),
    ).toEqual(['A document was declined: talk to the resident']);
    expect(documents(world)).toEqual([]);
  });
});

it('a lease that runs is not touched by what its resident signs', () => {
  const world = base.clone();
  send(world, 'R-1', 'lease');
  standAt(world, newYork('2026-12-02', '10:00'));
  signs(world, 'R-1');
  mornings(world, '2026-12-03');
  expect(signedCell(world, 'R-1')).toBe('');
  expect(rents(world, 'R-1')).toEqual(['rent:R-1:2026-12']);
});
