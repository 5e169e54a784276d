/** What residents do about what they owe, as objects of the payment platform: in time, late, twice, by bank, or never. */
import { type Chance, type DayText, msOfDay, shift, wallClock } from './days';
import { agreedFeeDay, chargesOf, type Expected, type ModelLease, type ModelProperty, type ModelTerm } from './model';
import { bankDebit, cardPayment, declinedCard, dispute, type Paid, refund, type StripeJson } from './stripe-objects';

const HOUR_MS = 3_600_000;

const HABITS = [
  'in time',
  'in time',
  'in time',
  'early',
  'late',
  'late',
  'two halves',
  'half',
  'twice',
  'bank settles',
  'bank settles late',
  'bank fails',
  'bank stays',
  'bank returned',
  'refunded in part',
  'refunded',
  'dispute open',
  'dispute won',
  'dispute lost',
  'declined, then in time',
  'the last evening in time',
  'the last evening in time',
  'the night before the reminder',
  'the night before the reminder',
  'never',
  'never',
] as const;

/** What residents do about each due date, as objects of the payment platform. */
export class Residents {
  readonly objects: StripeJson[] = [];
  readonly links: { lease: string; kind: 'customer' | 'autopay'; id: string }[] = [];
  private serial = 0;

  constructor(
    private readonly chance: Chance,
    private readonly opensOn: DayText,
    private readonly lastDay: DayText,
    private readonly properties: readonly ModelProperty[],
    private readonly terms: readonly ModelTerm[],
  ) {}

  live(lease: ModelLease): void {
    const property = this.properties.find((each) => each.name === lease.property) as ModelProperty;
    const known = this.chance.of(['reference', 'reference', 'email', 'customer', 'autopay'] as const);
    const customer = `cus_${lease.id.replace('-', '')}`;
    if (known === 'customer' || known === 'autopay') {
      this.objects.push({
        id: customer,
        object: 'customer',
        created: this.seconds(this.opensOn, 0),
        email: `payer@${customer}.test`,
      });
      this.links.push({ lease: lease.id, kind: 'customer', id: customer });
    }
    if (known === 'autopay') {
      this.saveMethod(lease, customer);
      return;
    }
    const dues = chargesOf(lease, this.terms, this.opensOn, this.lastDay, () => lease.rentCents).filter(
      (each) => each.line !== 'credit',
    );
    const byDay = new Map<DayText, Expected[]>();
    for (const each of dues) byDay.set(each.due, [...(byDay.get(each.due) ?? []), each]);
    const steady = this.chance.is(0.4) ? this.chance.of(HABITS) : undefined;
    for (const [due, charges] of byDay) {
      const paid = {
        amountCents: charges.reduce((all, each) => all + each.amountCents, 0),
        currency: property.currency,
        ...(known === 'reference' ? { lease: lease.id } : known === 'email' ? { email: lease.email } : { customer }),
      };
      this.pay(steady ?? this.chance.of(HABITS), due, agreedFeeDay(due, property), property.zone, paid);
    }
  }

  /** Money of which nobody can say whose it is. */
  stranger(): void {
    if (!this.chance.is(0.5)) return;
    this.objects.push(
      ...cardPayment(this.paid(this.opensOn, this.chance.whole(2, 20), { amountCents: 12_345, currency: 'USD' })),
    );
  }

  private saveMethod(lease: ModelLease, customer: string): void {
    const bank = this.chance.is(0.4);
    const id = `pm_${bank ? 'usBank' : 'card'}${lease.id.replace('-', '')}`;
    const details = bank
      ? {
          us_bank_account: {
            bank_name: 'STRIPE TEST BANK',
            last4: '6789',
            account_type: 'checking',
            account_holder_type: 'individual',
          },
        }
      : { card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2035, funding: 'credit' } };
    const type = bank ? 'us_bank_account' : 'card';
    this.objects.push({
      id,
      object: 'payment_method',
      type,
      customer,
      created: this.seconds(this.opensOn, 0),
      ...details,
    });
    this.links.push({ lease: lease.id, kind: 'autopay', id });
  }

  private seconds = (day: DayText, days: number): number => msOfDay(shift(day, days)) / 1000;

  private paid(day: DayText, days: number, more: Pick<Paid, 'amountCents' | 'currency'> & Partial<Paid>): Paid {
    this.serial += 1;
    const wanted = msOfDay(day) + days * 24 * HOUR_MS + this.chance.whole(0, 24 * 60 - 1) * 60_000;
    // What was paid before the books opened is none of theirs.
    return { id: `Sim${this.serial}`, ...more, atMs: Math.max(wanted, msOfDay(this.opensOn) + 30 * HOUR_MS) };
  }

  /** A payment in that hour of the day on the wall clock of the property. */
  private atHour(
    day: DayText,
    hour: number,
    zone: string,
    more: Pick<Paid, 'amountCents' | 'currency'> & Partial<Paid>,
  ): Paid {
    const paid = this.paid(day, 0, more);
    const start = msOfDay(day) + (paid.atMs % HOUR_MS) - 14 * HOUR_MS;
    const hours = Array.from({ length: 52 }, (_, at) => start + at * HOUR_MS);
    const then = hours.find((ms) => {
      const clock = wallClock(ms, zone);
      return clock.day === day && clock.hour === hour;
    });
    return { ...paid, atMs: Math.max(then ?? paid.atMs, msOfDay(this.opensOn) + 30 * HOUR_MS) };
  }

  private pay(
    habit: (typeof HABITS)[number],
    due: DayText,
    feeDay: DayText,
    zone: string,
    more: Pick<Paid, 'amountCents' | 'currency'> & Partial<Paid>,
  ): void {
    const { chance, objects } = this;
    const wait = Math.max(1, Math.round((msOfDay(feeDay) - msOfDay(due)) / (24 * HOUR_MS)));
    const inTime = (share = more.amountCents) =>
      this.paid(due, chance.whole(0, Math.max(0, wait - 2)), { ...more, amountCents: share });
    const later = (least: number, most: number, share = more.amountCents) =>
      this.paid(due, chance.whole(least, most), { ...more, amountCents: share });
    const days = (paid: Paid, least: number, most: number) => paid.atMs + chance.whole(least, most) * 24 * HOUR_MS;
    const half = Math.ceil(more.amountCents / 2);
    const bank = { ...inTime(), bank: true };
    const card = inTime();
    const settles = chance.whole(1, 5);
    switch (habit) {
      case 'in time':
        return void objects.push(...cardPayment(card));
      case 'early':
        return void objects.push(...cardPayment(later(-6, -1)));
      case 'late':
        return void objects.push(...cardPayment(later(wait + 1, wait + 14)));
      case 'two halves':
        return void objects.push(
          ...cardPayment(inTime(half)),
          ...cardPayment(later(1, wait + 6, more.amountCents - half)),
        );
      case 'half':
        return void objects.push(...cardPayment(inTime(half)));
      case 'twice':
        return void objects.push(...cardPayment(card), ...cardPayment(later(0, 3)));
      case 'bank settles':
        return void objects.push(...bankDebit(bank, settles, 'settles'));
      case 'bank settles late':
        return void objects.push(...bankDebit(bank, wait + 3, 'settles'));
      case 'bank fails':
        return void objects.push(
          ...bankDebit(bank, settles, 'fails'),
          ...(chance.is(0.5) ? cardPayment(later(wait, wait + 9)) : []),
        );
      case 'bank stays':
        return void objects.push(...bankDebit(bank, 0, 'stays'));
      case 'bank returned':
        return void objects.push(...bankDebit(bank, 2, 'settles'), ...dispute(bank, days(bank, 4, 12)));
      case 'refunded in part':
        return void objects.push(...cardPayment(card), refund(card, days(card, 1, 9), half));
      case 'refunded':
        return void objects.push(...cardPayment(card), refund(card, days(card, 1, 9), more.amountCents));
      case 'dispute open':
        return void objects.push(...cardPayment(card), ...dispute(card, days(card, 1, 9)));
      case 'dispute won':
      case 'dispute lost': {
        const opened = days(card, 1, 9);
        const as = habit === 'dispute won' ? 'won' : 'lost';
        return void objects.push(
          ...cardPayment(card),
          ...dispute(card, opened, { atMs: opened + chance.whole(1, 12) * 24 * HOUR_MS, as }),
        );
      }
      case 'declined, then in time':
        return void objects.push(...declinedCard(inTime()), ...cardPayment(card));
      case 'the last evening in time':
        return void objects.push(...cardPayment(this.atHour(shift(feeDay, -1), 23, zone, more)));
      case 'the night before the reminder':
        return void objects.push(...cardPayment(this.atHour(feeDay, 2, zone, more)));
      case 'never':
        return;
    }
  }
}
