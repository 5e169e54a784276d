/** The literal list of sandboxes. */

import { appfolio } from './appfolio';
import { azureLogicApps } from './azure-logic-apps';
import { docusign } from './docusign';
import { dynamics365 } from './dynamics-365';
import { freshbooks } from './freshbooks';
import { googleSheets } from './google-sheets';
import { hubspot } from './hubspot';
import { mailgun } from './mailgun';
import { monday } from './monday';
import { paypal } from './paypal';
import { pipedrive } from './pipedrive';
import { plaid } from './plaid';
import { quickbooks } from './quickbooks';
import { rentmanager } from './rentmanager';
import { salesforce } from './salesforce';
import type { Sandbox } from './sandbox';
import { sapConcur } from './sap-concur';
import { sendgrid } from './sendgrid';
import { slack } from './slack';
import { square } from './square';
import { stripe } from './stripe';
import { twilio } from './twilio';
import { xero } from './xero';
import { yardiBreeze } from './yardi-breeze';
import { zohoBooks } from './zoho-books';

/** State is the sandbox's own business: whoever holds the list hands back what `start` gave. */
export const sandboxes: readonly Sandbox[] = [
  stripe as Sandbox,
  paypal as Sandbox,
  square as Sandbox,
  plaid as Sandbox,
  quickbooks as Sandbox,
  xero as Sandbox,
  zohoBooks as Sandbox,
  freshbooks as Sandbox,
  docusign as Sandbox,
  slack as Sandbox,
  sendgrid as Sandbox,
  mailgun as Sandbox,
  googleSheets as Sandbox,
  twilio as Sandbox,
  sapConcur as Sandbox,
  // Before Azure, whose sign-in it shares: each answers for its own tenant, and Azure for strange ones.
  dynamics365 as Sandbox,
  azureLogicApps as Sandbox,
  salesforce as Sandbox,
  hubspot as Sandbox,
  monday as Sandbox,
  appfolio as Sandbox,
  pipedrive as Sandbox,
  yardiBreeze as Sandbox,
  rentmanager as Sandbox,
];

/** `.example.com` stands for every host under it. */
const isUnder = (host: string, one: string): boolean => (one.startsWith('.') ? host.endsWith(one) : host === one);

/** The sandbox that answers for a host, such as `api.stripe.com`. */
export function sandboxFor(host: string): Sandbox | undefined {
  return sandboxes.find((sandbox) => sandbox.hosts.some((one) => isUnder(host, one)));
}
