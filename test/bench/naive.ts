/** The same daily run as a first script would do it: cell by cell, one payment request and one ledger row at a time. */
import { bundleOf, type Manifest } from '../../local/host/bundle';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import { at, isLate, leaseName, MEASURED, rentCents, ZONE } from './history';

/** Reads what it needs of each lease, asks Stripe for its newest payment, writes three cells, and a row and a mail where due. */
const CODE = `
function daily() {
  var began = Date.now();
  var file = SpreadsheetApp.getActiveSpreadsheet();
  var leases = file.getSheetByName('Leases');
  var ledger = file.getSheetByName('Ledger');
  var progress = PropertiesService.getScriptProperties();
  var last = leases.getLastRow();
  for (var row = Number(progress.getProperty('row') || 2); row <= last; row++) {
    if (Date.now() - began > 5 * 60 * 1000) {
      progress.setProperty('row', String(row));
      return 'goes on';
    }
    var customer = leases.getRange(row, 2).getValue();
    var rent = leases.getRange(row, 3).getValue();
    var balance = leases.getRange(row, 4).getValue();
    var known = leases.getRange(row, 6).getValue();
    var reply = UrlFetchApp.fetch('https://api.stripe.com/v1/payment_intents?limit=1&customer=' + customer, {
      headers: { Authorization: 'Bearer sk_test_rentledger' },
    });
    var payment = JSON.parse(reply.getContentText()).data[0];
    if (payment && payment.id !== known) {
      balance -= payment.amount / 100;
      ledger.appendRow([new Date(), leases.getRange(row, 1).getValue(), 'receipt', -payment.amount / 100, payment.id]);
      known = payment.id;
    }
    if (balance > 0 && MAILS) MailApp.sendEmail(leases.getRange(row, 5).getValue(), 'Rent', 'You owe ' + balance);
    leases.getRange(row, 4).setValue(balance);
    leases.getRange(row, 6).setValue(known);
    leases.getRange(row, 7).setValue(balance > 0 ? 'late' : balance === 0 ? 'paid' : 'ahead of ' + rent);
  }
  progress.deleteProperty('row');
  return 'done';
}
`;

const MANIFEST: Manifest = {
  timeZone: ZONE,
  oauthScopes: [
    'https://www.googleapis.com/auth/spreadsheets',
    'https://www.googleapis.com/auth/script.external_request',
    'https://www.googleapis.com/auth/script.send_mail',
  ],
};

export interface NaiveRun {
  readonly calls: number;
  readonly modelMs: number;
  readonly executions: number;
}

function naiveWorld(leases: number, payments: readonly object[]): World {
  const world = World.create({
    bundle: bundleOf(CODE.replace('MAILS', 'false'), MANIFEST),
    sandboxes,
    now: at(`${MEASURED}-08`, 2),
    zone: ZONE,
    locale: 'en_US',
    owner: 'owner@example.com',
    title: 'Naive',
    profile: 'workspace',
  });
  const customers = Array.from({ length: leases }, (_, index) => ({ id: `cus_${index}`, object: 'customer' }));
  world.load('stripe', [...customers, ...payments]);
  const sheet = (sheetId: number, title: string) => ({
    addSheet: { properties: { sheetId, title, gridProperties: { rowCount: leases + 1, columnCount: 7 } } },
  });
  world.workbook.api('spreadsheets.batchUpdate', {}, { requests: [sheet(1, 'Leases'), sheet(2, 'Ledger')] });
  const header = ['Lease', 'Customer', 'Rent', 'Balance', 'Email', 'Last payment', 'Status'];
  const rows = Array.from({ length: leases }, (_, index) => {
    const rent = rentCents(index) / 100;
    const owed = isLate(index) || index % 5 === 0 ? rent : 0;
    return [leaseName(index), `cus_${index}`, rent, owed, `r${index + 1}@example.com`, '', ''];
  });
  const data = [{ range: 'Leases!A1', values: [header, ...rows] }];
  world.workbook.api('spreadsheets.values.batchUpdate', {}, { valueInputOption: 'RAW', data });
  return world;
}

/** Runs it until it says that it is done: Apps Script ends each execution after six minutes. */
export function naiveDay(leases: number, payments: readonly object[]): NaiveRun {
  const world = naiveWorld(leases, payments);
  let [calls, modelMs, executions] = [0, 0, 0];
  for (;;) {
    const result = world.run('daily');
    if (!result.ok) throw new Error(`the naive script failed: ${result.error?.message}`);
    calls += result.totalCalls;
    modelMs += result.modelMs;
    executions++;
    if (result.value === 'done') return { calls, modelMs, executions };
  }
}
