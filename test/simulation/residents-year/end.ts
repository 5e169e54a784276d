/** What must hold once nothing fails any more: each balance by the model, the processors' money, the Log, the CRM, an empty Outbox. */
import type { HubspotState } from '../../../local/vendors/hubspot/state';
import { rowsOf, tabOf } from '../../worlds';
import { shift, wallClock } from '../days';
import type { EntryJson } from '../evidence';
import type { Diary, Offer } from './diary';
import { feeFaults } from './fees';
import { FEE, FIRST, HOMES, type Home } from './house';
import { centsOf, entriesOf, type Look, look } from './laws';
import { backOf, total } from './truth';

const monthsBegun = (first: string, last: string): number =>
  (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7));

/** Rents by the calendar, one late fee at most for each, what managers did, less what the processors settled. */
function balanceFaults(at: Look, home: Home): readonly string[] {
  const { diary } = at;
  const today = wallClock(diary.scene.now, home.zone).day;
  const rents = monthsBegun(FIRST, today) * home.rentCents;
  const lateFees = entriesOf(at, home).filter((entry) => entry.kind === 'charge' && entry.type === 'late fee');
  // What is taken off a fee because money came in time after all, by a run or by the check that somebody records.
  const takenBack = entriesOf(at, home).filter((entry) => entry.kind === 'credit' && entry.key.startsWith('void:fee:'));
  const debts = diary.debts.filter((each) => each.lease === home.id).map((each) => each.cents);
  const paid = at.payments
    .filter((each) => each.lease === home.id && each.state === 'settled')
    .map((each) => each.cents - backOf(each));
  const wanted = rents + lateFees.length * FEE.cents + total(takenBack.map(centsOf)) + total(debts) - total(paid);
  const told = total(entriesOf(at, home).map(centsOf));
  return wanted === told ? [] : [`${home.id}: the model comes to ${wanted}, the ledger to ${told}`];
}

/** What the processors settled of a lease is what the ledger received of it, platform by platform. */
function moneyFaults(at: Look, home: Home): readonly string[] {
  return ['stripe', 'paypal', 'square', 'plaid'].flatMap((platform) => {
    const settled = at.payments.filter(
      (each) => each.lease === home.id && each.platform === platform && each.state === 'settled',
    );
    const moved = entriesOf(at, home).filter(
      (entry) =>
        ['receipt', 'reversal', 'reinstatement'].includes(entry.kind) && (entry.about ?? '').startsWith(`${platform}:`),
    );
    const [took, received] = [total(settled.map((each) => each.cents - backOf(each))), -total(moved.map(centsOf))];
    return took === received ? [] : [`${home.id}: ${platform} took ${took}, the ledger received ${received}`];
  });
}

/** What is owed by a day besides a plan: what else was open when it was accepted, what fell due since, and what went back. */
function besides(own: readonly EntryJson[], offer: Offer | undefined, sinceMs: number, last: string): number {
  const isBefore = (each: EntryJson): boolean => Date.parse(each.postedAt) <= sinceMs;
  const [before, since] = [own.filter(isBefore), own.filter((each) => !isBefore(each))];
  const planned = total(offer?.instalments.map(({ amount }) => Math.round(Number(amount) * 100)) ?? []);
  const more = since.filter(
    (each) => each.kind === 'reversal' || (each.kind === 'charge' && (each.due ?? each.day) <= last),
  );
  return Math.max(0, total(before.map(centsOf)) - planned) + total(more.map(centsOf));
}

/** No instalment is missed where money that was set going since, in its time, is enough for it, for those before it and for all else. */
function planFaults(at: Look, home: Home): readonly string[] {
  const own = entriesOf(at, home);
  const accepted = new Map(
    own.flatMap((each) => (each.type === 'accepted' ? [[each.about, each.postedAt] as const] : [])),
  );
  return own
    .filter((entry) => entry.kind === 'plan' && entry.type === 'missed')
    .flatMap((missed) => {
      const offer = at.diary.agreed.get(missed.about ?? '');
      const sinceMs = Date.parse(accepted.get(missed.about) ?? '');
      const last = shift(missed.due ?? '', offer?.graceDays ?? 0);
      const due = offer?.instalments.filter((each) => each.due <= (missed.due ?? '')) ?? [];
      const owed =
        total(due.map(({ amount }) => Math.round(Number(amount) * 100))) + besides(own, offer, sinceMs, last);
      const paid = at.payments.filter(
        (each) =>
          each.lease === home.id &&
          each.state === 'settled' &&
          each.back.length === 0 &&
          each.atMs > sinceMs &&
          wallClock(each.atMs, home.zone).day <= last,
      );
      const came = total(paid.map(({ cents }) => cents));
      return offer && came < owed ? [] : [`${missed.key} of ${missed.due}: ${came} had come in, ${owed} was asked for`];
    });
}

/** The Log tells of each act of a resident as often as it was done. */
function logFaults({ diary }: Look, home: Home): readonly string[] {
  const { world } = diary.scene;
  const own = tabOf(world, 'Log').filter((row) => row['Lease ID'] === home.id && /^resident /.test(row.Who ?? ''));
  const requests = tabOf(world, 'Requests').filter((row) => row['Lease ID'] === home.id);
  const kinds = { dispute: 'dispute', promise: 'promise', planAsk: 'plan' } as const;
  return Object.entries(kinds).flatMap(([act, kind]) => {
    const done = diary.done[`${home.id} ${act}`] ?? 0;
    const logged = own.filter((row) => row.Kind === 'request' && (row.What ?? '').startsWith(`${kind} of `)).length;
    const asked = requests.filter((row) => row.Kind === kind).length;
    return asked === done && logged === done + ended(diary, home, kind)
      ? []
      : [`${home.id}: ${done} times ${act}, ${asked} requests, ${logged} times in the Log`];
  });
}

const ended = (diary: Diary, home: Home, kind: string): number =>
  kind === 'dispute' ? (diary.done[`${home.id} disputeWithdraw`] ?? 0) : 0;

function outboxFaults({ book, diary }: Look): readonly string[] {
  const stuck = book.outbox.filter(
    (row) =>
      row.state === 'unsure' ||
      row.state === 'sending' ||
      (row.state === 'ready' && Date.parse(row.notBefore) < diary.scene.now),
  );
  const late = diary.scene.world.triggers.filter((each) => each.nextMs !== undefined && each.nextMs < diary.scene.now);
  return [
    ...stuck.map((row) => `the Outbox still has ${row.key}: ${row.state} ${row.fault}`),
    ...late.map((each) => `${each.handler} was due and did not run`),
  ];
}

/** People at the CRM read the same balance. */
function crmFaults(at: Look, home: Home): readonly string[] {
  const { contacts } = at.diary.scene.state<HubspotState>('hubspot');
  const found = contacts.filter((one) => one.properties.rent_ledger_id === home.id);
  const told = total(entriesOf(at, home).map(centsOf));
  const figures = found.map((one) => Math.round(Number(one.properties.rent_balance) * 100));
  return figures.length === 1 && figures[0] === told
    ? []
    : [`${home.id}: the ledger has ${told}, HubSpot ${JSON.stringify(figures)}`];
}

const rollFaults = (at: Look, home: Home): readonly string[] => {
  const row = [...rowsOf(at.diary.scene.world, 'Rent Roll')].find((each) => each['Lease ID'] === home.id);
  const told = total(entriesOf(at, home).map(centsOf));
  const shown = Math.round(Number(row?.Balance) * 100);
  return shown === told ? [] : [`${home.id}: the Rent Roll shows ${shown}, the ledger has ${told}`];
};

export function atTheEnd(diary: Diary): readonly string[] {
  const at = look(diary);
  const each = [balanceFaults, moneyFaults, feeFaults, planFaults, logFaults, crmFaults, rollFaults];
  return [...HOMES.flatMap((home) => each.flatMap((law) => law(at, home))), ...outboxFaults(at)];
}
