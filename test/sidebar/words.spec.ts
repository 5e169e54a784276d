/** Money, days and balances as the sidebar writes them. */
import fc from 'fast-check';
import { balanceText, clockText, daysIn, dayText, moneyText, shareOf, sumsText } from '../../sidebar/kit/words';
import { reportText } from '../../sidebar/report';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const money = (amount: number, code = 'USD') => ({ cents: cents(amount), currency: currency(code) });

describe('words of the sidebar', () => {
  it('write money with its own decimals', () => {
    expect(moneyText(money(120000))).toBe('$1,200.00');
    expect(moneyText(money(1200, 'JPY'))).toBe('¥1,200');
  });

  it('never add two currencies', () => {
    expect(sumsText([money(120000), money(30000, 'EUR')])).toBe('$1,200.00 + €300.00');
    expect(sumsText([])).toBe('');
  });

  it('say what a balance means', () => {
    expect(balanceText(money(5000))).toBe('Owes $50.00');
    expect(balanceText(money(-5000))).toBe('$50.00 ahead');
    expect(balanceText(money(0))).toBe('Nothing owed');
  });

  it('write a day with its month as a word, keep what follows, and leave alone what is no day', () => {
    expect(dayText('2026-12-06')).toBe('Dec 6, 2026');
    expect(dayText('2026-12-06 09:05')).toBe('Dec 6, 2026 09:05');
    expect(dayText('soon')).toBe('soon');
    expect(dayText('2026-02-31')).toBe('2026-02-31');
  });

  it('write the days within a sentence the same way, and no day that is part of a key or of a name', () => {
    expect(daysIn('1000.00 for 2026-12-01 to 2026-12-31 (since 2026-11-30); now 2026-12-02: late.')).toBe(
      '1000.00 for Dec 1, 2026 to Dec 31, 2026 (since Nov 30, 2026); now Dec 2, 2026: late.',
    );
    const kept =
      'manual:L-2:2026-12-04:cash evidence-L-1-2026-11-05.pdf https://a.example/2026-11-05/x rent:L-1:2026-12 2026-02-31';
    expect(daysIn(kept)).toBe(kept);
    fc.assert(fc.property(fc.string(), (text) => expect(daysIn(daysIn(text))).toBe(daysIn(text))));
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/\d{4}-\d\d-\d\d/.test(text)),
        (text) => expect(daysIn(text)).toBe(text),
      ),
    );
  });

  it('count minutes and seconds', () => {
    expect([0, 999, 65_000, 3_600_000, -5].map(clockText)).toEqual(['0:00', '0:00', '1:05', '60:00', '0:00']);
  });

  it('tell the share that was collected, at most all of it', () => {
    expect(shareOf(money(50), money(200))).toBe(25);
    expect(shareOf(money(300), money(200))).toBe(100);
    expect(shareOf(money(0), money(0))).toBe(100);
  });

  it('quote an error without naming anybody', () => {
    expect(reportText('run-7', 'busy', '0.1.0')).toBe('Rent Ledger 0.1.0\nLast error: busy, id run-7\nWhat I did: ');
    expect(reportText('', '', '0.1.0')).toContain('Last error: none');
  });
});
