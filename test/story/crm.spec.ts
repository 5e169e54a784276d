/** The CRM story, played once: CRMs and property systems are kept in step, and what people do there is seen. */
import { holdsTheStory } from './held';

describe('a month with CRMs and property systems', () => {
  // What the others publish is kept behind a log-in: their specs hold them against what is known.
  holdsTheStory('crm', ['dynamics-365', 'hubspot', 'monday', 'pipedrive', 'rentmanager', 'salesforce']);
});
