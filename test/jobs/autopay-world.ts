/** Worlds in which one lease pays by itself through some processor: connected, agreed to, and lived day by day. */
import type { Stage } from '../../local/story/chapter';
import { stageOf } from '../../local/story/stage';
import { CLIENT } from '../../local/vendors/paypal/state';
import { linkPlaidBank } from '../../local/vendors/people';
import type { PlaidState } from '../../local/vendors/plaid';
import { LIVE_TOKEN, type SquareState } from '../../local/vendors/square';
import { bookOf, importRows, leapTo, leaseOf, type Row, rowsOf, smallWorld, type World } from '../worlds';

let stages = 0;
/** Requests are named by their day: each stage has one of its own, so that none is taken for a repeat of another's. */
export const stage = (world: World, platform: string): Stage => stageOf(world, platform, `2026-11-30-${stages++}`);

/** The day before the first of December, in New York. */
export function eve(lease: Row = {}, settings: Row = {}, on = '2026-11-30'): World {
  return smallWorld({
    on,
    leases: [leaseOf('L-1', lease)],
    settings: { 'Quiet hours': 'none', 'Pay link returns to': 'https://example.com/paid', ...settings },
  });
}

export function connectPlaid(world: World): PlaidState {
  const state = world.vendorState<PlaidState>('plaid');
  stage(world, 'plaid').connectKeys({
    PLAID_CLIENT_ID: state.client_id,
    PLAID_SECRET: state.secrets.sandbox ?? '',
    PLAID_MODE: 'sandbox',
  });
  return state;
}

/** Somebody links a bank on Plaid's page and is led back. Gives the item. */
export function linkBank(world: World, args: Row, balance = 9000): string {
  const { open } = stage(world, 'plaid').ask<{ open: string }>('beginBankLink', { platform: 'plaid', ...args });
  const bank = { account: 'Checking', mask: '4417', balance };
  const { back, item } = linkPlaidBank(world.vendorState<PlaidState>('plaid'), open, bank, world.now);
  world.doGet(Object.fromEntries(new URL(back ?? '').searchParams));
  leapTo(world, world.now + 11 * 60_000);
  return item;
}

export function connectSquare(world: World): SquareState {
  stage(world, 'square').connectKeys({ SQUARE_ACCESS_TOKEN: LIVE_TOKEN, SQUARE_MODE: 'live' });
  return world.vendorState<SquareState>('square');
}

/** The resident is a customer of Square with a saved card, or without one, and the landlord links both. */
export function linkCard(world: World, saved = true): void {
  const at = stage(world, 'square');
  const headers = { authorization: `Bearer ${LIVE_TOKEN}`, 'content-type': 'application/json' };
  const made = (path: string, body: unknown): { readonly customer?: { readonly id: string } } => {
    const url = `https://connect.squareup.com${path}`;
    const reply = at.atVendor({ method: 'POST', url, headers, body: JSON.stringify(body) });
    if (reply.status !== 200) throw new Error(reply.body);
    return JSON.parse(reply.body);
  };
  const person = { given_name: 'Ravi', email_address: 'l-1@example.com', reference_id: 'L-1', idempotency_key: 'c' };
  const id = made('/v2/customers', person).customer?.id ?? '';
  if (saved) made('/v2/cards', { idempotency_key: 's', source_id: 'cnon:card-nonce-ok', card: { customer_id: id } });
  importRows(world, 'Links', [
    { 'Lease ID': 'L-1', Platform: 'square', Kind: 'customer', 'External ID': id },
    { 'Lease ID': 'L-1', Platform: 'square', Kind: 'autopay', 'External ID': 'card' },
  ]);
}

export const connectPaypal = (world: World): void =>
  stage(world, 'paypal').connectKeys({
    PAYPAL_CLIENT_ID: CLIENT.id,
    PAYPAL_CLIENT_SECRET: CLIENT.secret,
    PAYPAL_MODE: 'sandbox',
  });

/** Each day has a run in the morning and a poll an hour later. */
export function live(world: World, from: string, until = from): void {
  for (let at = Date.parse(`${from}T14:30:00Z`); at <= Date.parse(`${until}T14:30:00Z`); at += 86_400_000)
    for (const hour of [0, 1]) leapTo(world, at + hour * 3_600_000);
}

/** Effects of a kind, as key and state. */
export const effects = (world: World, ...kinds: readonly string[]): readonly (readonly [string, string])[] =>
  bookOf(world)
    .outbox.filter((row) => kinds.includes(row.kind))
    .map((row) => [row.key, row.state]);

export const ends = (world: World) => bookOf(world).tasks.filter((task) => task.key.startsWith('task:autopay:'));
export const balance = (world: World): string | undefined => bookOf(world).leases[0]?.balance;
export const links = (world: World): readonly (readonly [string | undefined, string | undefined])[] =>
  [...rowsOf(world, 'Links')].filter((row) => row.Kind === 'autopay').map((row) => [row.Platform, row['External ID']]);

export const payByCheck = (world: World, amount = '1000.00'): void => {
  world.run('api', ['recordReceipt', [{ lease: 'L-1', amount, method: 'check', reference: '77' }]], {
    trigger: 'sidebar',
  });
};
