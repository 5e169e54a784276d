/** Rent debited from a linked bank through Plaid: once, again as ACH allows, and never beside another processor. */
import { movePlaidTransfer } from '../../local/vendors/people';
import type { PlaidState } from '../../local/vendors/plaid';
import { bookOf, importRows, loadStripe, savedCard, stripeObjects, type World } from '../worlds';
import { balance, connectPlaid, effects, ends, eve, linkBank, live, payByCheck } from './autopay-world';

const plaid = (world: World) => world.vendorState<PlaidState>('plaid');
const debits = (world: World) =>
  Object.values(plaid(world).transfers).map((each) => [each.description, each.amount, each.status]);
const newest = (world: World) => Object.keys(plaid(world).transfers).pop() ?? '';

function linked(): World {
  const world = eve();
  connectPlaid(world);
  linkBank(world, { purpose: 'pay', lease: 'L-1' });
  return world;
}
const base = linked();

const comeBack = (world: World, code: string) => {
  for (const step of ['posted', 'returned'] as const)
    movePlaidTransfer(plaid(world), newest(world), step, world.now, code);
};

describe('a linked bank', () => {
  it('is debited once on the due date, and the rent is paid when the debit has settled', () => {
    const world = base.clone();
    live(world, '2026-12-01', '2026-12-02');
    expect(debits(world)).toEqual([['Rent', '1000.00', 'pending']]);
    expect(bookOf(world).leases[0]).toMatchObject({ standing: 'processing', balance: '1000.00' });
    for (const step of ['posted', 'settled'] as const) movePlaidTransfer(plaid(world), newest(world), step, world.now);
    live(world, '2026-12-04', '2026-12-05');
    expect(debits(world)).toHaveLength(1);
    expect(bookOf(world).leases[0]).toMatchObject({ standing: 'paid', balance: '0.00' });
    expect(effects(world, 'transfer')).toEqual([['autopay:rent:L-1:2026-12', 'sent']]);
  });

  it('without funds is presented again twice, named as what it is, and then given up', () => {
    const world = base.clone();
    for (const [due, code] of [
      ['01', 'R01'],
      ['08', 'R09'],
      ['15', 'R01'],
    ] as const) {
      live(world, `2026-12-${due}`);
      comeBack(world, code);
      live(world, `2026-12-${String(Number(due) + 2).padStart(2, '0')}`);
    }
    live(world, '2026-12-22');
    expect(debits(world)).toEqual([
      ['Rent', '1000.00', 'returned'],
      ['Retry 1', '1000.00', 'returned'],
      ['Retry 2', '1000.00', 'returned'],
    ]);
    expect(ends(world)).toMatchObject([{ state: 'open', detail: expect.stringContaining('It was tried 3 times') }]);
    // The rent and a late fee.
    expect(balance(world)).toBe('1050.00');
  });

  it('whose holder objects to the debit is left alone', () => {
    const world = base.clone();
    live(world, '2026-12-01');
    comeBack(world, 'R10');
    live(world, '2026-12-03');
    live(world, '2026-12-08');
    expect(debits(world)).toHaveLength(1);
    expect(ends(world)).toMatchObject([{ detail: expect.stringContaining('"r10"') }]);
  });

  it('that Plaid finds empty is asked again three days later, as a first debit', () => {
    const world = eve();
    connectPlaid(world);
    const item = linkBank(world, { purpose: 'pay', lease: 'L-1' }, 5);
    live(world, '2026-12-01', '2026-12-02');
    expect(effects(world, 'transfer')).toEqual([['autopay:rent:L-1:2026-12', 'failed']]);
    for (const account of plaid(world).items[item]?.accounts ?? []) Object.assign(account, { balance: 9000 });
    live(world, '2026-12-04');
    expect(debits(world)).toEqual([['Rent', '1000.00', 'pending']]);
  });

  it('is not debited when a check came first', () => {
    const world = base.clone();
    payByCheck(world);
    live(world, '2026-12-01', '2026-12-02');
    expect(debits(world)).toEqual([]);
  });
});

describe('two processors on one lease', () => {
  it('never collect the same rent: the row that was added last decides, and what was asked stays asked', () => {
    const world = base.clone();
    const card = savedCard('L-1', '2026-11-20T12:00:00Z');
    loadStripe(world, card.objects);
    live(world, '2026-12-01');
    importRows(world, 'Links', card.links);
    live(world, '2026-12-02');
    comeBack(world, 'R01');
    live(world, '2026-12-04');
    live(world, '2026-12-08', '2026-12-09');
    expect(debits(world)).toHaveLength(1);
    expect(stripeObjects(world, 'payment_intent')).toEqual([]);
    expect(ends(world)).toMatchObject([{ detail: expect.stringContaining('not collected by this platform any more') }]);
    live(world, '2027-01-01');
    expect(debits(world)).toHaveLength(1);
    expect(stripeObjects(world, 'payment_intent').map((each) => each.status)).toEqual(['succeeded']);
  });
});
