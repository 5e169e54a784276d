/**
 * DocuSign: leases and payment plans go out for signature from the owner's own templates, and what becomes of them is read from the
 * list of changes. Signed in to by JWT grant, for runs at which nobody sits.
 */
import type { Connector, Offer } from './connector';
import { AUTH_HOSTS, docusignFault, SITES, sign, templates, test } from './docusign/api';
import { deliveries } from './docusign/changes';
import * as envelopes from './docusign/envelopes';
import { oauth } from './docusign/signin';

const KEYS = 'DocuSign > Settings > Apps and Keys';

const OFFERS: readonly Offer[] = [
  {
    kind: 'lease',
    title: 'Send the lease for signature',
    says: 'DocuSign mails the lease, filled with what stands here, to everybody on it; reminders come from DocuSign.',
    amount: 'rent',
    unless: 'document',
  },
  {
    kind: 'plan',
    title: 'Send a payment plan for signature',
    says: 'DocuSign mails the plan for what is open now to everybody on the lease. It holds nothing back by itself.',
    amount: 'open balance',
    unless: 'document',
    asks: { label: 'The plan', help: 'What is paid when, as it is to stand in the document' },
  },
  {
    kind: 'resend',
    title: 'Send the invitation again',
    says: 'DocuSign mails those again whose turn it is to sign.',
    amount: 'none',
    needs: 'document',
  },
  {
    kind: 'void',
    title: 'Void the envelope',
    says: 'Nobody can sign it any more, and everybody who was asked is told so, with your reason.',
    amount: 'none',
    asks: { label: 'Reason', help: 'The residents read it' },
    needs: 'document',
  },
];

export const docusign: Connector = {
  id: 'docusign',
  title: 'DocuSign',
  group: 'Documents',
  hosts: [AUTH_HOSTS.production, AUTH_HOSTS.demo, SITES],
  credentials: [
    { name: 'DOCUSIGN_INTEGRATION_KEY', label: 'Integration key', help: `${KEYS} > your app`, secret: false },
    { name: 'DOCUSIGN_USER_ID', label: 'User ID', help: `${KEYS} > My Account Information`, secret: false },
    {
      name: 'DOCUSIGN_PRIVATE_KEY',
      label: 'RSA private key',
      help: `${KEYS} > your app > Generate RSA. The whole text, from its BEGIN line to its END line`,
    },
    {
      name: 'DOCUSIGN_ENVIRONMENT',
      label: 'Environment',
      help: 'What is signed in demo has no legal force',
      secret: false,
      choices: ['production', 'demo'],
    },
    {
      name: 'DOCUSIGN_ACCOUNT',
      label: 'API account ID',
      help: `Only where the user has several: ${KEYS} > My Account Information`,
      secret: false,
      optional: true,
    },
    {
      name: 'DOCUSIGN_LEASE_TEMPLATE',
      label: 'Template of the lease',
      help: 'Several, parted by commas, where leases have one signer or more: the one with a role for each is taken',
      secret: false,
      optional: true,
      pick: 'templates',
      several: true,
    },
    {
      name: 'DOCUSIGN_PLAN_TEMPLATE',
      label: 'Template of the payment plan',
      help: 'As for the lease',
      secret: false,
      optional: true,
      pick: 'templates',
      several: true,
    },
    {
      name: 'DOCUSIGN_RESIDENT_ROLES',
      label: 'Roles of the residents',
      help: 'Names of the roles in the template, parted by commas. Left out: all that are nobody’s and not the manager’s',
      secret: false,
      optional: true,
    },
    {
      name: 'DOCUSIGN_MANAGER_ROLE',
      label: 'Role of the manager',
      help: 'Left out: the one called landlord, manager, owner, lessor or agent, where there is one',
      secret: false,
      optional: true,
    },
  ],
  oauth,
  limits: { concurrency: 4 },
  sign,
  fault: docusignFault,
  test,
  effects: { lease: envelopes.lease, plan: envelopes.plan, resend: envelopes.resend, void: envelopes.end },
  offers: OFFERS,
  deliveries,
  lists: { templates },
  reads: [
    'The names of your templates, their roles and the labels of their tabs',
    'What became of the envelopes that were sent from here: opened, signed, declined, voided, expired',
  ],
  writes: [
    'Envelopes from your templates, to the residents of a lease and its manager',
    'Invitations that are sent again, and envelopes that are voided',
  ],
};
