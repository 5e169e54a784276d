/** The connectors there are: a literal list, so that nothing registers itself. */
import { appfolio } from './appfolio';
import { azureLogicApps } from './azure-logic-apps';
import type { Connector } from './connector';
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
import { sapConcur } from './sap-concur';
import { sendgrid } from './sendgrid';
import { slack } from './slack';
import { square } from './square';
import { stripe } from './stripe';
import { twilio } from './twilio';
import { xero } from './xero';
import { yardiBreeze } from './yardi-breeze';
import { zohoBooks } from './zoho-books';

export const connectors: readonly Connector[] = [
  stripe,
  paypal,
  square,
  plaid,
  quickbooks,
  xero,
  zohoBooks,
  freshbooks,
  slack,
  sendgrid,
  mailgun,
  docusign,
  googleSheets,
  twilio,
  sapConcur,
  azureLogicApps,
  salesforce,
  hubspot,
  dynamics365,
  monday,
  appfolio,
  pipedrive,
  yardiBreeze,
  rentmanager,
];

/** By the vendor's own name; undefined for a name that a newer version wrote. */
export const connectorOf = (id: string): Connector | undefined => connectors.find((each) => each.id === id);
