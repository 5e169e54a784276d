/** What a manager may ask Stripe for on a lease's behalf, against the sandbox: pages, lasting links, saved methods; and payouts. */
import { failPayout, payOut } from '../../local/vendors/stripe/payouts';
import { forgetMethod, payByLink, payCheckout, refundPayment } from '../../local/vendors/stripe/people';
import { stripe } from '../../src/connectors/stripe';
import { cents } from '../../src/domain/money';
import { leaseId } from '../../src/domain/values';
import { Account, DAY, linkOf, offer, sessionOf } from './stripe-bench';

/** A lease whose resident has saved a method. */
function saved(account: Account, method: string): { customer: string; ref: string } {
  const ref = account.done('setup', `offer:setup:${method}`, offer());
  expect(payCheckout(account.state, sessionOf(ref), method, account.nowMs)).toBe('complete: no_payment_required');
  return { customer: linkOf('setup', ref)?.externalId ?? '', ref };
}

describe('offers', () => {
  it('each is an effect of ours', () => {
    const effects = Object.keys(stripe.effects ?? {});
    expect(stripe.offers?.map(({ kind }) => effects.includes(kind))).toEqual([true, true, true, true]);
  });

  it('a pay page takes a lease offer, and its payment names the invoice', () => {
    const account = new Account();
    const page = account.done('payLink', 'paylink:1', offer({ number: 'RL-8K2M4N7QPZ' }));
    expect(page).toMatch(/^https:\/\/checkout\.stripe\.com\//);
    payCheckout(account.state, sessionOf(page), 'pm_card_visa', account.nowMs);
    expect(account.poll()).toMatchObject([
      { leaseRef: 'L-104', invoice: 'RL-8K2M4N7QPZ', amountCents: 150_000, state: 'settled' },
    ]);
  });
});

describe('a lasting link', () => {
  it('is paid on again and again, each time for its lease', () => {
    const account = new Account();
    const [id = '', address] = account.done('paymentLink', 'offer:link:1', offer()).split(' ');
    expect(id).toMatch(/^plink_/);
    expect(address).toMatch(/^https:\/\/buy\.stripe\.com\//);
    for (let month = 0; month < 3; month++) {
      expect(payByLink(account.state, id, 'pm_card_visa', account.nowMs + month * 30 * DAY)).toMatch(/^pi_/);
    }
    expect(account.all('payment_intent').map((each) => [each.amount, each.metadata?.lease_id])).toEqual(
      Array.from({ length: 3 }, () => [150_000, 'L-104']),
    );
  });

  it('closes the older one of its lease, and no other', () => {
    const account = new Account();
    const old = account.done('paymentLink', 'offer:link:1', offer()).split(' ')[0] ?? '';
    const other = account.done('paymentLink', 'offer:link:2', offer({ leaseId: leaseId('L-7') })).split(' ')[0] ?? '';
    const fresh =
      account.done('paymentLink', 'offer:link:3', offer({ amountCents: cents(155_000) })).split(' ')[0] ?? '';
    const active = account.all('payment_link').map((each) => [each.id, each.active]);
    expect(active).toEqual([
      [old, false],
      [other, true],
      [fresh, true],
    ]);
    expect(payByLink(account.state, old, 'pm_card_visa', account.nowMs)).toBe('closed: inactive');
  });

  it.each([/POST .*products$/, /POST .*prices$/, /POST .*payment_links$/, /POST .*payment_links\/plink/])(
    'is made once where the answer to %s is lost',
    (loses) => {
      const account = new Account();
      const old = account.done('paymentLink', 'offer:link:1', offer()).split(' ')[0] ?? '';
      account.loses = loses;
      expect(account.ask('paymentLink', 'offer:link:2', offer())).toMatchObject({ fault: { fault: 'down' } });
      account.loses = undefined;
      // Two days later the keys are forgotten, so the first look must find what was made.
      if (loses.source.includes('payment_links')) account.state.replays = {};
      const ref = account.done('paymentLink', 'offer:link:2', offer(), { attempt: 2 });
      expect(account.all('payment_link')).toHaveLength(2);
      expect(account.all('price')).toHaveLength(2);
      expect(account.state.objects.payment_link?.[old]?.active).toBe(false);
      expect(account.state.objects.payment_link?.[ref.split(' ')[0] ?? '']?.active).toBe(true);
    },
  );

  it.each([{ amountCents: cents(0) }, { description: '' as never, leaseId: null as never }])(
    'is not made of %j',
    (wrong) => {
      const account = new Account();
      expect(account.ask('paymentLink', 'k', offer(wrong))).toMatchObject({ fault: { fault: 'malformed' } });
      expect(account.all('payment_link')).toEqual([]);
    },
  );
});

describe('saving a method', () => {
  it.each([
    ['pm_card_visa', /^pm_\w+$/, /^pm_\w+ card$/],
    ['pm_usBankAccount_success', /^us_bank_account pm_\w+$/, /^pm_\w+ us_bank_account$/],
  ])('%s becomes a customer and an autopay link that can be charged', (method, externalId, ref) => {
    const account = new Account();
    const { customer, ref: page } = saved(account, method);
    expect(page).toMatch(/^cus_\w+ https:\/\/checkout\.stripe\.com\//);
    expect(linkOf('setup', page)).toEqual({ kind: 'customer', externalId: customer });
    const adopted = account.done('adopt', 'offer:adopt:1', offer({ customer }));
    expect(adopted).toMatch(ref);
    const link = linkOf('adopt', adopted);
    expect(link).toMatchObject({ kind: 'autopay', externalId: expect.stringMatching(externalId) });
    const [paymentMethod, methodType] = adopted.split(' ');
    const charged = account.done('charge', 'autopay:1', { ...offer({ customer }), paymentMethod, methodType });
    expect(charged).toMatch(/^pi_/);
  });

  it('finds the lease’s customer by address or by our id, and makes no second one', () => {
    const account = new Account();
    account.done('setup', 'offer:setup:1', offer());
    account.done('setup', 'offer:setup:2', offer());
    account.nowMs += 120_000;
    account.done('setup', 'offer:setup:3', offer({ email: 'new@example.com' }));
    expect(account.all('customer')).toHaveLength(1);
    account.done('setup', 'offer:setup:4', offer({ leaseId: leaseId('L-7') }));
    expect(account.all('customer').map((each) => each.metadata?.lease_id)).toEqual(['L-104', 'L-7']);
  });

  it('goes on where there is no search', () => {
    const account = new Account();
    account.refuses = /customers\/search/;
    for (const n of [1, 2]) expect(account.done('setup', `offer:setup:${n}`, offer())).toMatch(/^cus_/);
    expect(account.all('customer')).toHaveLength(1);
  });

  it('is not taken up before the resident has finished, and not after they took it off', () => {
    const account = new Account();
    const ref = account.done('setup', 'offer:setup:1', offer());
    const customer = linkOf('setup', ref)?.externalId ?? '';
    const adopt = (n: number) => account.ask('adopt', `offer:adopt:${n}`, offer({ customer }));
    expect(adopt(1)).toMatchObject({ fault: { fault: 'rejected', message: expect.stringContaining('not finished') } });
    const daily = account.done('adopt', 'adopt:L-104:2026-12-01', { ...offer({ customer }), mayBeNone: true });
    expect(linkOf('adopt', daily)).toBeUndefined();
    payCheckout(account.state, sessionOf(ref), 'pm_card_visa', account.nowMs);
    const taken = adopt(2);
    const method = 'value' in taken ? (taken.value.split(' ')[0] ?? '') : '';
    forgetMethod(account.state, method, account.nowMs);
    expect(adopt(3)).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it('takes the newest method, and only that of its lease', () => {
    const account = new Account();
    const { customer } = saved(account, 'pm_card_visa');
    account.nowMs += DAY;
    saved(account, 'pm_usBankAccount_success');
    expect(account.done('adopt', 'offer:adopt:1', offer({ customer }))).toMatch(/us_bank_account$/);
    expect(account.ask('adopt', 'offer:adopt:2', offer({ customer, leaseId: leaseId('L-7') }))).toMatchObject({
      fault: { fault: 'rejected' },
    });
  });
});

describe('a charge whose answer was lost', () => {
  it('is found among the customer’s intents when Stripe has forgotten the key', () => {
    const account = new Account();
    const { customer } = saved(account, 'pm_card_visa');
    const [paymentMethod, methodType] = account.done('adopt', 'a', offer({ customer })).split(' ');
    const payload = { ...offer({ customer }), paymentMethod, methodType };
    account.loses = /POST .*payment_intents/;
    expect(account.ask('charge', 'autopay:1', payload)).toMatchObject({ fault: { fault: 'down' } });
    account.loses = undefined;
    account.nowMs += 3 * DAY;
    account.state.replays = {};
    expect(account.done('charge', 'autopay:1', payload, { attempt: 2 })).toBe(account.all('payment_intent')[0]?.id);
    expect(account.all('payment_intent')).toHaveLength(1);
  });

  it('and was declined says the bank’s code', () => {
    const account = new Account();
    const { customer } = saved(account, 'pm_card_visa');
    const [paymentMethod = '', methodType] = account.done('adopt', 'a', offer({ customer })).split(' ');
    account.state.fates[paymentMethod] = 'pm_card_chargeDeclinedInsufficientFunds';
    const payload = { ...offer({ customer }), paymentMethod, methodType };
    account.loses = /POST .*payment_intents/;
    account.ask('charge', 'autopay:1', payload);
    account.loses = undefined;
    expect(account.ask('charge', 'autopay:1', payload, { attempt: 2 })).toMatchObject({
      fault: { fault: 'rejected', code: 'insufficient_funds' },
    });
    expect(account.all('payment_intent')).toHaveLength(1);
  });
});

describe('payouts', () => {
  function paid(account: Account, count: number): string[] {
    const { customer } = saved(account, 'pm_card_visa');
    const [paymentMethod, methodType] = account.done('adopt', 'a', offer({ customer })).split(' ');
    const payload = { ...offer({ customer, amountCents: cents(10_000) }), paymentMethod, methodType };
    return Array.from({ length: count }, (_, at) => account.done('charge', `autopay:${at}`, payload));
  }

  it('tell what each holds, over pages: gross less fee is what arrives', () => {
    const account = new Account();
    const ids = paid(account, 105);
    refundPayment(account.state, ids[0] ?? '', account.nowMs, 4000);
    account.nowMs += 4 * DAY;
    const id = payOut(account.state, account.nowMs);
    account.nowMs += DAY;
    expect(account.payouts()).toEqual([
      {
        id,
        currency: 'USD',
        grossCents: 105 * 10_000 - 4000,
        feeCents: 105 * 320,
        amountCents: 105 * 10_000 - 4000 - 105 * 320,
        arrivalDay: '2026-12-08',
      },
    ]);
  });

  it('that came back are left out', () => {
    const account = new Account();
    paid(account, 1);
    account.nowMs += 4 * DAY;
    const id = payOut(account.state, account.nowMs) ?? '';
    failPayout(account.state, id, account.nowMs + DAY);
    account.nowMs += 2 * DAY;
    expect(account.payouts()).toEqual([]);
  });

  it('of which there are none are no fault', () => expect(new Account().payouts()).toEqual([]));
});
