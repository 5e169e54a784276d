/** Autopay that the bank refuses: tried again when that may help, given up with a task and a letter; and charged ahead of the due date. */
import type { StripeState } from '../../local/vendors/stripe';
import { methodTurns } from '../../local/vendors/stripe/people';
import {
  bookOf,
  leapTo,
  leaseOf,
  loadStripe,
  mailsOf,
  type Row,
  savedCard,
  smallWorld,
  stripeObjects,
  type World,
} from '../worlds';

const NO_FUNDS = 'pm_card_chargeDeclinedInsufficientFunds';

function evening(method: 'card' | 'bank' = 'card', settings: Row = {}, on = '2026-11-30'): World {
  const card = savedCard('L-1', '2026-11-10T12:00:00Z');
  const objects = card.objects.map((each) =>
    method === 'bank' && 'card' in each
      ? { ...each, card: undefined, type: 'us_bank_account', us_bank_account: {} }
      : each,
  );
  const links = card.links.map((link) =>
    method === 'bank' && link.Kind === 'autopay' ? { ...link, 'External ID': 'us_bank_account pm_L1' } : link,
  );
  const lease = leaseOf('L-1');
  const world = smallWorld({
    on,
    leases: [lease],
    links,
    settings: { 'Quiet hours': 'none', Reminders: 'on', ...settings },
  });
  loadStripe(world, objects);
  leapTo(world, `${on}T15:00:00Z`);
  return world;
}

const turns = (world: World, into: string) => methodTurns(world.vendorState<StripeState>('stripe'), 'pm_L1', into);
const attempts = (world: World) =>
  bookOf(world)
    .outbox.filter((row) => row.key.startsWith('autopay:'))
    .map((row) => [row.key.replace('autopay:rent:L-1:', ''), row.state]);
const debits = (world: World) => stripeObjects(world, 'payment_intent').map((one) => [one.amount, one.status]);
const ends = (world: World) => bookOf(world).tasks.filter((task) => task.key.startsWith('task:autopay:'));
const letters = (world: World) => mailsOf(world).filter((mail) => /^Automatic payment stopped/.test(mail.subject));

/** Each day has a run in the morning and a poll an hour later. */
function live(world: World, from: string, until: string): void {
  for (let at = Date.parse(`${from}T14:30:00Z`); at <= Date.parse(`${until}T14:30:00Z`); at += 86_400_000)
    for (const hour of [0, 1]) leapTo(world, at + hour * 3_600_000);
}

describe('a card without funds', () => {
  it('is charged on the due date, three and seven days after, and then given up: one task, one letter', () => {
    const world = evening();
    turns(world, NO_FUNDS);
    live(world, '2026-12-01', '2026-12-03');
    expect(attempts(world)).toEqual([['2026-12', 'failed']]);
    live(world, '2026-12-04', '2026-12-07');
    expect(attempts(world)).toHaveLength(2);
    live(world, '2026-12-08', '2026-12-14');
    expect(attempts(world)).toEqual([
      ['2026-12', 'failed'],
      ['2026-12:2', 'failed'],
      ['2026-12:3', 'failed'],
    ]);
    expect(debits(world)).toEqual(Array.from({ length: 3 }, () => [100_000, 'requires_payment_method']));
    expect(ends(world)).toMatchObject([{ state: 'open', detail: expect.stringContaining('It was tried 3 times') }]);
    expect(letters(world).map((mail) => mail.to)).toEqual(['l-1@example.com']);
  });

  it('that has money on the second time is paid, once', () => {
    const world = evening();
    turns(world, NO_FUNDS);
    live(world, '2026-12-01', '2026-12-03');
    turns(world, 'pm_card_visa');
    live(world, '2026-12-04', '2026-12-12');
    expect(attempts(world)).toEqual([
      ['2026-12', 'failed'],
      ['2026-12:2', 'sent'],
    ]);
    expect(debits(world)).toEqual([
      [100_000, 'requires_payment_method'],
      [100_000, 'succeeded'],
    ]);
    expect(ends(world)).toEqual([]);
    expect(bookOf(world).leases[0]).toMatchObject({ standing: 'paid', balance: '0.00' });
  });

  it('is left alone when the rent was paid by hand, and its task closes by itself', () => {
    const world = evening();
    turns(world, 'pm_card_visa_chargeDeclinedLostCard');
    live(world, '2026-12-01', '2026-12-03');
    expect(attempts(world)).toEqual([['2026-12', 'failed']]);
    expect(ends(world)).toMatchObject([{ state: 'open', detail: expect.stringContaining('lost_card') }]);
    world.run('api', ['recordReceipt', [{ lease: 'L-1', amount: '1000.00', method: 'check', reference: '77' }]], {
      trigger: 'sidebar',
    });
    live(world, '2026-12-04', '2026-12-10');
    expect(debits(world)).toHaveLength(1);
    expect(ends(world)).toMatchObject([{ state: 'closed by payment' }]);
    expect(letters(world)).toHaveLength(1);
  });
});

describe('a bank account', () => {
  it('is debited again only after the debit before has failed, at most twice more', () => {
    const world = evening('bank');
    turns(world, 'pm_usBankAccount_insufficientFunds');
    live(world, '2026-12-01', '2026-12-23');
    const days = stripeObjects(world, 'payment_intent').map((one) =>
      new Date(one.created * 1000).toISOString().slice(0, 10),
    );
    expect(days).toEqual(['2026-12-01', '2026-12-08', '2026-12-15']);
    expect(attempts(world).map(([name]) => name)).toEqual(['2026-12', '2026-12:2', '2026-12:3']);
    expect(ends(world)).toHaveLength(1);
    expect(letters(world)).toHaveLength(1);
  });

  it('that is closed is not debited again', () => {
    const world = evening('bank');
    turns(world, 'pm_usBankAccount_accountClosed');
    live(world, '2026-12-01', '2026-12-10');
    expect(debits(world)).toEqual([[100_000, 'requires_payment_method']]);
    expect(ends(world)).toMatchObject([{ detail: expect.stringContaining('account_closed') }]);
  });

  it('whose debit is still under way is not debited again, nor given up', () => {
    const world = evening('bank');
    turns(world, 'pm_usBankAccount_processing');
    live(world, '2026-12-01', '2026-12-09');
    expect(debits(world)).toEqual([[100_000, 'processing']]);
    expect(ends(world)).toEqual([]);
  });

  it('whose debit comes back late is left to a person', () => {
    const world = evening('bank');
    turns(world, 'pm_usBankAccount_dispute');
    live(world, '2026-12-01', '2026-12-16');
    expect(debits(world)).toEqual([[100_000, 'succeeded']]);
    expect(bookOf(world).receipts.map((row) => row.state)).toEqual(['returned']);
    expect(bookOf(world).tasks.map((task) => task.key)).toContainEqual(expect.stringContaining('task:returned:'));
  });
});

describe('days before the due date', () => {
  it.each(['card', 'bank'] as const)('the %s is charged ahead, and not again when the rent falls due', (method) => {
    const world = evening(method, { 'Autopay days before': '4' }, '2026-11-24');
    live(world, '2026-11-25', '2026-11-26');
    expect(debits(world)).toEqual([]);
    live(world, '2026-11-27', '2026-12-06');
    expect(debits(world)).toEqual([[100_000, 'succeeded']]);
    expect(attempts(world)).toEqual([['2026-12', 'sent']]);
    expect(bookOf(world).leases[0]).toMatchObject({ standing: 'paid', balance: '0.00' });
  });

  it('lines that fall due with the rent come along, once', () => {
    const world = evening('card', { 'Autopay days before': '2' }, '2026-11-24');
    const term = { 'Lease ID': 'L-1', Type: 'parking', Amount: '50.00', From: '2026-12-01', Every: 'period' };
    world.run(
      'api',
      [
        'importCsv',
        [{ tab: 'Terms', name: 't.csv', text: `${Object.keys(term).join(',')}\n${Object.values(term).join(',')}\n` }],
      ],
      {
        trigger: 'sidebar',
      },
    );
    live(world, '2026-11-28', '2026-12-03');
    expect(debits(world)).toEqual([[105_000, 'succeeded']]);
    expect(bookOf(world).leases[0]).toMatchObject({ balance: '0.00' });
  });

  it('that fails ahead is tried again', () => {
    const world = evening('card', { 'Autopay days before': '3' }, '2026-11-24');
    turns(world, NO_FUNDS);
    live(world, '2026-11-27', '2026-11-30');
    turns(world, 'pm_card_visa');
    live(world, '2026-12-01', '2026-12-03');
    expect(attempts(world)).toEqual([
      ['2026-12', 'failed'],
      ['2026-12:2', 'sent'],
    ]);
    expect(bookOf(world).leases[0]).toMatchObject({ balance: '0.00' });
  });
});
