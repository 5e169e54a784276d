/** The journal reader as a program of its own: prints what each receivable account of a file comes to. */
import { readFileSync } from 'node:fs';
import { decimal } from '../../src/domain/money';
import { currency } from '../../src/domain/values';
import { balances } from './journal-reader';

const USD = currency('USD');
const lines = (text: string): string =>
  [...balances(text)]
    .filter(([account, amount]) => account.startsWith('Assets:Receivable') && amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, amount]) => `${decimal(amount, USD)} USD  ${account}\n`)
    .join('');

process.stdout.write(lines(readFileSync(process.argv[2] ?? '', 'utf8')));
