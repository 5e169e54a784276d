/** The money story, played once: every platform does all it can, the ledger agrees with each, and the traffic fits what they publish. */
import { holdsTheStory } from './held';

describe('a quarter with eight platforms of money', () => {
  holdsTheStory('money', ['freshbooks', 'paypal', 'plaid', 'quickbooks', 'square', 'stripe', 'xero', 'zoho-books']);
});
