/** Calls on the whole book: set-up, import, export, runs, and the acts of the command line. */
import { dailyRun, deliverRun, pollRun } from '../jobs/run';
import { verify } from '../jobs/verify';
import type { App } from '../run/app';
import { daysMayHaveChanged } from '../run/hints';
import { inboundKey } from '../run/inbound-key';
import { tellVerdict } from '../run/told';
import { textOf } from '../sheet/cells';
import { addCharge, addCredit, makePayLink, pause, reallocate, reverseReceipt, settleDeposit } from './act';
import { amount, day, flag, oneOf, optional, parts, record, text } from './args';
import { type Call, call, wholeBook } from './call';
import { connect } from './connect';
import { disconnect } from './connections';
import { release, resolve } from './effects';
import { exportBook, exportCsv, exportHledger } from './export';
import { importCsv } from './import';
import { moveOut, renew } from './lease-dates';
import { matchReceipt, recordReceipt } from './receipts';
import { repair } from './repair';
import { setUp } from './set-up';
import { connectSlack } from './slack-webhooks';
import { statement } from './statement';

const none = () => record({});

/** The command line's calls, and those older than the sidebar. */
export const BOOK_CALLS: Readonly<Record<string, Call>> = {
  setUp: call(
    'owner',
    () =>
      record({
        zone: optional(text),
        currency: optional(text),
        booksOpenOn: optional(day),
        owner: optional(text),
        locale: optional(text),
        reminders: optional(oneOf('on', 'off')),
      }),
    setUp,
  ),
  repair: call('owner', none, repair),
  importCsv: call(
    'manager',
    () => record({ name: text, text: text, tab: optional(text) }),
    (app, file) => {
      daysMayHaveChanged(app);
      return importCsv(app, { name: file.name, text: file.text, ...(file.tab ? { tab: file.tab } : {}) });
    },
  ),
  connect: call('owner', () => record({ platform: text, credentials: record({}, text) }), connect),
  disconnect: call('owner', () => record({ platform: text }), disconnect),
  connectSlack: call('owner', () => record({ property: optional(text), url: text }), connectSlack),
  webhookAddress: call(
    'owner',
    () => record({ platform: text }),
    (app, { platform }) => ({
      query: `platform=${platform}&key=${inboundKey(app)}`,
    }),
  ),
  poll: call('owner', none, (app) => pollRun(app)),
  daily: call('owner', none, (app) => dailyRun(app)),
  deliver: call('owner', none, (app) => deliverRun(app)),
  statement: call('viewer', () => record({ lease: text, asOf: optional(day) }), statement),
  exportBook: wholeBook(call('viewer', none, (app) => exportBook(app))),
  exportCsv: wholeBook(call('viewer', none, (app) => exportCsv(app))),
  exportHledger: wholeBook(call('viewer', none, (app) => exportHledger(app))),
  verify: call('viewer', none, (app) => {
    const verdict = verify(app);
    tellVerdict(app, verdict);
    return verdict;
  }),
  link: call(
    'manager',
    () => record({ lease: text, platform: text, kind: oneOf('customer', 'autopay', 'payer'), externalId: text }),
    (app, link) =>
      importRow(app, 'Links', {
        'Lease ID': link.lease,
        Platform: link.platform,
        Kind: link.kind,
        'External ID': link.externalId,
      }),
  ),
  addTerm: call(
    'manager',
    () =>
      record({
        lease: text,
        type: text,
        amount,
        from: day,
        until: optional(day),
        every: oneOf('period', 'once'),
        memo: optional(text),
      }),
    (app, term) =>
      importRow(app, 'Terms', {
        'Lease ID': term.lease,
        Type: term.type,
        Amount: term.amount,
        From: term.from,
        Until: term.until ?? '',
        Every: term.every,
        Memo: term.memo ?? '',
      }),
  ),
  charge: call(
    'manager',
    () => record({ lease: text, type: text, amount, reason: text, due: optional(day) }),
    (app, act) => addCharge(app, { ...act, ...(act.due ? { due: act.due } : {}) } as Parameters<typeof addCharge>[1]),
  ),
  credit: call(
    'manager',
    () => record({ lease: text, amount: optional(amount), reason: text, charge: optional(text) }),
    (app, act) => addCredit(app, act as Parameters<typeof addCredit>[1]),
  ),
  recordReceipt: call(
    'manager',
    () => record({ lease: text, amount, method: text, reference: text, on: optional(day), memo: optional(text) }),
    (app, act) => recordReceipt(app, act as Parameters<typeof recordReceipt>[1]),
  ),
  payLink: call(
    'manager',
    () => record({ lease: text, returnTo: optional(text) }),
    (app, act) => makePayLink(app, act as Parameters<typeof makePayLink>[1]),
  ),
  matchReceipt: call('manager', () => record({ receipt: text, lease: text }), matchReceipt),
  reverseReceipt: call(
    'manager',
    () => record({ lease: text, receipt: text, reason: oneOf('returned', 'entered in error'), why: text }),
    reverseReceipt,
  ),
  reallocate: call('manager', () => record({ lease: text, receipt: text, parts, reason: text }), reallocate),
  pause: call(
    'manager',
    () => record({ lease: text, type: oneOf('plan', 'dispute'), begins: flag, charge: optional(text), reason: text }),
    (app, act) => pause(app, act as Parameters<typeof pause>[1]),
  ),
  settleDeposit: call(
    'manager',
    () => record({ lease: text, action: oneOf('refunded', 'withheld', 'applied'), amount, reason: text }),
    settleDeposit,
  ),
  moveOut: call('manager', () => record({ lease: text, end: day, reason: text }), moveOut),
  renew: call('manager', () => record({ lease: text, reason: text }), renew),
  release: call('manager', () => record({ effect: text }), release),
  resolve: call('manager', () => record({ effect: text, as: oneOf('sent', 'again', 'cancelled') }), resolve),
};

function importRow(app: App, tab: string, cells: Readonly<Record<string, string>>) {
  const headers = Object.keys(cells);
  const quoted = (value: string) => `"${value.replace(/"/g, '""')}"`;
  daysMayHaveChanged(app);
  return importCsv(app, {
    name: 'one row',
    tab,
    text: `${headers.map(quoted).join(',')}\n${headers.map((header) => quoted(textOf(cells[header]))).join(',')}\n`,
  });
}
