/** A resident's story in one world: what the page says at each step, which mails left, which rows were added, no more and no less. */
import type { LeaseView } from '../../src/api/desk/lease';
import type { Today } from '../../src/api/desk/today';
import { call, MEG } from '../api/desk-acts-world';
import { MINUTE, tabOf, verdictOf } from '../worlds';
import {
  approveAtPaypal,
  aWhile,
  clicked,
  clicks,
  comesBack,
  FEE,
  fileOf,
  HER,
  managerRefuses,
  NO,
  news,
  nothing,
  page,
  payAtStripe,
  propose,
  WHY,
  WISH,
  world,
} from './resident-house';
import { ANA, lettersTo, liveUntil, marks, openPage, payBy, sectionOf, wordsOf } from './resident-life';

/** Who manages the house. */
const ANN = 'ann@example.com';

describe('a resident', () => {
  it('who does not pay is reminded before the day, on the day, and once it is late, with a fee', () => {
    liveUntil(world, '2026-11-07');
    expect(news()).toEqual({
      mails: [
        `${ANA}: Rent of $1,000.00 is due on November 1, 2026`,
        `${ANA}: Rent of $1,000.00 is due today`,
        `${ANA}: Rent is late: $1,050.00 is outstanding`,
      ],
      ledger: ['rung before-due 0', 'charge rent 1000', 'rung due-today 0', 'charge late fee 50', 'rung late 0'],
      log: [
        'rung: rung before-due: paid: rung before-due',
        'charge: charge rent: 1000.00 for 2026-11-01 to 2026-11-30',
        'rung: rung due-today: due: rung due-today',
        'charge: charge late fee: 50.00',
        'rung: rung late: late 5 days: rung late',
      ],
    });
    const [balance, pay, open, strip] = page('balance', 'pay', 'open', 'strip');
    expect(balance).toContain('▲ Late You owe $1,050.00 The oldest part was due on November 1, 2026, 6 days ago.');
    expect(pay).toContain('Pay $1,050.00 You go on to a page of Stripe.');
    expect(open).toBe(
      'What is open Rent, November 2026 due November 1, 2026 $1,000.00 Late fee due November 6, 2026 $50.00',
    );
    expect(strip).toBe('Since Nov 2026 Nov 2026 ✗ Not paid');
  });

  it('disputes the fee: it rests, and nothing leaves the house but the task of the manager', () => {
    const { says } = clicked('dispute', { text: WHY }, { charge: FEE });
    expect(says).toContain('Until then we do not ask you for it, and it brings no late fee.');
    expect(news()).toEqual({
      mails: [],
      ledger: [`pause dispute begins 0 (${HER})`],
      log: [
        `pause: pause: The resident disputes it: ${WHY} (${HER})`,
        `task: opened: Answer the dispute of a charge (${HER})`,
        `request: dispute of L-1 about ${FEE}: ${WHY} (${HER})`,
      ],
    });
    const [balance, pay, requests, open] = page('balance', 'pay', 'requests', 'open');
    expect(balance).toContain(
      'You owe $1,050.00 $50.00 of it is disputed and need not be paid until it is answered. The oldest part was due ',
    );
    expect(balance).toContain(' You can pay $1,000.00 now.');
    expect(pay).toContain('Pay $1,000.00');
    expect(requests).toContain(`Dispute: Late fee ◷ Waiting for an answer Sent on November 7, 2026 ${WHY}`);
    expect(open).toMatch(
      /\$50\.00 You have disputed this\. No reminder or late fee comes for it until it is answered\.$/,
    );
  });

  it('is reminded of the rent alone while the fee is in dispute', () => {
    liveUntil(world, '2026-11-13');
    expect(news()).toEqual({
      mails: [`${ANA}: Second reminder: $1,000.00 is outstanding`],
      ledger: ['rung late-second 0'],
      log: ['rung: rung late-second: late 12 days: rung late-second', 'task: opened: Call the resident'],
    });
  });

  it('and the manager read the same answer, and the mail has it too', () => {
    managerRefuses();
    aWhile();
    expect(news()).toEqual({
      mails: [`${ANA}: Our answer: Late fee`],
      ledger: [`pause dispute ends 0 (${MEG})`],
      log: [
        `pause: pause: Refused by ${MEG}: ${NO} (${MEG})`,
        `task: done: Answer the dispute of a charge (${MEG})`,
        `request: dispute of L-1 about ${FEE}: ${NO} (${MEG})`,
      ],
    });
    expect(lettersTo(world, ANA).slice(-1)[0]).toContain(NO);
    const [asked] = call<LeaseView>(world, 'lease', { lease: 'L-1' }, MEG).requests;
    expect(asked).toMatchObject({ kind: 'dispute', state: 'refused', answer: NO, answeredBy: MEG });
    const [pay, requests, open] = page('pay', 'requests', 'open');
    expect(pay).toContain('Pay $1,050.00');
    expect(requests).toContain(`✗ Not accepted Sent on November 7, 2026 ${WHY} Answer of November 13, 2026 ${NO}`);
    expect(open).toMatch(/Late fee due November 6, 2026 \$50\.00$/);
  });

  it('asks for a plan, and is offered three instalments: the offer is the answer', () => {
    expect(clicked('planAsk', { text: WISH, perMonth: '700' }).says).toContain('We will look at it and propose');
    expect(news()).toEqual({
      ...nothing,
      log: [
        `task: opened: Answer the wish for a payment plan (${HER})`,
        expect.stringContaining(`request: plan of L-1: ${WISH}`),
      ],
    });
    propose();
    aWhile();
    expect(news()).toEqual({
      mails: [`${ANA}: A payment plan for $1,050.00`],
      ledger: [`plan proposed 0 (${MEG})`],
      log: [
        `plan: plan: agreed on the phone (${MEG})`,
        `task: done: Answer the wish for a payment plan (${MEG})`,
        `request: plan of L-1 (${MEG})`,
      ],
    });
    const [plan, requests] = page('plan', 'requests');
    expect(plan).toContain('≡ Waiting for your answer Your property manager offers to take $1,050.00 in instalments.');
    expect(plan).toContain(
      'Nov 16, 2026 ◐ Next $350.00 Nov 20, 2026 – Upcoming $350.00 Nov 27, 2026 – Upcoming $350.00',
    );
    expect(plan).toContain('If one instalment is missed, the plan ends, and all that is still open is demanded again');
    expect(requests).toContain(
      `Request for a payment plan ✓ Accepted Sent on November 13, 2026. $700.00 each month ${WISH}`,
    );
  });

  it('agrees on the page, and the plan runs from then on', () => {
    expect(clicked('planAccept').says).toContain('The payment plan has begun');
    expect(page('balance')[0]).toContain('All of it is in your payment plan and not due yet.');
    aWhile();
    expect(news()).toEqual({
      mails: [
        `${ANA}: Your payment plan for $1,050.00 has begun`,
        `${ANN}: Elm House 1, Resident L-1: payment plan agreed`,
      ],
      ledger: [`plan accepted 0 (${HER})`],
      log: [
        expect.stringMatching(/^plan: plan: Accepted on the page by resident l…@example\.com; terms [0-9a-f]{64} /),
      ],
    });
    const [balance, plan] = page('balance', 'plan');
    expect(balance).toContain('≡ On a payment plan You owe $1,050.00');
    expect(plan).toContain('≡ Agreed $0.00 of $1,050.00 is paid.');
  });
  it('pays the first instalment at Stripe from the bank: processing within one poll', () => {
    liveUntil(world, '2026-11-14');
    const done = clicked('pay', { amount: '350.00' }, { what: 'part' });
    expect(done.says).toContain('Your page at Stripe is ready. Nothing is paid before you have paid there.');
    expect(payAtStripe(done, 'pm_usBankAccount_success')).toBe('complete: unpaid');
    comesBack();
    expect(news()).toEqual({
      ...nothing,
      log: [
        `resident: asks to pay 350.00 USD by Stripe (${HER})`,
        expect.stringMatching(/^payment pending: stripe pi_\w+ 350\.00 USD$/),
      ],
    });
    const [balance, pay, processing] = page('balance', 'pay', 'processing');
    expect(balance).toContain('You owe $1,050.00');
    expect(balance).toContain('Payment of $350.00 processing.');
    expect(pay).toContain('Pay $700.00');
    expect(processing).toContain('◷ Processing $350.00 by Stripe, made on November 14, 2026');
  });

  it('is asked for nothing on its day, and gets a receipt once the money is there', () => {
    liveUntil(world, '2026-11-19');
    expect(news()).toEqual(nothing);
    liveUntil(world, '2026-11-21');
    expect(news()).toEqual({
      mails: [`${ANA}: Thank you: we received $350.00`, `${ANA}: Payment plan: $350.00 is due on November 20, 2026`],
      ledger: ['receipt  -350', 'rung due-today 0'],
      log: [
        expect.stringMatching(/^receipt: receipt: stripe pi_\w+, initiated 2026-11-14, settled 2026-11-/),
        'rung: rung due-today: plan 19 days: rung due-today',
      ],
    });
    const [balance, plan, processing] = page('balance', 'plan', 'processing');
    expect(balance).toContain('≡ On a payment plan You owe $700.00');
    expect(plan).toMatch(/\$350\.00 of \$1,050\.00 is paid\..* Nov 16, 2026 ✓ Paid \$350\.00/);
    expect(processing).toBe('');
  });

  it('has days of grace for the second one, misses it, and the plan is over by its own rule, with one mail', () => {
    liveUntil(world, '2026-11-22');
    expect(news()).toEqual(nothing);
    liveUntil(world, '2026-11-23');
    expect(news()).toEqual({
      mails: [
        `${ANA}: Your payment plan has ended: $700.00 is open`,
        `${ANN}: Elm House 1, Resident L-1: payment plan broken`,
      ],
      ledger: ['plan missed 0', 'plan defaulted 0'],
      log: [
        'plan: plan: 350.00 USD of the instalment due 2026-11-20 is unpaid.',
        'plan: plan: 1 missed, 0 may be: the plan is broken.',
        'task: opened: Decide how to go on: the payment plan is broken',
      ],
    });
    const [balance, plan] = page('balance', 'plan');
    expect(balance).toContain('▲ Late You owe $700.00 The oldest part was due on November 1, 2026, 22 days ago.');
    expect(plan).toContain('Ended: an instalment was missed');
    expect(plan).toContain('$700.00 of it is still open and is due as it was before the plan.');
    expect(plan).toContain(
      'Nov 16, 2026 ✓ Paid $350.00 Nov 20, 2026 ▲ Missed $350.00 Nov 27, 2026 – Ended with the plan $350.00',
    );
  });

  it('is on the ladder where it stood: one rung, which waits for a person, and no second fee', () => {
    liveUntil(world, '2026-11-24');
    expect(news()).toEqual({
      mails: [],
      ledger: ['rung final-notice 0'],
      log: [
        'rung: rung final-notice: late 23 days: rung final-notice',
        'task: opened: Review and release the final notice',
      ],
    });
  });

  it('pays a part at Stripe by card', () => {
    expect(payAtStripe(clicked('pay', { amount: '300.00' }, { what: 'part' }), 'pm_card_visa')).toBe('complete: paid');
    comesBack();
    expect(news()).toEqual({
      mails: [`${ANA}: Thank you: we received $300.00`],
      ledger: ['receipt  -300'],
      log: [
        `resident: asks to pay 300.00 USD by Stripe (${HER})`,
        expect.stringMatching(/^receipt: receipt: stripe pi_\w+, initiated 2026-11-24$/),
      ],
    });
    const [balance, open] = page('balance', 'open');
    expect(balance).toContain('▲ Late You owe $400.00');
    expect(open).toContain('$350.00 open of $1,000.00 Late fee due November 6, 2026 $50.00');
  });

  it('pays the rest at PayPal, and what waited for the manager is closed', () => {
    payBy(world, 'paypal');
    expect(page('pay')[0]).toContain('Pay $400.00 You go on to a page of PayPal.');
    approveAtPaypal(clicked('pay', {}, { what: 'all' }));
    comesBack(25);
    expect(news()).toEqual({
      mails: [`${ANA}: Thank you: we received $400.00`],
      ledger: ['receipt  -400'],
      log: [
        `resident: asks to pay 400.00 USD by PayPal (${HER})`,
        expect.stringMatching(/^receipt: receipt: paypal \w+, initiated 2026-11-24$/),
        'task: closed by payment: Call the resident',
        'task: closed by payment: Decide how to go on: the payment plan is broken',
        'task: closed by payment: Review and release the final notice',
      ],
    });
  });

  it('owes nothing, and the page asks for nothing', () => {
    const html = openPage(world);
    expect(sectionOf(html, 'balance')).toContain('✓ Paid You owe nothing Next: $1,000.00, due on December 1, 2026.');
    expect(sectionOf(html, 'pay')).toBe('How to pay There is nothing to pay.');
    expect([sectionOf(html, 'open'), sectionOf(html, 'processing'), sectionOf(html, 'plan')]).toEqual(['', '', '']);
    expect(sectionOf(html, 'strip')).toMatch(/Nov 2026 ▲ Paid late$/);
    expect(wordsOf(html)).not.toMatch(/everything that is still open|due now|Please pay/);
  });

  it('is reminded of nothing any more, until the rent of December comes', () => {
    liveUntil(world, '2026-11-27');
    expect(news()).toEqual(nothing);
    liveUntil(world, '2026-11-30');
    expect(news()).toMatchObject({
      mails: [`${ANA}: Rent of $1,000.00 is due on December 1, 2026`],
      ledger: ['rung before-due 0'],
    });
  });

  it('has a statement and a file that add up to the ledger', () => {
    const period = { from: '2026-11-01', until: '2026-11-30' };
    const statement = wordsOf(openPage(world, { show: 'statement', ...period }));
    expect(statement).toContain(
      'Rent, November 2026 Nov 1, 2026 +$1,000.00 $1,000.00 Late fee Nov 6, 2026 +$50.00 $1,050.00 ' +
        'Payment, Stripe Nov 14, 2026 -$350.00 $700.00 Payment, Stripe Nov 24, 2026 -$300.00 $400.00 ' +
        'Payment, PayPal Nov 24, 2026 -$400.00 $0.00 Balance at the end of November 30, 2026 $0.00 ' +
        'Charged $1,050.00 Credited $0.00 Paid $1,050.00',
    );
    const { amounts, balances } = fileOf(period);
    const moved = tabOf(world, 'Ledger').flatMap(({ Amount }) => (Number(Amount) === 0 ? [] : [Number(Amount)]));
    expect(amounts).toEqual(moved);
    expect(balances).toEqual(['0.00', '1000.00', '1050.00', '700.00', '400.00', '0.00', '0.00']);
  });

  it('changes nothing by any second click, at once or weeks later', () => {
    expect(clicks.map(({ again }) => again)).toEqual([true, true, true, true, true, true]);
    const before = marks(world);
    for (const { body } of clicks) expect(world.doPost({ body }).status).toBe(200);
    expect(marks(world)).toBe(before);
    world.advanceTo(world.now + 20 * MINUTE);
    expect(news()).toEqual(nothing);
  });

  it('leaves books that are whole, and a manager whom nothing waits for', () => {
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
    const needs = call<Today>(world, 'today', {}, MEG).needs.filter(
      ({ kind }) => kind === 'request' || kind === 'task',
    );
    expect(needs).toEqual([]);
    expect(world.mailbox.filter(({ subject }) => subject.startsWith('Rent digest'))).toHaveLength(34);
  });
});
