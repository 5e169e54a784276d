/** Stories of one lease in the field's words: every standing, and what each day charges, sends and asks of people. */
import { retell, tidy } from './story';

function tells(name: string, story: string): void {
  it(name, () => expect(retell(story)).toBe(tidy(story)));
}

describe('a month of rent', () => {
  tells(
    'an unpaid rent is due, in grace, then late with its fee',
    `
    lease L1 rent 1200.00 due 1 grace 5 fee 50.00
    day 2026-12-01  standing L1 due  charge rent:L1:2026-12 1200.00  send due-today
    day 2026-12-06  standing L1 grace  charge nothing  send nothing
    day 2026-12-07  standing L1 late 6 days  charge fee:rent:L1:2026-12 50.00  send late
    receipt stripe:p1 L1 1250.00 settled
    day 2026-12-08  standing L1 paid  balance L1 0.00  send nothing
    receipt stripe:p1 returned
    day 2026-12-09  standing L1 late 8 days  task returned:stripe:p1  balance L1 1250.00
    `,
  );
});
