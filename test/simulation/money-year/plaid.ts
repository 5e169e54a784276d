/** Plaid's people: a resident links a bank and is debited, another sends money to the landlord's account, banks take back. */
import {
  correctPlaidEntry,
  endPlaidConsent,
  linkPlaidBank,
  movePlaidTransfer,
  receiveAtPlaidBank,
  refundPlaidTransfer,
  removePlaidEntry,
} from '../../../local/vendors/people';
import type { PlaidState } from '../../../local/vendors/plaid';
import { type Actor, anyOf, type Scene } from './scene';

const [ACH, WIRE] = ['PL-1', 'PL-2'] as const;
const PAYER = 'Nora Fielding';
const SENT = { amountCents: 130_000, name: `Zelle from ${PAYER} unit 2 rent`, payer: PAYER };

const account = (scene: Scene): PlaidState => scene.state<PlaidState>('plaid');

/** The landlord's own account is the bank that was linked first. */
const own = (scene: Scene): string => Object.keys(account(scene).items)[0] ?? '';

function link(scene: Scene, args: Readonly<Record<string, string>>, name: string): void {
  const begun = scene.ask<{ open: string }>('beginBankLink', { platform: 'plaid', ...args });
  if (!begun) return;
  const { back } = linkPlaidBank(
    account(scene),
    begun.open,
    { account: name, mask: '4417', balance: 90_000 },
    scene.now,
  );
  scene.world.doGet(Object.fromEntries(new URL(back ?? '').searchParams));
  scene.did(`plaid link ${name}`);
}

/** One step of every debit that is under way. */
export const plaidDebitsMove: Actor = (scene) => {
  for (const { id, status } of Object.values(account(scene).transfers)) {
    const move = (to: Parameters<typeof movePlaidTransfer>[2]) => {
      movePlaidTransfer(account(scene), id, to, scene.now);
      scene.did(`plaid debit ${to}`);
    };
    if (status === 'pending') move(scene.chance.is(0.9) ? 'posted' : 'failed');
    else if (status === 'posted') move(scene.chance.is(0.85) ? 'settled' : 'returned');
    else if (status === 'settled') move(scene.chance.is(0.85) ? 'funds_available' : 'returned');
  }
};

const debits: Actor = (scene) => {
  const { items, transfers } = account(scene);
  if (Object.keys(items).length < 2) return link(scene, { purpose: 'pay', lease: ACH }, 'Checking');
  if (scene.chance.is(0.5)) plaidDebitsMove(scene);
  const good = anyOf(scene, Object.values(transfers), (one) => one.status === 'funds_available' && !one.refunds.length);
  if (good && scene.chance.is(0.08)) {
    refundPlaidTransfer(account(scene), good.id, scene.chance.whole(50, 300) * 100, scene.now);
    scene.did('plaid refund');
  }
  if (scene.chance.is(0.3)) scene.offer('plaid', ACH, 'transfer');
};

const entries: Actor = (scene) => {
  const bank = account(scene).items[own(scene)];
  if (!bank) return;
  const last = bank.changes.at(-1);
  if (bank.loginRequired) {
    if (scene.chance.is(0.5)) link(scene, { purpose: 'feed', item: own(scene) }, 'Rent account');
    return;
  }
  if (last?.entry?.pending) {
    receiveAtPlaidBank(account(scene), own(scene), { ...SENT, replaces: last.id }, scene.now);
    scene.did('plaid entry posted');
  } else if (scene.chance.is(0.25)) {
    receiveAtPlaidBank(account(scene), own(scene), { ...SENT, pending: scene.chance.is(0.5) }, scene.now);
    scene.did('plaid entry');
  } else if (last?.entry && scene.chance.is(0.15)) {
    if (scene.chance.is(0.5)) correctPlaidEntry(account(scene), own(scene), last.id, { name: `Zelle ${PAYER}, rent` });
    else removePlaidEntry(account(scene), own(scene), last.id);
    scene.did('plaid entry corrected or removed');
  } else if (scene.chance.is(0.04)) {
    endPlaidConsent(account(scene), own(scene));
    scene.did('plaid consent ends');
  }
};

/** A consent that has ended is renewed. */
export const plaidConsentRenewed: Actor = (scene) => {
  if (account(scene).items[own(scene)]?.loginRequired)
    link(scene, { purpose: 'feed', item: own(scene) }, 'Rent account');
};

export const PLAID_LEASES = [ACH, WIRE];
export const plaidPeople: readonly Actor[] = [debits, entries];
