/** What has to be imported so that a wish is so, given what stands in Voyager already, and how a line of an import is written. */
import type { BookCustomer } from '../../domain/books';
import { minus, sum } from '../../domain/money';
import type { Cents, Day } from '../../domain/values';
import { fail } from '../../http/faults';
import type { HttpRequest } from '../../ports';
import type { Account } from '../connector';
import { ourNumber } from '../wishes';
import { amountText, type VoyagerLine } from './rows';
import { request } from './soap';
import { el } from './xml';

export type Kind = 'Charge' | 'Payment';

export interface Wish {
  readonly kind: Kind;
  readonly number: string;
  readonly customer: BookCustomer;
  readonly amountCents: Cents;
  readonly day: Day;
  readonly text: string;
  readonly code: string;
}

export interface Home {
  readonly property: string;
  readonly tenant: string;
}

// ---------------------------------------------------------------- what one line says

const LEVELS = ['RTServiceTransactions', 'RT_Customer', 'Property', 'ResidentTransactions'];

/** The elements of a Detail in the order in which they were seen. */
function chargeOf({ number, text, code, day }: Wish, { property, tenant }: Home, amount: string): string {
  const parts =
    el('Description', text.slice(0, 60)) +
    el('TransactionDate', day) +
    el('ChargeCode', code) +
    el('CustomerID', tenant) +
    el('Amount', amount) +
    el('Comment', number) +
    el('PropertyPrimaryID', property);
  return `<Charge><Detail>${parts}</Detail></Charge>`;
}

interface Receipt {
  readonly document: string;
  readonly day: Day;
  readonly amount: string;
  readonly comment: string;
  readonly type: string;
  readonly isBack?: true;
}

function receiptOf({ document, day, amount, comment, type, isBack }: Receipt, { property, tenant }: Home): string {
  const parts =
    el('DocumentNumber', document) +
    (isBack ? '<Reversal Type="Reverse"/>' : '') +
    el('TransactionDate', day) +
    el('CustomerID', tenant) +
    el('Amount', amount) +
    el('Comment', comment) +
    el('PropertyPrimaryID', property);
  return `<Payment Type="${type}"><Detail>${parts}</Detail></Payment>`;
}

export function importOf(account: Account, operation: string, lines: readonly string[]): HttpRequest {
  const inner = lines.map((line) => `<Transactions>${line}</Transactions>`).join('');
  const document = LEVELS.reduce((text, name) => `<${name}>${text}</${name}>`, inner);
  return request(account, operation, `<TransactionXml>${document}</TransactionXml>`);
}

// ---------------------------------------------------------------- what is missing

export interface Import {
  readonly operation: 'ImportCharge_Login' | 'ImportReceipt_Login' | 'ImportResidentTransactions_Login';
  readonly line: string;
}

/** What has to be imported so that the wish is so; nothing where it is. */
export function missingFor(
  wish: Wish,
  home: Home,
  lines: readonly VoyagerLine[],
  account: Account,
  today: Day,
): readonly Import[] {
  const net = sum(lines.map(({ amountCents }) => amountCents));
  if (net === wish.amountCents) return [];
  return wish.kind === 'Charge'
    ? chargeFor(wish, home, minus(wish.amountCents, net), account)
    : receiptsFor(wish, home, lines, account, today);
}

function chargeFor(wish: Wish, home: Home, missing: Cents, account: Account): readonly Import[] {
  if (missing < 0)
    return fail('rejected', `${wish.number}: Voyager takes no charge below nothing, so take it back there by hand.`);
  return [{ operation: 'ImportCharge_Login', line: chargeOf(wish, home, amountText(missing, account)) }];
}

/** What stands there otherwise is reversed whole, and what is to be there comes under the number with its place behind it. */
function receiptsFor(
  wish: Wish,
  home: Home,
  lines: readonly VoyagerLine[],
  account: Account,
  today: Day,
): readonly Import[] {
  const { number, amountCents } = wish;
  const backs = lines.filter((line) => line.isReversal || line.amountCents < 0);
  const isByStaff = backs.some(({ comment }) => ourNumber(comment) !== number);
  if (isByStaff) return fail('rejected', `${number} was reversed in Voyager by its staff, and is not imported again.`);
  const given = lines.filter((line) => !backs.includes(line));
  const open = given.filter(({ document }) => !backs.some((back) => back.document === document));
  const reversals = open.map((line): Import => {
    const amount = amountText(line.amountCents, account);
    const receipt: Receipt = {
      document: line.document ?? number,
      day: today,
      amount,
      comment: number,
      type: line.type,
      isBack: true,
    };
    return { operation: 'ImportResidentTransactions_Login', line: receiptOf(receipt, home) };
  });
  if (amountCents === 0) return reversals;
  const document = given.length === 0 ? number : `${number}/${given.length}`;
  const type = account.VOYAGER_METHOD || 'Other';
  const day = given.length === 0 ? wish.day : today;
  const receipt = { document, day, amount: amountText(amountCents, account), comment: wish.text, type };
  return [...reversals, { operation: 'ImportReceipt_Login', line: receiptOf(receipt, home) }];
}
