/** Stories of what is charged: every frequency, parts of periods, changes that come late, deposits, autopay, other lines. */
import { retell, tidy } from './story';

const tells = (name: string, story: string): void => it(name, () => expect(retell(story)).toBe(tidy(story)));

describe('rent of every frequency', () => {
  tells(
    'weekly, on Fridays, with a first part from Wednesday',
    `
    lease L1 rent 350.00 every weekly due 5 start 2026-12-02 grace 2 fee 20.00
    day 2026-12-02  charge rent:L1:2026-12-02 100.00  standing L1 due
    receipt stripe:p1 L1 100.00 settled
    until 2026-12-07  charge rent:L1:2026-12-04 350.00, fee:rent:L1:2026-12-04 20.00  standing L1 late 3 days
    until 2026-12-18  charge rent:L1:2026-12-11 350.00, fee:rent:L1:2026-12-11 20.00, rent:L1:2026-12-18 350.00
    `,
  );
  tells(
    'fortnightly, counted from the start',
    `
    lease L1 rent 700.00 every fortnightly due 1 start 2026-12-07 graceplus 4
    until 2027-01-05  charge rent:L1:2026-12-07 700.00, rent:L1:2026-12-21 700.00, rent:L1:2027-01-04 700.00
    `,
  );
  tells(
    'quarterly, with a first part',
    `
    lease L1 rent 920.00 every quarterly due 1 start 2026-07-11 grace 5
    until 2026-12-31  charge rent:L1:2026-07-11 820.00, rent:L1:2026-10 920.00
    day 2027-01-01  charge rent:L1:2027-01 920.00
    `,
  );
  tells(
    'yearly, on the last day of February in every kind of year',
    `
    lease L1 rent 12000.00 every yearly due 29 start 2024-02-29
    day 2024-02-29  charge rent:L1:2024-02 12000.00  standing L1 due
    day 2028-03-01  charge rent:L1:2025-02 12000.00, rent:L1:2026-02 12000.00, rent:L1:2027-02 12000.00, rent:L1:2028-02 12000.00
    day 2028-03-01  open L1 rent:L1:2024-02 12000.00 due 2024-02-29, rent:L1:2025-02 12000.00 due 2025-02-28, rent:L1:2026-02 12000.00 due 2026-02-28, rent:L1:2027-02 12000.00 due 2027-02-28, rent:L1:2028-02 12000.00 due 2028-02-29
    `,
  );
});

describe('leases that begin, change and end', () => {
  tells(
    'a first and a last part are shares of the period they belong to',
    `
    lease L1 rent 1200.00 due 1 start 2026-01-10 end 2026-03-15
    day 2026-01-10  charge rent:L1:2026-01-10 851.61  standing L1 due
    until 2026-04-30  charge rent:L1:2026-02 1200.00, rent:L1:2026-03 580.65
    `,
  );
  tells(
    'an end that is known late gives back the days after it; one that moves on charges them again',
    `
    lease L1 rent 1200.00 due 1 start 2026-01-01
    until 2026-03-10  balance L1 3600.00
    end L1 2026-03-15
    day 2026-03-11  credit adjust:rent:L1:2026-03:ends-2026-03-16:580.65 619.35  balance L1 2980.65
    end L1 2026-03-20
    until 2026-03-16  charge rent:L1:2026-03-16 193.54  balance L1 3174.19
    end L1 off
    until 2026-03-21  charge rent:L1:2026-03-21 425.81  balance L1 3600.00
    `,
  );
  tells(
    'a rent change known in time, in the middle of a period, costs what each day costs',
    `
    lease L1 rent 1000.00 due 1 start 2026-11-01
    term L1 rent 1310.00 from 2026-12-16
    until 2026-12-01  charge rent:L1:2026-11 1000.00, rent:L1:2026-12 1160.00
    day 2027-01-01  charge rent:L1:2027-01 1310.00
    `,
  );
  tells(
    'a rent change known late comes to the same',
    `
    lease L1 rent 1000.00 due 1 start 2026-11-01
    until 2026-12-20  balance L1 2000.00
    term L1 rent 1310.00 from 2026-12-16
    day 2026-12-21  balance L1 2160.00
    day 2027-01-01  charge rent:L1:2027-01 1310.00  balance L1 3470.00
    `,
  );
});

describe('terms for a time', () => {
  tells(
    'a lower rent until a day is charged once and not taken for the rent of the whole month afterwards',
    `
    lease L1 rent 1200.00 due 1 start 2026-12-01
    term L1 rent 1000.00 from 2026-12-01 until 2026-12-15
    until 2026-12-01  charge rent:L1:2026-12 1103.23
    until 2026-12-31  charge nothing  credit nothing  balance L1 1103.23
    `,
  );
  tells(
    'a running credit that was given for days after the end is taken back, not given again',
    `
    lease L1 rent 1200.00 due 1 start 2026-12-01
    term L1 credit 310.00 from 2026-12-01
    until 2026-12-05  balance L1 890.00
    end L1 2026-12-10
    day 2026-12-06  balance L1 287.10  charge adjust:credit:L1:2026-12:ends-2026-12-11:100.00 210.00  credit adjust:rent:L1:2026-12:ends-2026-12-11:387.10 812.90
    `,
  );
  tells(
    'a raise and an earlier end that become known together',
    `
    lease L1 rent 1200.00 due 1 start 2026-12-01
    until 2026-12-05  balance L1 1200.00
    term L1 rent 9300.00 from 2026-12-01
    end L1 2026-12-10
    until 2026-12-31  balance L1 3000.00
    `,
  );
});

describe('other charges', () => {
  tells(
    'lines of their own, one-off charges and credits; one-offs once',
    `
    lease L1 rent 1000.00 due 1
    term L1 parking 50.00 from 2026-12-01
    term L1 pet 30.00 from 2026-12-16
    term L1 "key" 15.00 from 2026-12-03 once memo "lost key"
    term L1 credit 100.00 from 2026-12-04 once memo "painted the hall"
    until 2026-12-20  charge rent:L1:2026-12 1000.00, parking:L1:2026-12 50.00, key:L1:2026-12-03:lost-key 15.00, pet:L1:2026-12 15.48  credit credit:L1:2026-12-04:painted-the-hall 100.00  balance L1 980.48
    until 2027-01-01  charge rent:L1:2027-01 1000.00, parking:L1:2027-01 50.00, pet:L1:2027-01 30.00  credit nothing
    `,
  );
  tells(
    'a deposit is owed like rent and held apart from it, and what is given back leaves the balance alone',
    `
    lease L1 rent 1200.00 due 1 deposit 500.00 grace 5 fee 50.00
    day 2026-12-01  charge rent:L1:2026-12 1200.00, deposit:L1 500.00  held L1 0.00  balance L1 1700.00
    receipt stripe:p1 L1 1700.00 settled
    day 2026-12-02  held L1 500.00  balance L1 0.00  standing L1 paid
    deposit L1 withheld 120.00
    deposit L1 refunded 380.00
    day 2026-12-03  held L1 0.00  balance L1 0.00
    receipt stripe:p1 returned
    day 2026-12-03  balance L1 1700.00
    `,
  );
  tells(
    'a late fee is for the rent, not for the deposit',
    `
    lease L1 rent 1200.00 due 1 deposit 500.00 grace 5 fee 50.00
    day 2026-12-01  balance L1 1700.00
    receipt stripe:p1 L1 1200.00 settled
    until 2026-12-10  open L1 deposit:L1 500.00 due 2026-12-01  charge nothing  standing L1 late 9 days
    `,
  );
});

describe('money', () => {
  tells(
    'a surplus waits, and is spent on the next charges as they come',
    `
    lease L1 rent 1000.00 due 1
    day 2026-12-01  balance L1 1000.00
    receipt stripe:p1 L1 2500.00 settled
    day 2026-12-02  balance L1 -1500.00  open L1 nothing
    until 2027-02-01  open L1 rent:L1:2027-02 500.00 due 2027-02-01  balance L1 500.00  standing L1 partial
    `,
  );
  tells(
    'a refund of money that was ahead reopens nothing; more than that reopens the newest charge first',
    `
    lease L1 rent 1000.00 due 1
    day 2026-12-01  balance L1 1000.00
    receipt stripe:p1 L1 1300.00 settled
    receipt stripe:p1 refunded 300.00
    day 2026-12-02  open L1 nothing  balance L1 0.00  receipts stripe:p1 partly refunded
    receipt stripe:p1 refunded 1000.00
    day 2026-12-03  open L1 rent:L1:2026-12 1000.00 due 2026-12-01  receipts stripe:p1 refunded
    `,
  );
  tells(
    'a returned payment reopens each charge with its first due date and costs its fee once',
    `
    lease L1 rent 1000.00 due 1 start 2026-11-01 grace 5 fee 50.00 returned 30.00
    until 2026-12-01  balance L1 2050.00
    receipt stripe:p1 L1 2050.00 settled
    until 2026-12-04  standing L1 paid
    receipt stripe:p1 returned
    day 2026-12-05  open L1 rent:L1:2026-11 1000.00 due 2026-11-01, fee:rent:L1:2026-11 50.00 due 2026-11-07, rent:L1:2026-12 1000.00 due 2026-12-01, return-fee:stripe:p1 30.00 due 2026-12-04  charge return-fee:stripe:p1 30.00
    until 2026-12-08  charge fee:rent:L1:2026-12 50.00  standing L1 late 37 days
    `,
  );
  tells(
    'the saved method is asked for rent that is due now, once, and not for what is prepaid or on hold',
    `
    lease L1 rent 1000.00 due 1 autopay
    day 2026-12-01  collect autopay:rent:L1:2026-12 100000
    day 2026-12-02  collect nothing
    receipt stripe:p1 L1 1400.00 settled
    until 2027-01-01  collect autopay:rent:L1:2027-01 60000
    hold L1 2027-02-10
    until 2027-02-09  collect nothing
    `,
  );
  tells(
    'money in another currency waits for a person',
    `
    property currency EUR zone Europe/Berlin
    lease L1 rent 1000.00 due 1
    day 2026-12-01  balance L1 1000.00
    receipt stripe:p1 L1 1000.00 settled in USD
    day 2026-12-02  balance L1 1000.00  receipts stripe:p1 settled
    `,
  );
});

describe('fees that are taken back', () => {
  tells(
    'money of two payers in time, the first of it seen last: the fee is taken back though late money had paid the rent',
    `
    lease L1 rent 1000.00 due 1 grace 5 fee 50.00 end 2026-12-31
    until 2026-12-07  balance L1 1050.00
    receipt stripe:p1 L1 1000.00 settled on 2026-12-07
    day 2026-12-08  balance L1 50.00
    receipt stripe:p2 L1 1000.00 settled on 2026-12-02
    day 2026-12-09  balance L1 -1000.00  credit void:fee:rent:L1:2026-12 50.00
    `,
  );
  tells(
    'a fee that was taken back is charged again when that money bounces, and taken back again once',
    `
    lease L1 rent 1000.00 due 1 grace 5 fee 50.00
    until 2026-12-07  balance L1 1050.00
    receipt stripe:p1 L1 1000.00 settled on 2026-12-05
    receipt stripe:p1 returned
    day 2026-12-08  balance L1 1050.00  charge fee:rent:L1:2026-12:2026-12-07 50.00  credit void:fee:rent:L1:2026-12 50.00
    receipt stripe:p2 L1 1000.00 settled on 2026-12-06
    day 2026-12-09  balance L1 0.00  charge nothing  credit void:fee:rent:L1:2026-12:2026-12-07 50.00
    `,
  );
  tells(
    'what a person waived of a fee is not given again when the money turns out to have come in time',
    `
    lease L1 rent 1000.00 due 1 grace 5 fee 50.00
    until 2026-12-07  balance L1 1050.00
    waive L1 fee:rent:L1:2026-12 20.00
    day 2026-12-08  balance L1 1030.00  charge nothing
    receipt stripe:p1 L1 1000.00 settled on 2026-12-05
    day 2026-12-09  balance L1 0.00  credit void:fee:rent:L1:2026-12 30.00
    receipt stripe:p2 L1 10.00 settled on 2026-12-05
    day 2026-12-10  balance L1 -10.00  credit nothing
    `,
  );
});

describe('the law of the place', () => {
  tells(
    'a verified limit cuts the fee, and its first day holds when it is later',
    `
    property law US-NY
    lease L1 rent 800.00 due 1 grace 2 fee 75.00
    until 2026-12-06  charge rent:L1:2026-12 800.00  standing L1 grace
    day 2026-12-07  charge fee:rent:L1:2026-12 40.00  standing L1 late 6 days
    `,
  );
  tells(
    'where late fees are prohibited nothing is charged, confirmed or not',
    `
    property law CA-ON
    lease L1 rent 800.00 due 1 grace 2 fee 75.00
    until 2026-12-20  charge rent:L1:2026-12 800.00  task rung:late-second:L1:2026-12, rung:final-notice:L1:2026-12
    `,
  );
  tells(
    'an unverified rule proposes until a person confirms, then the fee is charged once',
    `
    property law US-CO unconfirmed
    lease L1 rent 800.00 due 1 grace 9 fee 40.00
    until 2026-12-12  charge rent:L1:2026-12 800.00  task fee-terms:Elm Street 5
    confirm L1
    day 2026-12-13  charge fee:rent:L1:2026-12 40.00
    until 2026-12-17  charge nothing
    `,
  );
  tells(
    'an unknown place asks, and charges nothing until it is told',
    `
    property law unknown unconfirmed
    lease L1 rent 800.00 due 1 grace 2 fee 75.00 returned 30.00
    until 2026-12-05  charge rent:L1:2026-12 800.00  task fee-terms:Elm Street 5
    receipt stripe:p1 L1 800.00 settled
    receipt stripe:p1 returned
    day 2026-12-06  charge nothing
    `,
  );
  tells(
    'a returned-payment fee is limited too',
    `
    property law US-OR
    lease L1 rent 800.00 due 1 grace 9 returned 60.00
    day 2026-12-01  balance L1 800.00
    receipt stripe:p1 L1 800.00 settled
    receipt stripe:p1 returned
    day 2026-12-02  charge return-fee:stripe:p1 35.00
    `,
  );
});

describe('fees of every shape', () => {
  tells(
    'a daily fee grows until the rent is paid, and stops at its cap',
    `
    lease L1 rent 1000.00 due 1 grace 5 fee "10.00 a day" cap 40.00
    until 2026-12-08  charge rent:L1:2026-12 1000.00, fee:rent:L1:2026-12 10.00, fee:rent:L1:2026-12:2026-12-08 10.00
    until 2026-12-20  charge fee:rent:L1:2026-12:2026-12-09 10.00, fee:rent:L1:2026-12:2026-12-10 10.00  balance L1 1040.00
    `,
  );
  tells(
    'a daily fee after an outage is one charge for all its days',
    `
    lease L1 rent 1000.00 due 1 grace 5 fee "10.00 a day"
    day 2026-12-01  balance L1 1000.00
    day 2026-12-10  balance L1 1040.00
    `,
  );
  tells(
    'tiers replace each other, and only the difference is charged',
    `
    lease L1 rent 1000.00 due 1 grace 4 fee "25.00 from day 5, 60.00 from day 10"
    until 2026-12-06  charge rent:L1:2026-12 1000.00, fee:rent:L1:2026-12 25.00
    until 2026-12-20  charge fee:rent:L1:2026-12:2026-12-11 35.00
    `,
  );
  tells(
    'a percent of the balance is of what was unpaid when the fee began, and a small rest carries none',
    `
    lease L1 rent 1000.00 due 1 grace 5 fee "10% of balance" minimum 50.00
    lease L2 rent 1000.00 due 1 grace 5 fee "10% of balance" minimum 50.00
    day 2026-12-01  balance L1 1000.00
    receipt stripe:p1 L1 700.00 settled
    receipt stripe:p2 L2 950.01 settled
    until 2026-12-20  balance L1 330.00  balance L2 49.99
    `,
  );
});
