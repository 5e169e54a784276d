/** Rent billed through Square with a saved card: one invoice, charged by Square, and taken back when the rent is settled otherwise. */
import type { SquareState } from '../../local/vendors/square';
import { askApi, type World } from '../worlds';
import { balance, connectSquare, effects, ends, eve, linkCard, live, payByCheck } from './autopay-world';

const square = (world: World) => world.vendorState<SquareState>('square');
const invoices = (world: World) =>
  Object.values(square(world).invoices).map((each) => [
    each.payment_requests[0].computed_amount_money.amount,
    each.payment_requests[0].due_date,
    each.status,
  ]);
const paid = (world: World) =>
  Object.values(square(world).payments).filter((each) => each.status === 'COMPLETED').length;

function carded(settings: Readonly<Record<string, string>> = {}, saved = true): World {
  const world = eve({}, settings, '2026-11-24');
  connectSquare(world);
  linkCard(world, saved);
  return world;
}
const ahead = carded({ 'Autopay days before': '4' });

describe('a card that is saved at Square', () => {
  it('is charged by Square on the due date, once, and the rent is paid', () => {
    const world = carded();
    live(world, '2026-11-30', '2026-12-03');
    expect(invoices(world)).toEqual([[100_000, '2026-12-01', 'PAID']]);
    expect(paid(world)).toBe(1);
    expect(balance(world)).toBe('0.00');
    expect(effects(world, 'invoice', 'cancelInvoice')).toEqual([
      ['autopay:rent:L-1:2026-12', 'sent'],
      ['take-back:autopay:rent:L-1:2026-12', 'sent'],
    ]);
  });

  it('that is billed ahead is charged nothing when the rent was paid by check before', () => {
    const world = ahead.clone();
    live(world, '2026-11-27', '2026-11-28');
    expect(invoices(world)).toEqual([[100_000, '2026-12-01', expect.stringMatching(/UNPAID|SCHEDULED/)]]);
    payByCheck(world);
    live(world, '2026-11-29', '2026-12-02');
    expect(invoices(world)).toEqual([[100_000, '2026-12-01', 'CANCELED']]);
    expect(paid(world)).toBe(0);
    expect(balance(world)).toBe('0.00');
  });

  it('is charged nothing when a part was paid elsewhere: the rest is collected by hand', () => {
    const world = ahead.clone();
    live(world, '2026-11-27');
    payByCheck(world, '400.00');
    live(world, '2026-11-28', '2026-12-02');
    expect(invoices(world).map(([, , status]) => status)).toEqual(['CANCELED']);
    expect(balance(world)).toBe('600.00');
  });

  it('that is gone is told to a person', () => {
    const world = carded({}, false);
    live(world, '2026-12-01', '2026-12-03');
    expect(effects(world, 'invoice')).toEqual([['autopay:rent:L-1:2026-12', 'failed']]);
    expect(ends(world)).toMatchObject([
      { detail: expect.stringContaining('Square made no invoice (No card is saved') },
    ]);
  });
});

describe('an invoice that a person sent', () => {
  it('is taken back when the charge is waived', () => {
    const world = eve();
    connectSquare(world);
    live(world, '2026-12-01');
    askApi(world, 'askPlatform', [{ request: 'invoice-by-hand-1', lease: 'L-1', platform: 'square', kind: 'invoice' }]);
    expect(invoices(world).map(([, , status]) => status)).toEqual(['UNPAID']);
    payByCheck(world);
    live(world, '2026-12-02');
    expect(invoices(world).map(([, , status]) => status)).toEqual(['CANCELED']);
  });
});
