/** Workload J: a plain-text rent journal of so many leases over 24 months, the same byte by byte in every run. */
import { PythonRandom } from './python-random';

const MONTHS = 24;
const FIRST_YEAR = 2023;

interface Transaction {
  readonly on: string;
  readonly text: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

function transaction(on: string, memo: string, debit: string, credit: string, dollars: number): Transaction {
  const lines = [`${on} ${memo}`, `    ${debit}  ${dollars}.00 USD`, `    ${credit}  -${dollars}.00 USD`];
  return { on, text: `${lines.join('\n')}\n\n` };
}

/** Months in the outer loop; one draw for each lease and month, then one for the day on which it is paid. */
export function journalText(leases: number): string {
  const random = new PythonRandom(42);
  const all: Transaction[] = [];
  for (let month = 0; month < MONTHS; month++) {
    const begins = `${FIRST_YEAR + Math.floor(month / 12)}-${two((month % 12) + 1)}`;
    for (let lease = 0; lease < leases; lease++) {
      const account = `Assets:Receivable:L${String(lease).padStart(5, '0')}`;
      const rent = 1000 + (lease % 500);
      all.push(transaction(`${begins}-01`, 'rent', account, 'Income:Rent', rent));
      const chance = random.random();
      if (chance < 0.05) {
        all.push(transaction(`${begins}-06`, 'late fee', account, 'Income:LateFee', 50));
        const day = two(10 + random.below(15));
        all.push(transaction(`${begins}-${day}`, 'payment', 'Assets:Bank', account, rent + 50));
      } else if (chance < 0.97) {
        const day = two(1 + random.below(5));
        all.push(transaction(`${begins}-${day}`, 'payment', 'Assets:Bank', account, rent));
      }
    }
  }
  all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return all.map((each) => each.text).join('');
}
