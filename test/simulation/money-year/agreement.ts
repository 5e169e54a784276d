/** What must hold when the year is over: the vendors, the ledger and the books say the same, and nothing is there twice. */
import { askApi, callApi } from '../../../local/cli/api';
import { apartFrom } from '../../../local/story/play';
import type { FreshbooksState } from '../../../local/vendors/freshbooks/state';
import type { QuickbooksState } from '../../../local/vendors/quickbooks';
import type { XeroState } from '../../../local/vendors/xero';
import type { ZohoState } from '../../../local/vendors/zoho-books';
import { ORGANIZATION } from '../../../local/vendors/zoho-books/state';
import type { World } from '../../../local/world';
import { OURS } from './bookkeepers';
import { chapters } from './world';

interface Exported {
  readonly receipts: readonly { readonly key: string; readonly id: string; readonly source: string }[];
  readonly entries: readonly { readonly key: string }[];
  readonly outbox: readonly {
    readonly key: string;
    readonly state: string;
    readonly notBefore: string;
    readonly fault: string;
  }[];
}

function twice(what: string, names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([name, count]) => `${what} ${name} is there ${count} times`);
}

/** Numbers of ours in each accounting system; what was voided or deleted there does not count. */
function bookNumbers(world: World): Readonly<Record<string, readonly string[]>> {
  const { objects } = world.vendorState<QuickbooksState>('quickbooks');
  const [xero] = world.vendorState<XeroState>('xero').tenants;
  const zoho = world.vendorState<ZohoState>('zoho-books').books[ORGANIZATION];
  const fresh = world.vendorState<FreshbooksState>('freshbooks');
  const ours = (numbers: readonly unknown[]) => numbers.map(String).filter((number) => OURS.test(number));
  return {
    'quickbooks invoice': Object.values(objects.Invoice).map((one) => String(one.DocNumber)),
    'quickbooks credit': Object.values(objects.CreditMemo).map((one) => String(one.DocNumber)),
    'quickbooks payment': ours(
      Object.values(objects.Payment)
        .filter((one) => Number(one.TotalAmt) > 0)
        .map((one) => one.PaymentRefNum),
    ),
    'xero invoice': (xero?.invoices ?? []).filter((one) => one.status !== 'VOIDED').map((one) => one.number),
    'xero credit': (xero?.creditNotes ?? []).filter((one) => one.status !== 'VOIDED').map((one) => one.number),
    'xero payment': ours(
      (xero?.payments ?? []).filter((one) => one.status === 'AUTHORISED').map((one) => one.reference),
    ),
    'zoho-books invoice': Object.values(zoho?.invoices ?? {}).map((one) => one.number),
    'zoho-books payment': ours(Object.values(zoho?.payments ?? {}).map((one) => one.reference)),
    'freshbooks invoice': fresh.invoices.filter((one) => one.vis_state === 0).map((one) => one.invoice_number),
    'freshbooks payment': ours(fresh.payments.filter((one) => one.vis_state === 0).map((one) => one.note)),
  };
}

function stuck(world: World, { outbox }: Exported): readonly string[] {
  const isDue = (row: Exported['outbox'][number]) =>
    row.state === 'sending' || (row.state === 'ready' && Date.parse(row.notBefore) < world.now);
  return outbox.filter(isDue).map((row) => `the Outbox still has ${row.key}: ${row.state} ${row.fault}`);
}

interface Told {
  readonly says?: string;
  readonly refused?: string;
}

/** Each platform is compared once more; `fixDifferences` says what is left. */
function drifts(world: World, seed: number): readonly string[] {
  return chapters.flatMap(({ platform }) => {
    const called = callApi(world, 'fixDifferences', [{ request: `agree-${seed}-${platform}`, platform }]);
    const told = called.value as Told | undefined;
    const says = called.error || told?.refused || told?.says || 'nothing';
    if (/and the ledger agree\.$/.test(says)) return [];
    const { tasks } = askApi<{ tasks: readonly { task: string; detail: string; state: string }[] }>(
      world,
      'exportBook',
    );
    const open = tasks.filter(
      (task) => task.state === 'open' && / (is missing|has another|stands otherwise)/.test(task.task),
    );
    return [`${platform}: ${says}`, ...open.map((task) => `${task.task}. ${task.detail}`)];
  });
}

/** Everything that is not as it must be, a line for each. */
export function disagreements(world: World, seed: number): readonly string[] {
  const left = drifts(world, seed);
  const book = askApi<Exported>(world, 'exportBook');
  const verdict = askApi<{ ok: boolean; problems: readonly string[] }>(world, 'verify');
  return [
    ...left,
    ...chapters.flatMap((chapter) => apartFrom(world, chapter)),
    ...twice(
      'receipt',
      book.receipts.map((row) => row.key),
    ),
    ...twice(
      'payment',
      book.receipts.map((row) => `${row.source} ${row.id}`),
    ),
    ...twice(
      'entry',
      book.entries.map((row) => row.key),
    ),
    ...Object.entries(bookNumbers(world)).flatMap(([what, numbers]) => twice(what, numbers)),
    ...stuck(world, book),
    ...verdict.problems,
  ];
}
