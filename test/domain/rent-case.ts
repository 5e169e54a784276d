/** What the tests of published rent cases share: a case is named by its id in the collection that it comes from. */
import { decimal, parseAmount } from '../../src/domain/money';
import { type Cents, currency, leaseId } from '../../src/domain/values';
import { fault } from './small-world';
import { retell, tidy } from './story';

export const USD = currency('USD');
export const L1 = leaseId('L1');
export const money = (text: string): Cents => parseAmount(text, USD) ?? fault(`"${text}" is no amount`);
export const text = (amount: number): string => decimal(amount as Cents, USD);

/** One published case: its id, what it says, and the check. */
export const rule = (id: string, says: string, check: () => void): void => it(`${id}: ${says}`, check);

/** A case that is told as a story. */
export const tells = (id: string, says: string, story: string): void =>
  rule(id, says, () => expect(retell(story)).toBe(tidy(story)));
