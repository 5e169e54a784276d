/** Worlds with residents' pages: rows made, links sealed as the owner's own secret seals them, and requests as browsers make them. */
import { createHmac } from 'node:crypto';
import type { ExecutionRecord } from '../local/host/state';
import { pageToken } from '../src/domain/page-token';
import { leapTo, leaseOf, type SmallWorld, smallWorld, tabOf, type World } from './worlds';

/** A house of two leases, charged on the first of December: one of one resident, one of two. */
export function housed(more: Partial<SmallWorld> = {}): World {
  const leases = [leaseOf('L-1'), leaseOf('L-2', { Email: 'bob@example.com, cleo@example.com', Rent: '1234.00' })];
  const world = smallWorld({ on: '2026-11-25', leases, settings: { Reminders: 'on' }, ...more });
  leapTo(world, '2026-12-01T15:30:00Z');
  return world;
}

const SECRET = 'secret:resident-pages';
export const secretOf = (world: World): string => world.properties[`user:${world.owner}`]?.[SECRET] ?? '';

export const sealOf = (world: World) => (text: string) =>
  createHmac('sha256', secretOf(world)).update(text).digest('hex');

export function pageRow(world: World, address: string): Readonly<Record<string, string>> {
  const row = tabOf(world, 'Resident pages').find((each) => each.Address === address);
  if (!row) throw new Error(`no page for ${address}`);
  return row;
}

/** A link as the add-on seals it: for this moment, or as if sent at another one. */
export function tokenFor(world: World, address: string, sentAt = world.now): string {
  const { Link = '', Version } = pageRow(world, address);
  return pageToken(sealOf(world), { id: Link, version: Number(Version) }, sentAt, 30);
}

export interface Answer {
  readonly body: string;
  readonly status: number;
  readonly contentType: string;
  readonly run: ExecutionRecord;
}

const ran = (world: World, ask: () => { body: string; status: number; contentType: string }): Answer => {
  const before = world.executions.length;
  const { body, status, contentType } = ask();
  const run = world.executions[before];
  if (!run) throw new Error('nothing ran');
  return { body, status, contentType, run };
};

export const getPage = (world: World, page: string, more: Record<string, string | string[]> = {}): Answer =>
  ran(world, () => world.doGet({ page, ...more }));

export const postForm = (world: World, fields: Readonly<Record<string, string>>): Answer =>
  ran(world, () => world.doPost({ body: new URLSearchParams(fields).toString() }));

/** The page without what is new on each: the number by which its forms act once. */
export const lasting = (body: string): string => body.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'REQUEST');

/** What a request may have changed: all but the counters in the cache. */
export const traces = (world: World): string =>
  JSON.stringify([world.workbook, world.properties, world.mailbox.length, world.triggers.map((one) => one.handler)]);
