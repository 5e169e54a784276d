/** Which of Voyager's charge codes is which of our types of charges, as the owner entered it: the same field as for a gateway. */
import { fail } from '../../http/faults';
import type { Account } from '../connector';
import { pairsIn } from '../gateway/profile';

export const CODES = 'rent=rent, late fee=late';

/** Another type is refused, for it would land in the wrong account. */
export function codesIn({ GATEWAY_CODES: given }: Account, type: string): string {
  const found = pairsIn(given || CODES).find(([name]) => name === type.toLowerCase());
  return found?.[1] ?? fail('rejected', `The types of charges on the card have none for "${type}": enter it there.`);
}
