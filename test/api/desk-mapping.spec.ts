/** The vendor's real fields beside ours: where each value goes, what stands there on one real row, and what a run would write. */
import { hubspotPeople } from '../../local/vendors/people';
import type { Connection } from '../../src/api/desk/connections';
import type { MappingView } from '../../src/api/desk/mapping';
import type { Refusal } from '../../src/api/desk/told';
import { click } from '../jobs/carriers-world';
import { ask, contactOf, crmHouse, differences, hubspotState, later, reports, types } from '../jobs/crm-world';
import { answerAs, askApi, OWNER, type World } from '../worlds';

const base = crmHouse();
hubspotPeople.addContact(hubspotState(base), { email: 'stranger@example.com', firstname: 'Sam' }, base.now);

const view = (world: World, lease?: string): MappingView =>
  ask<MappingView>(world, 'mapping', { platform: 'hubspot', ...(lease ? { lease } : {}) });
const refused = (world: World, args: object): string | undefined => askApi<Refusal>(world, 'mapping', [args]).refused;
const rowOf = (seen: MappingView, field: string) => seen.rows.find((row) => row.field === field);
const choose = (world: World, values: Readonly<Record<string, string>>) =>
  askApi<Connection & Partial<Refusal>>(world, 'platformFields', [
    { request: `mapping-${Object.entries(values).join('-').replace(/\W/g, '')}`, platform: 'hubspot', values },
  ]);

/** The office has a property of its own for what is owed. */
function withOwnProperty(world: World): World {
  const { properties } = hubspotState(world);
  const like = properties.contacts.find(({ name }) => name === 'rent_balance');
  if (!like) throw new Error('HubSpot has no rent_balance');
  properties.contacts.push({ ...like, name: 'owed_now', label: 'Owed now' });
  return world;
}

describe('the fields of a CRM', () => {
  it('are every value of ours with its heading, its list and where it goes', () => {
    const { lines } = view(base);
    expect(lines.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Standing', 'Balance', 'Days late', 'Next due', 'Last payment', 'Home']),
    );
    expect(new Set(lines.map(({ under, list, value }) => `${under}, ${list}, ${value}`))).toEqual(
      new Set(['Contact properties, fields, ']),
    );
  });

  it('stand beside one real row: what is there now, and what a run would write', () => {
    const seen = view(base, 'L-2');
    expect(seen.lease).toEqual({ id: 'L-2', title: 'Elm House 2, Resident L-2' });
    expect(seen.row).toEqual({ id: contactOf(base, 'L-2').id, name: 'Resident L-2' });
    expect(rowOf(seen, 'rent_status')).toEqual({
      field: 'rent_status',
      label: 'Rent: standing',
      there: 'due',
      ours: 'due',
    });
    expect(seen.rows.filter(({ there, ours }) => ours !== undefined && ours !== there)).toEqual([]);
  });

  it('show both sides where somebody has typed over one of ours', () => {
    const world = base.clone();
    types(world, 'L-1', { rent_status: 'late' });
    expect(rowOf(view(world, 'L-1'), 'rent_status')).toMatchObject({ there: 'late', ours: 'due' });
  });

  it('show fields of theirs that are not written, and neither mail, phone nor names', () => {
    const seen = view(withOwnProperty(base.clone()));
    expect(rowOf(seen, 'owed_now')).toEqual({ field: 'owed_now', label: 'Owed now', there: '' });
    for (const field of ['email', 'phone', 'firstname', 'lastname', 'rent_ledger_id', 'hs_object_id'])
      expect(rowOf(seen, field)).toBeUndefined();
  });

  it('are of a lease that is known there, where none is named', () => {
    expect(view(base).lease?.id).toBe('L-1');
  });

  it('say so where the lease has no row there yet, and what it would get', () => {
    const world = base.clone();
    hubspotPeople.deleteContact(hubspotState(world), contactOf(world, 'L-1').id, world.now);
    const seen = view(world, 'L-1');
    expect(seen.none).toMatch(/^There is no row of this lease there yet\./);
    expect([seen.row, rowOf(seen, 'rent_status')]).toEqual([
      undefined,
      { field: 'rent_status', label: 'rent_status', ours: 'due' },
    ]);
  });

  it('change nothing, here or there', () => {
    const world = base.clone();
    const before = JSON.stringify([world.workbook, hubspotState(world).contacts]);
    view(world, 'L-1');
    expect(JSON.stringify([world.workbook, hubspotState(world).contacts])).toBe(before);
  });

  it.each([
    [{ platform: 'hubspot', lease: 'X-9' }, 'There is no lease "X-9".'],
    [{ platform: 'salesforce' }, 'Salesforce is not connected.'],
    [{ platform: 'nobody' }, 'There is no platform "nobody".'],
  ])('are refused for %j', (args, why) => {
    expect(refused(base, args)).toBe(why);
  });

  it('are the owner’s to see', () => {
    expect(answerAs(base, 'meg@example.com', 'mapping', { platform: 'hubspot' })).toMatchObject({ ok: false });
    expect(answerAs(base, OWNER, 'mapping', { platform: 'hubspot' })).toMatchObject({ ok: true });
  });

  it('say why where the platform does not answer, and what would be written', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'hubspot', what: 'server-error', when: 'always' });
    const seen = view(world, 'L-1');
    expect(seen.none).toMatch(/HTTP 50\d/);
    expect(rowOf(seen, 'rent_status')).toMatchObject({ ours: 'due' });
  });

  it('of a platform without rows to show are refused nothing', () => {
    expect(ask<MappingView>(base, 'mapping', { platform: 'stripe' })).toEqual({
      lines: [],
      rows: [],
      none: 'Stripe shows no row to try it on.',
    });
  });
});

describe('another field for a value', () => {
  it('is chosen from what the account has', () => {
    const { choices } = ask<{ choices: readonly { id: string; name: string; note?: string }[] }>(
      withOwnProperty(base.clone()),
      'platformList',
      { platform: 'hubspot', list: 'fields' },
    );
    expect(choices).toContainEqual({ id: 'owed_now', name: 'Owed now', note: 'number' });
    expect(choices.map(({ id }) => id)).not.toContain('email');
  });

  it('is filled with the next run, for every lease, and nobody is blamed for what it does not hold yet', () => {
    const world = withOwnProperty(base.clone());
    expect(choose(world, { MAP_BALANCE: 'owed_now' }).refused).toBeUndefined();
    expect(view(world).lines.find(({ name }) => name === 'MAP_BALANCE')?.value).toBe('owed_now');
    later(world, 12, 24);
    for (const lease of ['L-1', 'L-2'])
      expect([lease, contactOf(world, lease).properties.owed_now]).toEqual([lease, '1000']);
    types(world, 'L-1', { phone: '+15125550144' });
    later(world, 12);
    expect([reports(world), differences(world)]).toEqual([[], []]);
    expect(rowOf(view(world, 'L-1'), 'owed_now')).toMatchObject({ there: '1000', ours: '1000' });
  });

  it('is told once for each change, however often the same click arrives', () => {
    const world = withOwnProperty(base.clone());
    choose(world, { MAP_BALANCE: 'owed_now' });
    const before = JSON.stringify(world.workbook);
    choose(world, { MAP_BALANCE: 'owed_now' });
    expect(JSON.stringify(world.workbook)).toBe(before);
  });

  it('is none where it is not to be written', () => {
    const world = base.clone();
    choose(world, { MAP_HOME: 'none' });
    expect(rowOf(view(world), 'rent_home')?.ours).toBeUndefined();
  });

  it.each([
    [{ MAP_BALANCE: 'email' }, /cannot go to the property "email"/],
    [{ MAP_BALANCE: 'rent_unpaid' }, /cannot both go to the property "rent_unpaid"/],
  ])('is refused where it would write over something else: %j', (values, why) => {
    const world = base.clone();
    expect(choose(world, values).refused).toMatch(why);
    expect(view(world).lines.find(({ name }) => name === 'MAP_BALANCE')?.value).toBe('');
  });

  it('that the account lacks is named on the card', () => {
    const world = base.clone();
    const told = choose(world, { MAP_BALANCE: 'owed_nowhere' });
    expect(told.refused ?? told.account).toMatch(/owed_nowhere/);
  });
});

describe('the properties that are missing', () => {
  it('are named on the card until they are made', () => {
    const account = (world: World) =>
      ask<readonly Connection[]>(world, 'connections').find(({ id }) => id === 'hubspot')?.account;
    const world = base.clone();
    expect(account(world)).toBe('HubSpot');
    hubspotPeople.deleteProperty(hubspotState(world), 'rent_home');
    click(world, 'platformAct', { platform: 'hubspot', kind: 'setup' });
    expect(account(world)).toBe('HubSpot');
  });
});
