/**
 * Plaid: the landlord's own bank account as a feed, ACH debits in the US, and payments by bank in the UK and the EU. Every
 * call is a JSON post. Limits: 50 reads of entries a minute for each linked bank; a debit that came back may be tried twice.
 */

import { isFault, raise } from '../http/faults';
import { outcomesOf } from '../http/paging';
import type { AccountSeen, Connector, CredentialField, Flow } from './connector';
import { isLive, LIVE_HOST, lacksProduct, plaidFault, read, SANDBOX_HOST, sign } from './plaid/api';
import { banks } from './plaid/banks';
import { removeBank } from './plaid/closing';
import { payLink, transfer } from './plaid/effects';
import { byHint, pull } from './plaid/feed';

const KEYS = 'Plaid dashboard > Developers > Keys';
const recipient = (part: string, label: string, help: string): CredentialField => ({
  name: `PLAID_RECIPIENT_${part}`,
  label,
  help: `Only for pay links in pounds or euros: ${help}`,
  secret: false,
  optional: true,
});

export const plaid: Connector = {
  id: 'plaid',
  title: 'Plaid',
  group: 'Pay in',
  hosts: [LIVE_HOST, SANDBOX_HOST],
  credentials: [
    { name: 'PLAID_CLIENT_ID', label: 'Client ID', help: KEYS, secret: false },
    { name: 'PLAID_SECRET', label: 'Secret of the mode', help: KEYS },
    {
      name: 'PLAID_MODE',
      label: 'Mode',
      help: 'Sandbox moves no real money',
      secret: false,
      choices: ['production', 'sandbox'],
    },
    {
      name: 'PLAID_COUNTRY',
      label: 'Country of your bank',
      help: 'Which banks you can choose when you link your own account',
      secret: false,
      choices: ['US', 'GB', 'IE', 'CA', 'DE', 'ES', 'FR', 'IT', 'NL', 'BE', 'AT', 'PT', 'FI', 'PL', 'DK', 'NO', 'SE'],
    },
    recipient('NAME', 'Account holder', 'who is paid, as the bank has it'),
    recipient('IBAN', 'IBAN', 'the account in the EU'),
    recipient('SORT_CODE', 'Sort code', 'the account in the UK'),
    recipient('ACCOUNT', 'Account number', 'the account in the UK'),
  ],
  limits: { concurrency: 10 },
  sign,
  fault: plaidFault,
  test,
  receipts: { pull, byHint },
  effects: { transfer, payLink, removeBank },
  banks,
  offers: [
    {
      kind: 'transfer',
      title: 'Debit the linked bank account',
      says: 'What is open now is collected from the bank account that the resident has linked; it takes some days.',
      amount: 'open balance',
      needs: 'autopay',
      currencies: ['USD'],
    },
    {
      kind: 'payLink',
      title: 'Make a page to pay by bank',
      says: 'Plaid makes a page on which the resident pays what is open now from their own bank, in pounds or euros.',
      amount: 'open balance',
      currencies: ['GBP', 'EUR'],
    },
  ],
  reads: [
    'Money that comes in on the bank accounts that you have linked',
    'ACH debits, their returns and refunds, and payments by bank',
  ],
  writes: [
    'ACH debits of bank accounts that residents have linked',
    'Pages to pay by bank, pages to link a bank, and its end',
  ],
};

/** The keys are good when Plaid answers, even if it has not opened these products to the account: that is found out too. */
function* test(account: Readonly<Record<string, string>>): Flow<AccountSeen> {
  const questions = [
    read(account, '/transfer/event/sync', { after_id: 0, count: 1 }),
    read(account, '/payment_initiation/payment/list', { count: 1 }),
  ];
  const outcomes = yield* outcomesOf(questions);
  for (const each of outcomes) if (isFault(each) && !lacksProduct(each)) raise(each);
  const [transfers, payments] = outcomes.map((each) => (isFault(each) ? 'no' : 'yes'));
  const live = isLive(account);
  return {
    name: live ? 'Plaid, live mode' : 'Plaid, sandbox',
    mode: live ? 'live' : 'sandbox',
    found: { TRANSFERS: transfers ?? 'no', PAYMENTS: payments ?? 'no' },
  };
}
