/** The house of the residents' year: five leases that pay through four processors, a CRM that mirrors them, and mails that leave. */
import { morningOf } from '../../../local/cli/days';
import { OWNER, setUpWorld } from '../../../local/cli/setup';
import type { Chapter, Stage } from '../../../local/story/chapter';
import { chapter as hubspot } from '../../../local/story/crm/hubspot';
import { sandboxes } from '../../../local/vendors';
import type { PlaidState } from '../../../local/vendors/plaid';
import { World } from '../../../local/world';
import { connectPaypal, connectSquare } from '../../jobs/autopay-world';
import { ELM, importRows, type Row } from '../../worlds';
import { builtBundle } from '../bundle';

export interface Home {
  readonly id: string;
  readonly property: string;
  readonly zone: string;
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly rentCents: number;
  readonly sign: '$' | '£';
}

export const ZONE = 'America/New_York';
export const FIRST = '2026-11-26';
export const LAST = '2027-02-12';
/** What a late fee comes to, and the first day on which it may, after the due date. */
export const FEE = { cents: 5_000, afterDays: 5 };

const person = (name: string) => ({ name, email: `${name.split(' ')[0]?.toLowerCase()}@example.com` });
const home = (id: string, property: string, rentCents: number, names: readonly string[], zone = ZONE): Home => ({
  id,
  property,
  zone,
  people: names.map(person),
  rentCents,
  sign: zone === ZONE ? '$' : '£',
});

export const HOMES: readonly Home[] = [
  home('ST-1', 'Elm House', 100_000, ['Anouk Lopez']),
  home('ST-2', 'Elm House', 125_000, ['Benedek Ito', 'Cleopatra Ross']),
  home('PP-1', 'Fern Court', 90_000, ['Dorothea Quist']),
  home('SQ-1', 'Gable Yard', 110_000, ['Emilian Varga']),
  home('PL-1', 'Hythe Row', 80_000, ['Fionnuala Hale'], 'Europe/London'),
];

const PAY_BY: Row = { 'Elm House': 'stripe', 'Fern Court': 'paypal', 'Gable Yard': 'square', 'Hythe Row': 'plaid' };

const properties = (): readonly Row[] =>
  Object.entries(PAY_BY).map(([Property, processor]) => {
    const zone = HOMES.find((each) => each.property === Property)?.zone ?? ZONE;
    const Currency = zone === ZONE ? 'USD' : 'GBP';
    return { ...ELM, Property, 'Time zone': zone, Currency, 'Pay by': processor };
  });

const leases = (): readonly Row[] =>
  HOMES.map(({ id, property, people, rentCents }) => ({
    'Lease ID': id,
    Property: property,
    Unit: id,
    Residents: people.map((each) => each.name).join(', '),
    Email: people.map((each) => each.email).join(', '),
    Rent: (rentCents / 100).toFixed(2),
    'Due day': '1',
    Start: '2026-01-01',
  }));

/** The owner's keys for pounds as well, which Plaid moves to an account of theirs. */
const plaidKeys = (stage: Stage): void => {
  const state = stage.state<PlaidState>();
  stage.connectKeys({
    PLAID_CLIENT_ID: state.client_id,
    PLAID_SECRET: state.secrets.sandbox ?? '',
    PLAID_MODE: 'sandbox',
    PLAID_RECIPIENT_NAME: 'Hythe Row Ltd',
    PLAID_RECIPIENT_SORT_CODE: '20-00-00',
    PLAID_RECIPIENT_ACCOUNT: '55779911',
  });
};

/** How each platform is connected, and connected again. */
export const CONNECTIONS: readonly Pick<Chapter, 'platform' | 'connect'>[] = [
  { platform: 'stripe', connect: (stage) => stage.connectKeys({ STRIPE_SECRET_KEY: 'sk_test_rentledger' }) },
  { platform: 'paypal', connect: (stage) => connectPaypal(stage.world) },
  { platform: 'square', connect: (stage) => void connectSquare(stage.world) },
  { platform: 'plaid', connect: plaidKeys },
  hubspot,
];

const SETTINGS: Row = {
  'Quiet hours': 'none',
  Reminders: 'on',
  'Promise days': '14',
  'Pay link returns to': 'https://example.com/paid',
};

/** Some days before the first rent: set up, filled, every platform connected. */
export function openHouse(seed: number, stageOf: (world: World, platform: string) => Stage): World {
  const world = World.create({
    bundle: builtBundle(),
    sandboxes,
    now: morningOf(FIRST, ZONE),
    zone: ZONE,
    locale: 'en_US',
    owner: OWNER,
    title: 'A year of residents',
    seed,
  });
  setUpWorld(world, { on: FIRST, zone: ZONE, currency: 'USD', title: 'A year of residents' });
  const tabs: readonly (readonly [string, readonly Row[]])[] = [
    ['Settings', Object.entries(SETTINGS).map(([Setting, Value]) => ({ Setting, Value }))],
    ['Properties', properties()],
    ['Leases', leases()],
  ];
  for (const [tab, rows] of tabs) {
    const { refused } = importRows(world, tab, rows);
    if (refused.length > 0) throw new Error(`${tab}: ${JSON.stringify(refused)}`);
  }
  for (const { platform, connect } of CONNECTIONS.slice(1)) connect(stageOf(world, platform));
  return world;
}
