/** The page that a mail carried is closed at Square as soon as its debt is settled otherwise: no money on top can come by it. */
import { paySquareInvoice } from '../../local/vendors/people';
import type { SquareState } from '../../local/vendors/square';
import { bookOf, leapTo, MINUTE, verdictOf, type World } from '../worlds';
import { balance, connectSquare, eve, live, payByCheck } from './autopay-world';

const square = (world: World) => world.vendorState<SquareState>('square');
const invoices = (world: World) => Object.values(square(world).invoices);
const statuses = (world: World) => invoices(world).map((each) => each.status);
const pages = (world: World) => bookOf(world).outbox.filter((row) => row.key.startsWith('paylink:'));

function reminded(until = '2026-12-01'): World {
  const world = eve({}, { Reminders: 'on', 'Pay links': 'yes', 'Pay links by': 'square' });
  connectSquare(world);
  live(world, '2026-12-01', until);
  return world;
}
const base = reminded();

describe('the page of a mail at Square', () => {
  it('is an invoice that is shown and mailed by nobody, and pays the rent', () => {
    const world = base.clone();
    const [invoice, ...more] = invoices(world);
    expect([more.length, invoice?.delivery_method, invoice?.payment_requests[0].computed_amount_money.amount]).toEqual([
      0,
      'SHARE_MANUALLY',
      100_000,
    ]);
    expect(pages(world)[0]?.reference).toBe(`${invoice?.id} ${invoice?.public_url}`);
    paySquareInvoice(square(world), invoice?.id ?? '', 'card', world.now);
    leapTo(world, world.now + 11 * MINUTE);
    expect([balance(world), statuses(world)]).toEqual(['0.00', ['PAID']]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is closed when a check has paid the debt, and cannot be paid any more', () => {
    const world = base.clone();
    payByCheck(world);
    leapTo(world, world.now + 11 * MINUTE);
    expect([balance(world), statuses(world)]).toEqual(['0.00', ['CANCELED']]);
    expect(() => paySquareInvoice(square(world), invoices(world)[0]?.id ?? '', 'card', world.now)).toThrow(/CANCELED/);
  });

  it('is closed though Square was down when the check came', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'square', what: 'server-error', when: 'always' });
    payByCheck(world);
    leapTo(world, world.now + 11 * MINUTE);
    expect(statuses(world)).toEqual(['UNPAID']);
    world.faults.clear();
    live(world, '2026-12-02');
    expect(statuses(world)).toEqual(['CANCELED']);
  });

  it('is closed where it asks for more than is left, for the next mail brings one of the rest', () => {
    const world = base.clone();
    payByCheck(world, '400.00');
    live(world, '2026-12-02', '2026-12-09');
    const open = invoices(world).filter((each) => each.status === 'UNPAID');
    const asked = open.map((each) => each.payment_requests[0].computed_amount_money.amount);
    expect(statuses(world)[0]).toBe('CANCELED');
    expect(asked.length).toBeGreaterThan(0);
    expect(Math.max(...asked)).toBeLessThanOrEqual(65_000);
  });

  it('of an earlier mail is closed when that of a later one was paid', () => {
    const world = reminded('2026-12-09');
    expect(invoices(world).length).toBeGreaterThan(1);
    const last = invoices(world).at(-1);
    paySquareInvoice(square(world), last?.id ?? '', 'card', world.now);
    leapTo(world, world.now + 11 * MINUTE);
    leapTo(world, world.now + 11 * MINUTE);
    expect(balance(world)).toBe('0.00');
    expect(statuses(world).sort()).toEqual([...Array.from(statuses(world).slice(1), () => 'CANCELED'), 'PAID']);
  });
});
