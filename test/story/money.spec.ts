/** The money story, played once: every platform does all it can, the ledger agrees with each, and the traffic fits what they publish. */
import { connectors } from '../../src/connectors';
import { holdsTheStory } from './held';

const PLATFORMS = ['freshbooks', 'paypal', 'plaid', 'quickbooks', 'square', 'stripe', 'xero', 'zoho-books'];

/** All that the ledger can ask a platform to do. */
const effects = connectors
  .filter(({ id }) => PLATFORMS.includes(id))
  .flatMap(({ id, effects: kinds }) => Object.keys(kinds ?? {}).map((kind) => `${id} ${kind}`));

describe('a quarter with eight platforms of money', () => {
  holdsTheStory('money', PLATFORMS, effects);
});
