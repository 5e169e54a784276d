/** The laws of HubSpot's mirror: drains over pages, goes on from any of them, loses nothing, and never takes our own hand for a person's. */
import * as people from '../../local/vendors/hubspot/people';
import type { FeedState } from '../../src/connectors/connector';
import { hubspot } from '../../src/connectors/hubspot';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';
import { HubspotBench, MINUTE, statusOf } from './hubspot-rig';

const LAG_MS = 10_000;

function ready(settings = {}): HubspotBench {
  const bench = new HubspotBench(settings);
  bench.setUp();
  return bench;
}

/** So many leases are told, a hundred in one moment. */
function withMany(count: number): HubspotBench {
  const bench = ready();
  for (let at = 0; at < count; at += 100) {
    const size = Math.min(100, count - at);
    bench.tell('standing', ...Array.from({ length: size }, (_, one) => statusOf(`L-${at + one}`)));
  }
  return bench;
}

describe('what is written', () => {
  it.each([
    ['a late lease', {}],
    ['one that is paid ahead and has no last payment', { balanceCents: cents(-500), lastPayment: undefined } as const],
    ['one without a next day', { nextDue: '', daysLate: 0, standing: 'paid' } as const],
    ['one in yen', { currency: currency('JPY'), balanceCents: cents(125_000) }],
    ['one in dinar', { currency: currency('KWD'), balanceCents: cents(1_250_100) }],
    ['one of nothing', { balanceCents: cents(0), unpaidCents: cents(0), residents: '', unit: '' }],
  ])('reads back as it was said, for %s', (_name, more) => {
    const bench = ready();
    const status = statusOf('L-1', more);
    bench.tell('standing', status);
    const row = bench.drainMirror().get('L-1');
    expect(row?.fields).toEqual(hubspot.mirror!.written(status, bench.account));
    expect(Object.keys(row?.fields ?? {})).toHaveLength(11);
  });

  it('reads back in the words of ours, whatever type the account’s own property is of', () => {
    const settings = { MAP_BALANCE: 'owed', MAP_NEXT_DUE: 'due_at', MAP_STANDING: 'how', MAP_HOME: 'none' };
    const bench = ready();
    const group = { groupName: 'contactinformation', fieldType: 'text', type: 'string' };
    const made = [
      { ...group, name: 'owed', label: 'Owed', type: 'number', fieldType: 'number' },
      { ...group, name: 'due_at', label: 'Due at', type: 'datetime', fieldType: 'date' },
      { ...group, name: 'how', label: 'How' },
    ];
    for (const property of made) {
      const url = 'https://api.hubapi.com/crm/v3/properties/contacts';
      const headers = { authorization: `Bearer ${bench.credentials.ACCESS_TOKEN}`, 'content-type': 'application/json' };
      const body = JSON.stringify(property);
      expect(bench.rig.sandbox.handle(bench.state, { method: 'POST', url, headers, body }, bench.nowMs).status).toBe(
        201,
      );
    }
    const other = new HubspotBench(settings);
    Object.assign(other.state, bench.state);
    other.credentials = bench.credentials;
    other.nowMs = bench.nowMs;
    const status = statusOf('L-1');
    other.tell('standing', status);
    expect(other.contact('L-1')?.properties.due_at).toBe('2027-01-01T00:00:00.000Z');
    const row = other.drainMirror().get('L-1');
    expect(row?.fields).toEqual(hubspot.mirror!.written(status, other.account));
    expect(row?.fields).toMatchObject({ owed: '1250.5', due_at: '2027-01-01', how: 'late' });
    expect(row?.fields).not.toHaveProperty('rent_home');
  });

  it('is seen to differ once a person types over it', () => {
    const bench = ready();
    const status = statusOf('L-1');
    bench.tell('standing', status);
    people.editContact(bench.state, bench.contact('L-1')!.id, { rent_balance: '0', phone: '+1 555' }, bench.nowMs);
    const row = bench.drainMirror().get('L-1');
    expect(row).toMatchObject({ phone: '+1 555', email: 'l-1@example.com', id: bench.contact('L-1')?.id });
    expect(row?.fields).toEqual({ ...hubspot.mirror!.written(status, bench.account), rent_balance: '0' });
  });
});

describe('the changes', () => {
  it('are drained over many pages, each contact of ours and nobody else’s', () => {
    const bench = withMany(450);
    people.addContact(bench.state, { email: 'stranger@example.com' }, bench.nowMs);
    const rows = bench.drainMirror();
    expect(rows.size).toBe(450);
    expect([...rows.keys()].every((lease) => lease.startsWith('L-'))).toBe(true);
  });

  it('are the same when a page is read twice', () => {
    const bench = withMany(250);
    const first = bench.pullMirror();
    bench.mirrored = undefined;
    expect(bench.pullMirror().rows).toEqual(first.rows);
    expect([first.more, first.rows.length, first.faults]).toEqual([true, 200, []]);
  });

  it('go on from any page', () => {
    const bench = withMany(450);
    const states: (FeedState | undefined)[] = [];
    const leases: string[][] = [];
    for (let more = true; more; ) {
      states.push(bench.mirrored);
      const page = bench.pullMirror();
      leases.push(page.rows.map((row) => row.leaseId));
      more = page.more;
    }
    expect(states.length).toBeGreaterThan(2);
    states.forEach((state, at) => {
      const before = leases.slice(0, at).flat();
      bench.mirrored = state;
      expect(new Set([...before, ...bench.drainMirror().keys()]).size).toBe(450);
    });
  });

  it('lose nobody when contacts change between two pages and move to the end', () => {
    const bench = withMany(450);
    const found = new Set(bench.pullMirror().rows.map((row) => row.leaseId));
    bench.tell('standing', ...Array.from({ length: 50 }, (_, at) => statusOf(`L-${at}`, { contact: 'keep' })));
    for (const lease of bench.drainMirror().keys()) found.add(lease);
    expect(found.size).toBe(450);
  });

  it('of one moment fill more than a page, and are gone through by number', () => {
    const bench = withMany(500);
    const [first] = bench.state.contacts;
    for (const contact of bench.state.contacts)
      contact.versions = [{ ...contact.versions[0]!, ms: bench.nowMs - MINUTE }];
    const stamp = first!.properties.lastmodifieddate!;
    for (const contact of bench.state.contacts)
      contact.versions[0] = {
        ...contact.versions[0]!,
        properties: { ...contact.versions[0]!.properties, lastmodifieddate: stamp },
      };
    expect(bench.drainMirror().size).toBe(500);
  });

  it('that the index shows late are not lost', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'));
    bench.drainMirror();
    bench.nowMs += MINUTE - 1;
    people.editContact(bench.state, bench.contact('L-1')!.id, { phone: '+1 555' }, bench.nowMs);
    bench.nowMs -= MINUTE - 1;
    expect(bench.drainMirror().get('L-1')?.phone).toBe('+15125550123');
    bench.nowMs += LAG_MS;
    expect(bench.drainMirror().get('L-1')?.phone).toBe('+1 555');
  });

  it('are looked for from the last drain on, and no further back than its overlap', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'));
    bench.drainMirror();
    bench.nowMs += 60 * MINUTE;
    // The last drain's overlap reaches back to it once more; the next one's does not.
    expect(bench.drainMirror().size).toBe(1);
    bench.nowMs += 60 * MINUTE;
    expect(bench.drainMirror().size).toBe(0);
    bench.tell('standing', statusOf('L-2'));
    expect([...bench.drainMirror().keys()]).toEqual(['L-2']);
  });

  it('leave out mail and phone that are empty there, and a contact whose key was taken away', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    people.editContact(bench.state, bench.contact('L-1')!.id, { email: '', phone: '' }, bench.nowMs);
    people.editContact(bench.state, bench.contact('L-2')!.id, { rent_ledger_id: '' }, bench.nowMs);
    const rows = bench.drainMirror();
    expect([...rows.keys()]).toEqual(['L-1']);
    expect(rows.get('L-1')).not.toHaveProperty('email');
    expect(rows.get('L-1')).not.toHaveProperty('phone');
  });

  it('that cannot be read are a fault of their own beside the others', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    bench.answer = (request, reply) => {
      const given = reply();
      if (!request.url.endsWith('/search') || given instanceof Error) return given;
      return { ...given, body: given.body.replace('"rent_ledger_id":"L-1"', '"rent_ledger_id":1') };
    };
    const { rows, faults } = bench.pullMirror();
    expect(rows.map((row) => row.leaseId)).toEqual(['L-2']);
    expect(faults).toEqual([
      { about: `contact ${bench.contact('L-1')?.id}`, fault: expect.objectContaining({ fault: 'malformed' }) },
    ]);
  });

  it('may have empty properties as null or left out', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1', { nextDue: '' }));
    bench.answer = (request, reply) => {
      const given = reply();
      if (!request.url.endsWith('/search') || given instanceof Error) return given;
      return { ...given, body: given.body.replace('"properties":{', '"properties":{"rent_next_due":null,') };
    };
    expect(bench.drainMirror().get('L-1')?.fields.rent_next_due).toBe('');
  });
});
