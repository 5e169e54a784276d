/** Payloads with which effects are tried on a vendor's own sandbox: one household, one month, one small amount. */
import type { Outgoing } from '../../src/connectors/messages';
import { secretOf } from '../../src/connectors/plaid/api';
import type { BookCustomer, CreditWish, InvoiceWish, PaymentWish } from '../../src/domain/books';
import { creditNumber, invoiceNumber, paymentNumber } from '../../src/domain/books';
import { day } from '../../src/domain/calendar';
import type { LeaseOffer } from '../../src/domain/collect';
import { cents } from '../../src/domain/money';
import type { LeaseStatus, ReceiptNote, RentEvent, TaskNote } from '../../src/domain/status';
import { currency, instant, key, leaseId, propertyName } from '../../src/domain/values';
import { docusignSamples } from './docusign';
import { slackMessage, slackSamples } from './slack';

const LEASE = leaseId('RL-TRIAL-1');
const CHARGE = key('rent:RL-TRIAL-1:2026-12');
const RECEIPT = key('trial:receipt-1');
const USD = currency('USD');

const customer: BookCustomer = {
  leaseId: LEASE,
  name: 'Rent Ledger Trial (RL-TRIAL-1)',
  residents: 'Rent Ledger Trial',
  email: 'trial@example.com',
  property: 'Trial House',
  unit: '1',
};

const shared = { customer, currency: USD, amountCents: cents(100), gone: false };

const invoice: InvoiceWish = {
  ...shared,
  number: invoiceNumber(CHARGE),
  day: day('2026-12-01'),
  due: day('2026-12-01'),
  type: 'rent',
  description: 'Trial of Rent Ledger',
};
const payment: PaymentWish = {
  ...shared,
  number: paymentNumber(RECEIPT, CHARGE),
  day: day('2026-12-02'),
  invoice: invoice.number,
  source: 'trial',
  reference: 'receipt-1',
};
const credit: CreditWish = {
  ...shared,
  number: creditNumber(RECEIPT, CHARGE),
  day: day('2026-12-02'),
  invoice: invoice.number,
  reason: 'Trial of Rent Ledger',
};

const offer: LeaseOffer = {
  leaseId: LEASE,
  amountCents: cents(100),
  currency: USD,
  description: 'Trial of Rent Ledger',
  property: customer.property,
  unit: customer.unit,
  name: customer.residents,
  email: 'trial@example.com',
  frequency: 'monthly',
  due: day('2026-12-01'),
  successUrl: 'https://example.com/paid',
  number: invoice.number,
};

const BOOKS: Readonly<Record<string, InvoiceWish | PaymentWish | CreditWish>> = { invoice, payment, credit };

/** What platforms that are told of the ledger are told on trial. */
const about = { leaseId: LEASE, property: propertyName('Trial House'), unit: '1', residents: customer.residents };
const standing: LeaseStatus = {
  ...about,
  email: 'trial@example.com',
  phone: '',
  currency: USD,
  balanceCents: cents(100),
  unpaidCents: cents(100),
  processingCents: cents(0),
  standing: 'late',
  daysLate: 6,
  rentCents: cents(100),
  nextDue: day('2027-01-01'),
  lastRung: '',
  asOf: day('2026-12-07'),
  customer: '',
  contact: 'write',
};
const receipt: ReceiptNote = {
  ...about,
  receipt: RECEIPT,
  address: '',
  manager: '',
  currency: USD,
  amountCents: cents(100),
  state: 'settled',
  reversedCents: cents(0),
  day: day('2026-12-02'),
  source: 'trial',
  reference: 'receipt-1',
  matched: 'Trial of Rent Ledger',
  allocated: ['rent due 2026-12-01 1.00'],
  balanceCents: cents(0),
  customer: '',
};
const event: RentEvent = {
  id: 'lease.resolved:trial',
  type: 'lease.resolved',
  at: instant(Date.UTC(2026, 11, 7, 15)),
  property: about.property,
  lease: LEASE,
  unit: about.unit,
  currency: USD,
  amountCents: cents(0),
  balanceCents: cents(0),
  standing: 'paid',
  daysLate: 0,
  rung: '',
  ref: '',
};
const task: TaskNote = {
  ...about,
  task: key('task:rung:trial'),
  email: 'trial@example.com',
  currency: USD,
  balanceCents: cents(100),
  title: 'Call about the rent (trial of Rent Ledger)',
  detail: '',
  owner: '',
  due: day('2026-12-08'),
  state: 'open',
  outcome: '',
  customer: '',
};
const TOLD: Readonly<Record<string, LeaseStatus | ReceiptNote | RentEvent | TaskNote>> = {
  standing,
  receipt,
  event,
  task,
};

/** What a lease that is already at the platform has there; nothing of it exists, so the platform says at most that it is missing. */
const AT_PLATFORM: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  stripe: {
    charge: { customer: 'cus_RentLedgerTrial', paymentMethod: 'pm_card_visa', methodType: 'card' },
    adopt: { customer: 'cus_RentLedgerTrial' },
    closePage: { page: 'https://checkout.stripe.com/c/pay/cs_test_RentLedgerTrial' },
    forget: { autopay: 'pm_RentLedgerTrial' },
  },
  paypal: {
    revise: { autopay: 'I-RENTLEDGER01' },
    unsubscribe: { autopay: 'I-RENTLEDGER01' },
    closePage: { page: '5RENTLEDGERTRIAL1' },
    agreed: { autopay: 'I-RENTLEDGER01' },
  },
  square: { closePage: { page: 'inv:0-RentLedgerTrial' } },
  plaid: {
    transfer: { autopay: 'item-rent-ledger-trial account-1' },
    removeBank: { autopay: 'item-rent-ledger-trial account-1' },
    payLink: { currency: currency('GBP') },
  },
  mailgun: { test: { address: 'trial@example.com' } },
  // Twilio's own number for trying: nobody's phone.
  twilio: { test: { to: '+15005550006' } },
  slack: slackSamples(LEASE),
  docusign: docusignSamples,
  'sap-concur': { receipt: { customer: 'me' } },
  // A lease by its id there: who lives where is not asked for.
  appfolio: { invoice: { customer: { ...customer, id: '00000000-0000-4000-8000-000000000001' } } },
  'yardi-breeze': {
    invoice: { customer: { ...customer, id: 't0000000' } },
    payment: { customer: { ...customer, id: 't0000000' } },
  },
  xero: { unrepeat: { autopay: '00000000-0000-4000-8000-000000000001' } },
};

/** Secrets of a lease's own at the platform; they never leave, because the request that would carry them is only shown. */
export const SECRETS_AT_PLATFORM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plaid: { [secretOf('item-rent-ledger-trial')]: 'access-of-the-trial' },
};

/** What an effect was before that this one is about, by platform and effect. */
const BEFORE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  slack: { reply: slackMessage, update: slackMessage },
};

export const beforeOf = (platform: string, effect: string): { readonly after?: string } => {
  const after = BEFORE[platform]?.[effect];
  return after === undefined ? {} : { after };
};

/** Of two ways to connect a platform, the credential that an effect goes by. */
const GOES_BY: Readonly<Record<string, (effect: string) => string>> = {
  slack: (effect) => (effect === 'post' ? 'SLACK_WEBHOOK_URL' : 'SLACK_BOT_TOKEN'),
};

export const credentialOf = (platform: string, effect: string): string | undefined => GOES_BY[platform]?.(effect);

/** What an effect of that name is given on trial. */
export const sampleOf = (platform: string, effect: string, keepsBooks: boolean): Readonly<Record<string, unknown>> => ({
  ...((keepsBooks ? BOOKS[effect] : undefined) ?? TOLD[effect] ?? offer),
  ...AT_PLATFORM[platform]?.[effect],
  // Where a vendor is told of an address of ours, or writes to one that is asked for.
  ...(effect === 'callback' ? { uri: 'https://example.com/hook' } : {}),
  ...(effect === 'test' ? { address: 'trial@example.com' } : {}),
});

/** What an effect that carries a message is given on trial. */
export const messageOf = (carries: Outgoing['kind']): Outgoing => MESSAGES[carries];

const words = 'Trial of Rent Ledger (RL-TRIAL-1)';

const MESSAGES: Readonly<Record<Outgoing['kind'], Outgoing>> = {
  mail: {
    kind: 'mail',
    fromName: 'Trial House',
    replyTo: 'office@example.com',
    to: ['trial@example.com'],
    subject: words,
    text: words,
    html: `<p>${words}</p>`,
    topic: 'trial',
  },
  text: { kind: 'text', to: '+15125550123', text: words, topic: 'trial' },
};
