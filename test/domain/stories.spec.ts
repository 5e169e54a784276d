/** Stories of one lease in the field's words: every standing, and what each day charges, sends and asks of people. */
import { retell, tidy } from './story';

const tells = (name: string, story: string): void => it(name, () => expect(retell(story)).toBe(tidy(story)));

describe('a month of rent', () => {
  tells(
    'an unpaid rent is due, in grace, then late with its fee; a returned payment makes it as old as it was',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-01  standing L1 due  charge rent:L1:2026-12 1200.00  send due-today
    day 2026-12-06  standing L1 grace  charge nothing  send nothing
    day 2026-12-07  standing L1 late 6 days  charge fee:rent:L1:2026-12 50.00  send late
    receipt stripe:p1 L1 1250.00 settled
    day 2026-12-08  standing L1 paid  balance L1 0.00  send receipt
    receipt stripe:p1 returned
    day 2026-12-09  standing L1 late 8 days  charge nothing  send payment-failed  task returned:stripe:p1
    day 2026-12-09  open L1 rent:L1:2026-12 1200.00 due 2026-12-01, fee:rent:L1:2026-12 50.00 due 2026-12-07
    `,
  );
  tells(
    'a part is partial until the first fee day, and late from then on: late comes before partial',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-01  standing L1 due
    receipt stripe:p1 L1 400.00 settled
    day 2026-12-01  standing L1 partial
    day 2026-12-05  standing L1 partial  balance L1 800.00
    day 2026-12-07  standing L1 late 6 days  charge fee:rent:L1:2026-12 50.00  balance L1 850.00
    `,
  );
  tells(
    'money on its way is processing: no fee and no message meanwhile, and no fee after it settled',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    until 2026-12-05  standing L1 grace  send due-today
    receipt stripe:p1 L1 1200.00 pending
    until 2026-12-10  standing L1 processing  charge nothing  send nothing  balance L1 1200.00
    receipt stripe:p1 settled
    until 2026-12-20  standing L1 paid  charge nothing  send receipt  balance L1 0.00
    `,
  );
  tells(
    'money on its way that fails leaves the debt as late as it was, with the fee that was held back',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    until 2026-12-05  standing L1 grace  send due-today
    receipt stripe:p1 L1 1200.00 pending
    until 2026-12-10  standing L1 processing  charge nothing  send nothing
    receipt stripe:p1 failed
    day 2026-12-11  standing L1 late 10 days  charge fee:rent:L1:2026-12 50.00  send payment-failed, late
    `,
  );
  tells(
    'a part on its way clears nothing: what it cannot cover is late',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    until 2026-12-05  standing L1 grace
    receipt stripe:p1 L1 700.00 pending
    until 2026-12-07  standing L1 late 6 days  charge fee:rent:L1:2026-12 50.00  send late
    `,
  );
  tells(
    'money sent on the last day of grace comes in time, on the first fee day too late',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    lease L2 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-08  charge rent:L1:2026-12 1200.00, fee:rent:L1:2026-12 50.00, rent:L2:2026-12 1200.00, fee:rent:L2:2026-12 50.00
    receipt stripe:p1 L1 1200.00 settled on 2026-12-06
    receipt stripe:p2 L2 1200.00 settled on 2026-12-07
    day 2026-12-08  credit void:fee:rent:L1:2026-12 50.00  balance L1 0.00  balance L2 50.00
    until 2026-12-20  credit nothing  charge nothing  balance L1 0.00  balance L2 50.00
    `,
  );
});

describe('the ladder', () => {
  tells(
    'climbs a rung at a time, asks for a call, and lets the final notice wait for a person',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    until 2026-12-01  send due-today
    until 2026-12-07  send late  task nothing
    until 2026-12-14  send late-second  task rung:late-second:L1:2026-12
    until 2026-12-21  send final-notice (waits)  task rung:final-notice:L1:2026-12  standing L1 late 20 days
    release L1 final-notice rent:L1:2026-12
    day 2026-12-22  standing L1 notice  send nothing
    receipt stripe:p1 L1 1250.00 settled
    day 2026-12-23  standing L1 paid
    `,
  );
  tells(
    'after an outage the newest rung speaks once and the missed ones never',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-16  send late-second  rung late-second:L1:2026-12  charge rent:L1:2026-12 1200.00, fee:rent:L1:2026-12 50.00
    until 2026-12-20  send nothing
    day 2026-12-21  send final-notice (waits)
    `,
  );
  tells(
    'a resident who has prepaid is not reminded, one who has prepaid a part is',
    `
    lease L1 rent 1200.00 due 1
    day 2026-12-01  send due-today
    receipt stripe:p1 L1 2400.00 settled
    until 2026-12-31  standing L1 paid  balance L1 -1200.00  send receipt
    day 2027-01-01  standing L1 paid  balance L1 0.00  charge rent:L1:2027-01 1200.00  send nothing
    receipt stripe:p2 L1 200.00 settled
    until 2027-01-29  send receipt, before-due
    day 2027-02-01  standing L1 partial  balance L1 1000.00  send due-today
    `,
  );
  tells(
    'money on its way for the next rent keeps its reminder back',
    `
    lease L1 rent 1200.00 due 1
    day 2026-12-01  standing L1 due
    receipt stripe:p1 L1 1200.00 settled
    receipt stripe:p2 L1 1200.00 pending
    until 2026-12-31  send receipt
    day 2027-01-01  standing L1 processing  send nothing
    `,
  );
  tells(
    'the rung that money averted is taken again once that money bounces',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00 returned 25.00
    until 2026-12-03  send due-today
    receipt stripe:p1 L1 1200.00 settled
    until 2026-12-09  standing L1 paid  charge nothing  send receipt
    receipt stripe:p1 returned
    day 2026-12-09  charge return-fee:stripe:p1 25.00, fee:rent:L1:2026-12 50.00  standing L1 late 8 days  balance L1 1275.00  send payment-failed, late
    until 2026-12-13  send nothing  charge nothing
    `,
  );
});

describe('what makes fees and the ladder rest', () => {
  tells(
    'a hold until a day, that day included',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    until 2026-12-02  send due-today
    hold L1 2026-12-10
    until 2026-12-10  standing L1 hold  charge nothing  send nothing
    day 2026-12-11  standing L1 late 10 days  charge fee:rent:L1:2026-12 50.00  send late
    `,
  );
  tells(
    'a plan while it runs',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    until 2026-12-02  send due-today
    plan L1 begins
    until 2026-12-20  standing L1 plan  charge nothing  send nothing
    plan L1 ends
    day 2026-12-21  standing L1 late 20 days  charge fee:rent:L1:2026-12 50.00  send final-notice (waits)
    `,
  );
  tells(
    'a payment dispute while it is open; one that is won leaves no trace on the balance',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-01  standing L1 due
    receipt stripe:p1 L1 1200.00 settled
    until 2026-12-04  standing L1 paid
    receipt stripe:p1 disputed
    until 2026-12-20  standing L1 disputed  balance L1 1200.00  charge nothing  task disputed:stripe:p1
    receipt stripe:p1 won
    until 2026-12-22  standing L1 paid  balance L1 0.00  charge nothing  receipts stripe:p1 dispute won
    `,
  );
  tells(
    'a payment dispute that is lost makes the rent as late as it was, with its fee and the ladder going on',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-01  send due-today
    receipt stripe:p1 L1 1200.00 settled
    until 2026-12-04  send receipt
    receipt stripe:p1 disputed
    until 2026-12-13  standing L1 disputed  charge nothing  send nothing
    receipt stripe:p1 lost
    day 2026-12-13  charge fee:rent:L1:2026-12 50.00  standing L1 late 12 days  balance L1 1250.00
    day 2026-12-14  send late-second  charge nothing  receipts stripe:p1 dispute lost
    `,
  );
  tells(
    'a disputed line rests while the rent beside it goes on',
    `
    lease L1 rent 1200.00 due 1 grace 5
    term L1 parking 80.00 from 2026-12-01
    until 2026-12-02  balance L1 1280.00  send due-today
    dispute L1 begins parking:L1:2026-12
    until 2026-12-07  standing L1 late 6 days  send late
    receipt stripe:p1 L1 1200.00 settled
    until 2026-12-25  open L1 parking:L1:2026-12 80.00 due 2026-12-01  standing L1 disputed  send receipt
    dispute L1 ends parking:L1:2026-12
    day 2026-12-26  standing L1 late 25 days  send final-notice (waits)
    `,
  );
});
