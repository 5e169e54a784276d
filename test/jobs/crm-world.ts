/** A small house whose office works in a CRM: HubSpot holds a contact for each lease, and the ledger keeps its picture of them there. */
import * as hubspot from '../../local/vendors/hubspot/people';
import { type HubspotState, SANDBOX_TOKEN } from '../../local/vendors/hubspot/state';
import type { Sandbox } from '../../local/vendors/sandbox';
import { askApi, bookOf, ELM, leapTo, leaseOf, MINUTE, type Row, smallWorld, tabOf, type World } from '../worlds';
import { click, mornings } from './carriers-world';

export const hubspotState = (world: World) => world.vendorState<HubspotState>('hubspot');

/** The first of December: two leases that owe it by midnight, HubSpot connected with a private app's token. */
export function crmHouse(vendors?: readonly Sandbox[]): World {
  const world = smallWorld({
    on: '2026-11-30',
    properties: [ELM],
    leases: [leaseOf('L-1', { Start: '2026-12-01' }), leaseOf('L-2', { Start: '2026-12-01' })],
    settings: { 'Quiet hours': 'none', Reminders: 'on', Managers: 'meg@example.com' },
    ...(vendors ? { vendors } : {}),
  });
  click(world, 'connectPlatform', { platform: 'hubspot', credentials: { HUBSPOT_TOKEN: SANDBOX_TOKEN } });
  click(world, 'platformAct', { platform: 'hubspot', kind: 'setup' });
  mornings(world, '2026-12-01');
  return world;
}

export function contactOf(world: World, lease: string) {
  const found = hubspotState(world).contacts.find((one) => !one.archived && one.properties.rent_ledger_id === lease);
  if (!found) throw new Error(`HubSpot has no contact of ${lease}`);
  return found;
}

/** A question of the owner's, which changes nothing and so needs no request. Gives the answer, or throws the refusal. */
export function ask<T>(world: World, name: string, ...args: readonly object[]): T {
  const value = askApi<T & { refused?: string }>(world, name, args);
  if (value?.refused !== undefined) throw new Error(`${name}: ${value.refused}`);
  return value;
}

/** Casey of the office types into a contact. */
export const types = (world: World, lease: string, typed: Row): void =>
  hubspot.editContact(hubspotState(world), contactOf(world, lease).id, typed, world.now);

/** Minutes go by, with the polls that fall into them. */
export function later(world: World, ...minutes: readonly number[]): World {
  const from = world.now;
  for (const each of minutes) leapTo(world, from + each * MINUTE);
  return world;
}

/** What was reported of fields there, and what is offered, as the tabs have it. */
export const reports = (world: World) => bookOf(world).tasks.filter(({ key }) => key.startsWith('task:picture:'));
export const offers = (world: World) => bookOf(world).outbox.filter(({ key }) => key.startsWith('approval:offer:'));
export const told = (world: World, kind: string, lease: string) =>
  bookOf(world).outbox.filter((row) => row.channel === 'hubspot' && row.kind === kind && row.lease === lease);

interface Shown {
  readonly id: string;
  readonly differences?: readonly { readonly task: string; readonly title: string; readonly detail: string }[];
}

/** As the screen Connections shows them. */
export const differences = (world: World) =>
  askApi<readonly Shown[]>(world, 'connections').find(({ id }) => id === 'hubspot')?.differences ?? [];

export const cellOf = (world: World, lease: string, header: string): string =>
  tabOf(world, 'Leases').find((row) => row['Lease ID'] === lease)?.[header] ?? '';

export const lines = (world: World, pattern: RegExp) =>
  tabOf(world, 'Log').filter(({ What = '' }) => pattern.test(What));
