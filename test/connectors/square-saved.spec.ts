/** The card that a resident saves while they pay: told from those that were there before. */
import { paySquareInvoiceAndSave } from '../../local/vendors/square/people';
import { square } from '../../src/connectors/square';
import { idIn, Merchant, MINUTE, OFFER } from './square-world';

function saving(one: Merchant, number: string): string {
  const page = idIn(one.effect('invoice', { ...OFFER, number, shown: true }, { by: number }));
  one.pass(MINUTE);
  return paySquareInvoiceAndSave(one.state, page, one.nowMs);
}

describe('a card that is saved on the page of an invoice', () => {
  it('is the one that was not there before', () => {
    const one = new Merchant();
    const first = saving(one, 'RL-FIRST00000');
    const known = one.effect('setup', OFFER);
    expect(known).toBe(first);
    const second = saving(one, 'RL-SECOND0000');
    expect(one.effect('adopt', { ...OFFER, known })).toBe(second);
    expect(square.effects?.adopt?.link?.(second)).toEqual({ kind: 'autopay', externalId: second });
  });

  it('is none where nothing was saved, or where what was saved is charged no more', () => {
    const one = new Merchant();
    const known = one.effect('setup', OFFER);
    expect(known).toBe('no card is saved');
    const none = one.effect('adopt', { ...OFFER, known, mayBeNone: true });
    expect([none, square.effects?.adopt?.link?.(String(none))]).toEqual(['no card is saved', undefined]);
    const card = one.state.cards[saving(one, 'RL-FIRST00000')];
    if (card) card.enabled = false;
    expect(one.effect('adopt', { ...OFFER, known })).toMatchObject({ fault: 'rejected' });
  });
});
