/** Bookkeepers at the four accounting systems type payments, correct, void and delete them, and edit invoices; clients pay there. */
import * as freshbooks from '../../../local/vendors/freshbooks/people';
import type { FreshbooksState } from '../../../local/vendors/freshbooks/state';
import {
  correctPayment,
  deleteTypedPayment,
  deleteXeroPayment,
  editInvoice,
  editXeroInvoice,
  recordXeroPayment,
  typePayment,
  voidTypedPayment,
  zohoBookkeeperDeletes,
  zohoBookkeeperTypes,
  zohoResidentPays,
} from '../../../local/vendors/people';
import type { QuickbooksState } from '../../../local/vendors/quickbooks';
import type { XeroState } from '../../../local/vendors/xero';
import { dueOf } from '../../../local/vendors/xero/state';
import type { ZohoState } from '../../../local/vendors/zoho-books';
import { balanceOf } from '../../../local/vendors/zoho-books/invoices';
import { deskOf } from '../../../local/vendors/zoho-books/state';
import type { Actor, Scene } from './scene';

/** A payment or a receipt in other books that the ledger has written there. */
export const OURS = /^RP-/;
const part = (scene: Scene, cents: number): number =>
  scene.chance.is(0.6) ? cents : Math.max(100, Math.floor((cents * scene.chance.whole(2, 9)) / 1000) * 100);

// ---------------------------------------------------------------- QuickBooks

const quickbooks: Actor = (scene) => {
  const state = scene.state<QuickbooksState>('quickbooks');
  const bills = Object.values(state.objects.Invoice).filter((one) =>
    String(state.objects.Customer[one.CustomerRef?.value ?? '']?.Notes).endsWith(': QB-1'),
  );
  const typed = Object.values(state.objects.Payment).filter((one) => !OURS.test(String(one.PaymentRefNum)));
  const open = bills.find((one) => Number(one.Balance) > 0);
  const newest = typed.at(-1);
  if (open && scene.chance.is(0.3)) {
    typePayment(
      state,
      {
        customer: String(open.CustomerRef?.name),
        amountCents: part(scene, Math.round(Number(open.Balance) * 100)),
        method: 'Check',
        reference: scene.chance.of(['', `${1000 + typed.length}`]),
        ...(scene.chance.is(0.85) ? { invoice: String(open.DocNumber) } : {}),
      },
      scene.now,
    );
    scene.did('quickbooks typed');
  } else if (newest && Number(newest.TotalAmt) > 0 && scene.chance.is(0.15)) {
    const how = scene.chance.of(['correct', 'void', 'delete'] as const);
    if (how === 'void') voidTypedPayment(state, newest.Id, scene.now);
    else if (how === 'delete') deleteTypedPayment(state, newest.Id, scene.now);
    else correctPayment(state, newest.Id, Math.round(Number(newest.TotalAmt) * 100) - 50, scene.now);
    scene.did(`quickbooks ${how}`);
  } else if (open && scene.chance.is(0.05)) {
    editInvoice(state, String(open.DocNumber), { amountCents: 150_000 }, scene.now);
    scene.did('quickbooks edits an invoice');
  }
};

// ---------------------------------------------------------------- Xero

const xero: Actor = (scene) => {
  const state = scene.state<XeroState>('xero');
  const { contacts, invoices, payments } = state.tenants[0]!;
  const contact = contacts.find((one) => one.number === 'XR-1')?.id;
  const open = invoices.find((one) => one.contact === contact && one.status === 'AUTHORISED' && dueOf(one) > 0);
  const newest = payments.filter((one) => !OURS.test(one.reference) && one.status === 'AUTHORISED').at(-1);
  if (open && scene.chance.is(0.3)) {
    const amountCents = part(scene, dueOf(open));
    recordXeroPayment(state, { invoice: open.number, amountCents, day: scene.day, reference: 'transfer' }, scene.now);
    scene.did('xero typed');
  } else if (newest && scene.chance.is(0.15)) {
    deleteXeroPayment(state, newest.id, scene.now);
    scene.did('xero delete');
  } else if (open && open.paidCents + open.creditedCents === 0 && scene.chance.is(0.1)) {
    editXeroInvoice(
      state,
      open.number,
      scene.chance.is(0.5) ? { due: scene.day } : { amountCents: 150_000 },
      scene.now,
    );
    scene.did('xero edits an invoice');
  }
};

// ---------------------------------------------------------------- Zoho Books

const zoho: Actor = (scene) => {
  const state = scene.state<ZohoState>('zoho-books');
  const desk = deskOf(state, scene.now);
  const { invoices, payments } = desk.books;
  const open = Object.values(invoices).find(
    (one) => one.reference === 'Lease ZB-1' && one.phase === 'open' && balanceOf(desk, one) > 0,
  );
  const newest = Object.values(payments)
    .filter((one) => !OURS.test(one.reference))
    .at(-1);
  if (open && scene.chance.is(0.3)) {
    const amountCents = part(scene, Math.round(balanceOf(desk, open) * 100));
    if (scene.chance.is(0.5)) zohoResidentPays(state, open.number, scene.now);
    else zohoBookkeeperTypes(state, { invoice: open.number, amountCents, reference: 'check 1042' }, scene.now);
    scene.did('zoho typed or paid');
  } else if (newest && scene.chance.is(0.15)) {
    zohoBookkeeperDeletes(state, newest.id, scene.now);
    scene.did('zoho delete');
  }
};

// ---------------------------------------------------------------- FreshBooks

/** The network brings what FreshBooks has posted to the script's web address. */
export const freshbooksPosts: Actor = (scene) => {
  for (const { uri, body } of freshbooks.takePosts(scene.state<FreshbooksState>('freshbooks')))
    scene.world.doPost({
      parameters: Object.fromEntries(new URL(uri).searchParams),
      body,
      type: 'application/x-www-form-urlencoded',
    });
};

const leftOn = ({ payments }: FreshbooksState, invoice: number, total: number): number =>
  payments
    .filter((one) => one.invoiceid === invoice && one.vis_state === 0)
    .reduce((left, one) => left - Math.round(Number(one.amount.amount) * 100), total);

const fresh: Actor = (scene) => {
  const state = scene.state<FreshbooksState>('freshbooks');
  const bills = state.invoices.filter((one) => one.po_number === 'FB-1' && one.vis_state === 0 && one.sent);
  const centsOf = (one: (typeof bills)[number]) =>
    one.lines.reduce((all, line) => all + Math.round(Number(line.unit_cost.amount) * Number(line.qty) * 100), 0);
  const open = bills.find((one) => leftOn(state, one.id, centsOf(one)) > 0);
  const typed = state.payments.filter(
    (one) => !OURS.test(one.note) && one.vis_state === 0 && one.type !== 'Credit' && !one.underWay,
  );
  const way = state.payments.find((one) => one.underWay && one.vis_state === 0);
  if (way && scene.chance.is(0.4)) {
    freshbooks.clearDebit(state, way.id);
    scene.did('freshbooks debit cleared');
  } else if (open && scene.chance.is(0.3)) {
    const amount = (part(scene, leftOn(state, open.id, centsOf(open))) / 100).toFixed(2);
    const invoice = open.invoice_number;
    if (scene.chance.is(0.5)) freshbooks.typePayment(state, { invoice, amount, note: 'check 88' }, scene.now);
    else freshbooks.payOnline(state, { invoice, amount, type: scene.chance.of(['VISA', 'ACH']) }, scene.now);
    scene.did('freshbooks typed or paid');
  } else if (typed.at(-1) && scene.chance.is(0.15)) {
    freshbooks.deletePayment(state, typed.at(-1)!.id, scene.now);
    scene.did('freshbooks delete');
  }
  freshbooksPosts(scene);
};

/** Every debit at FreshBooks that is under way is paid. */
export const freshbooksDebitsClear: Actor = (scene) => {
  const state = scene.state<FreshbooksState>('freshbooks');
  for (const one of state.payments) if (one.underWay) freshbooks.clearDebit(state, one.id);
};

export const bookkeepers: readonly Actor[] = [quickbooks, xero, zoho, fresh];
