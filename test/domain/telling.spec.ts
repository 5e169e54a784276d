import type { Property } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { NOTHING } from '../../src/domain/run-book';
import type { LeaseStatus, ReceiptNote } from '../../src/domain/status';
import {
  type Listener,
  listenerIn,
  standingName,
  standingsToTell,
  tellings,
  tellsText,
} from '../../src/domain/telling';
import { key, leaseId, propertyName } from '../../src/domain/values';
import { bookIn, commitTo, type Ear, leaseIn, listening, pay, until } from './telling-world';

const RENT = ['L-1 rent 1000.00'];
const SHEETS: Listener = { platform: 'google-sheets', tells: { standing: 'all leases', receipt: 'all leases' } };
const CONCUR: Listener = { platform: 'sap-concur', tells: { receipt: 'linked leases' } };
const ALL: Listener = { platform: 'azure-logic-apps', tells: { event: 'all leases', standing: 'linked leases' } };

const link = (ear: Ear, platform: string, lease = 'L-1') =>
  ear.world.links.push({ row: 2, lease: leaseId(lease), platform, kind: 'customer', externalId: `at-${platform}` });
const toldTo = ({ told }: Ear, platform: string, kind = '') =>
  told.filter(({ intent }) => intent.channel === platform && intent.kind.startsWith(kind));
const standings = (ear: Ear, platform = 'google-sheets') =>
  toldTo(ear, platform, 'standing').map(({ on, intent }) => {
    const { standing, balanceCents, unpaidCents, processingCents } = intent.payload as unknown as LeaseStatus;
    return `${on} ${intent.lease} ${standing} ${balanceCents / 100}/${unpaidCents / 100}/${processingCents / 100}`;
  });
const notes = (ear: Ear, platform = 'google-sheets') =>
  toldTo(ear, platform, 'receipt').map(({ on, intent }) => {
    const { receipt, state, amountCents, reversedCents, balanceCents } = intent.payload as unknown as ReceiptNote;
    return `${on} ${receipt} ${state} ${amountCents / 100}/${reversedCents / 100}, balance ${balanceCents / 100}`;
  });

describe('what a platform wants to be told', () => {
  it.each([
    ['', {}],
    ['standing: all leases', { standing: 'all leases' }],
    [' receipt :linked leases ; event: all leases', { receipt: 'linked leases', event: 'all leases' }],
    ['standing: some leases; receipt: all leases', { receipt: 'all leases' }],
    ['invoices: all leases', {}],
    ['standing', {}],
  ])('reads "%s"', (words, expected) => {
    expect(listenerIn('mirror', words).tells).toEqual(expected);
  });
});

describe('nobody', () => {
  it('is told nothing, and nothing is looked at for it', () => {
    const ear = until(listening(RENT, []), '2026-12-10');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    expect(ear.told).toEqual([]);
    // Whoever reads a lease, a receipt or a row of the Outbox here does work for nobody.
    const shut = new Proxy([], { get: () => expect('read').toBe('not read') });
    const book = { ...bookIn(ear), leases: shut, receipts: shut, outbox: shut, links: shut };
    const run = { id: 'r', by: 't', now: instantOf(day('2026-12-10'), 9, 0, ear.world.property.zone) };
    expect(tellings(book, new Map(), run, { ...NOTHING, entries: ear.world.journal })).toEqual([]);
    expect(standingsToTell(book, run, shut, () => true)).toEqual([]);
  });

  it('listens to a decision without entries and receipts, so that what is told never tells anything', () => {
    const ear = until(listening(RENT, [SHEETS, ALL]), '2026-12-10');
    const now = instantOf(day('2026-12-10'), 12, 0, ear.world.property.zone);
    const intents = ear.told.map(({ intent }) => ({ ...intent, key: key(`again:${intent.key}`) }));
    expect(intents.length).toBeGreaterThan(0);
    expect(commitTo(ear, { ...NOTHING, intents }, now)).toEqual([]);
  });
});

describe('who lives there and how they are reached', () => {
  const CRM: Listener = { platform: 'crm', tells: { standing: 'all leases' } };
  const contacts = (ear: Ear) =>
    toldTo(ear, 'crm').map(({ on, intent }) => {
      const { contact, phone } = intent.payload as unknown as LeaseStatus;
      return `${on} ${contact}${phone ? ` ${phone}` : ''}`;
    });
  const phoneOf = (ear: Ear, phone: string) => {
    ear.world.leases[0] = { ...leaseIn(ear), phone };
  };

  it('is written the first time and kept as people there have it after that', () => {
    const ear = until(listening(RENT, [CRM]), '2026-12-08');
    expect(contacts(ear)).toEqual(['2026-12-01 write', '2026-12-02 keep', '2026-12-07 keep']);
  });

  it('is written again when it has changed here, by the day where nothing else happens', () => {
    const ear = until(listening(RENT, [CRM]), '2026-12-03');
    phoneOf(ear, '+15125550100');
    until(ear, '2026-12-08');
    phoneOf(ear, '+15125550199');
    phoneOf(ear, '+15125550100');
    until(ear, '2026-12-09');
    expect(contacts(ear).slice(2)).toEqual(['2026-12-04 write +15125550100', '2026-12-07 keep +15125550100']);
  });

  it('is written with the next standing where the one that was to write it has not left', () => {
    const ear = until(listening(RENT, [CRM]), '2026-12-01');
    ear.outbox[0] = { ...(ear.outbox[0] as (typeof ear.outbox)[0]), state: 'ready' };
    until(ear, '2026-12-02');
    expect(contacts(ear)).toEqual(['2026-12-01 write', '2026-12-02 write']);
  });

  it('is kept where the lease is linked and nobody remembers what was told', () => {
    const ear = listening(RENT, [CRM]);
    link(ear, 'crm');
    expect(contacts(until(ear, '2026-12-01'))).toEqual(['2026-12-01 keep']);
  });
});

describe('a platform that bears few calls', () => {
  const SLOW: Listener = { platform: 'crm', tells: { standing: 'all leases' }, figuresEvery: 240 };
  const waits = (ear: Ear) =>
    toldTo(ear, 'crm').map(({ intent }) => {
      const { standing, balanceCents } = intent.payload as unknown as LeaseStatus;
      return `${standing} ${balanceCents / 100} at ${new Date(intent.notBefore).toISOString().slice(11, 16)}`;
    });

  it('is told of a new word at once, before all else of it, and of figures alone by the end of the slot', () => {
    const ear = until(listening(RENT, [SLOW]), '2026-12-07');
    pay(ear, 'stripe:p1 L-1 400.00 settled');
    pay(ear, 'stripe:p2 L-1 600.00 settled');
    const [late, figures, paid] = waits(ear).slice(-3);
    expect([late, paid].map((line) => line?.split(' at ')[0])).toEqual(['late 1000', 'paid 0']);
    expect(figures).toMatch(/^late 600 at (00|04|08|12|16|20):00$/);
    const [lateOne, figuresOne] = toldTo(ear, 'crm').slice(-3);
    expect(lateOne?.intent.urgency).toBeLessThan(figuresOne?.intent.urgency ?? 0);
  });

  it('says so on the Connections tab, in words that are read back', () => {
    const words = tellsText({ standing: 'all leases', task: 'linked leases' }, 60);
    expect(words).toBe('standing: all leases; task: linked leases; figures every 60 minutes');
    expect(listenerIn('crm', words)).toEqual({
      platform: 'crm',
      tells: { standing: 'all leases', task: 'linked leases' },
      figuresEvery: 60,
    });
    expect(listenerIn('crm', tellsText({ standing: 'all leases' }))).toEqual({
      platform: 'crm',
      tells: { standing: 'all leases' },
    });
  });
});

describe('which leases', () => {
  it('linked ones alone, where a platform says so', () => {
    const ear = listening([...RENT, 'L-2 rent 500.00'], [CONCUR, SHEETS]);
    link(ear, 'sap-concur', 'L-2');
    link(ear, 'another-platform', 'L-1');
    until(ear, '2026-12-02');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    pay(ear, 'stripe:p2 L-2 500.00 settled');
    expect(notes(ear, 'sap-concur')).toEqual(['2026-12-02 stripe:p2 settled 500/0, balance 0']);
    expect(notes(ear)).toHaveLength(2);
    const [note] = toldTo(ear, 'sap-concur').map(({ intent }) => intent.payload as unknown as ReceiptNote);
    expect([note?.customer, note?.leaseId]).toEqual(['at-sap-concur', 'L-2']);
  });

  it('each platform what it asked for and nothing else', () => {
    const ear = listening(RENT, [CONCUR, SHEETS, ALL]);
    link(ear, 'azure-logic-apps');
    until(ear, '2026-12-08');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    const kinds = (platform: string) => [...new Set(toldTo(ear, platform).map(({ intent }) => intent.kind))].sort();
    expect(kinds('sap-concur')).toEqual([]);
    expect(kinds('google-sheets')).toEqual(['receipt', 'standing']);
    expect(kinds('azure-logic-apps')).toEqual(['event', 'standing']);
  });
});

describe('how a lease stands', () => {
  it('is told with every change, and by the day where only that has made it late', () => {
    const ear = until(listening(['L-1 rent 1000.00 fee 50.00'], [SHEETS]), '2026-12-08');
    pay(ear, 'stripe:p1 L-1 1050.00 pending');
    until(ear, '2026-12-10');
    pay(ear, 'stripe:p1 settled');
    expect(standings(until(ear, '2026-12-12'))).toEqual([
      '2026-12-01 L-1 due 1000/1000/0',
      '2026-12-02 L-1 grace 1000/1000/0',
      '2026-12-07 L-1 late 1050/1050/0',
      '2026-12-08 L-1 processing 1050/1050/1050',
      '2026-12-10 L-1 paid 0/0/0',
    ]);
  });

  it('is told by the day also where no entry comes with it', () => {
    const ear = until(listening(RENT, [SHEETS]), '2026-12-02');
    ear.world.ladder = [];
    expect(standings(until(ear, '2026-12-09'))).toEqual([
      '2026-12-01 L-1 due 1000/1000/0',
      '2026-12-02 L-1 grace 1000/1000/0',
      '2026-12-07 L-1 late 1000/1000/0',
    ]);
  });

  it('is told once a day, again where it could not be told, and not where it is known', () => {
    const ear = until(listening(RENT, [SHEETS]), '2026-12-02');
    const now = instantOf(day('2026-12-02'), 10, 0, ear.world.property.zone);
    const wanted = (outbox = ear.outbox) =>
      standingsToTell(bookIn(ear), { id: 'r', by: 't', now }, outbox, () => true).map((intent) => intent.key);
    expect(wanted()).toEqual([]);
    expect(wanted([])).toHaveLength(1);
    expect(wanted([])).toEqual(wanted([]));
    expect(wanted(ear.outbox.map((row) => ({ ...row, state: 'failed' as const })))).toHaveLength(1);
    expect(standingsToTell(bookIn(ear), { id: 'r', by: 't', now }, [], () => false)).toEqual([]);
  });

  it('is told of all that a platform needs, of the moment after the decision', () => {
    const ear = listening(RENT, [SHEETS]);
    link(ear, 'google-sheets');
    until(ear, '2026-12-07');
    pay(ear, 'stripe:p1 L-1 400.00 settled');
    const [last] = toldTo(ear, 'google-sheets', 'standing').slice(-1);
    expect(last?.intent.payload).toEqual({
      leaseId: 'L-1',
      property: 'Elm Street 5',
      unit: 'L-1',
      residents: 'Resident of L-1',
      email: 'l-1@example.com',
      phone: '',
      currency: 'USD',
      balanceCents: 60_000,
      unpaidCents: 60_000,
      processingCents: 0,
      standing: 'late',
      daysLate: 6,
      rentCents: 100_000,
      nextDue: '2027-01-01',
      lastRung: 'late',
      lastPayment: { day: '2026-12-07', amountCents: 40_000, source: 'stripe', reference: 'p1' },
      asOf: '2026-12-07',
      customer: 'at-google-sheets',
      contact: 'keep',
    });
  });

  it('is not told for ever of a lease that has ended long ago and is settled', () => {
    const ear = until(listening(['L-1 rent 1000.00 end 2026-12-31'], [SHEETS]), '2026-12-02');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    const later = (on: string) => {
      const run = { id: 'r', by: 't', now: instantOf(day(on), 9, 0, ear.world.property.zone) };
      return standingsToTell(bookIn(ear), run, [], () => true).length;
    };
    expect([later('2027-01-15'), later('2027-03-15')]).toEqual([1, 0]);
  });
});

describe('of several standings of one lease that wait the newest holds', () => {
  it('because they bear one name', () => {
    const ear = listening([...RENT, 'L-2 rent 500.00'], [SHEETS, { ...SHEETS, platform: 'another' }]);
    until(ear, '2026-12-08');
    const named = ear.told.filter(({ intent }) => intent.kind === 'standing');
    const names = new Set(named.map(({ intent }) => standingName(intent.key)));
    expect([...names].sort()).toEqual([
      'standing:another:L-1',
      'standing:another:L-2',
      'standing:google-sheets:L-1',
      'standing:google-sheets:L-2',
    ]);
    expect(named.every(({ intent }) => standingName(intent.key)?.endsWith(`:${intent.lease}`))).toBe(true);
  });

  it.each([
    ['standing:google-sheets:L-1:1a2b3c4d', 'standing:google-sheets:L-1'],
    ['standing:google-sheets:House 5/2.1:1a2b3c4d', 'standing:google-sheets:House 5/2.1'],
    ['receipt:google-sheets:stripe:p1:1a2b3c4d', undefined],
    ['email:standing:L-1', undefined],
  ])('%s', (name, expected) => {
    expect(standingName(key(name))).toBe(expected);
  });
});

describe('a receipt', () => {
  it('is told once for each state that it comes to, and not while it is under way', () => {
    const ear = until(listening(RENT, [SHEETS]), '2026-12-02');
    pay(ear, 'stripe:p1 L-1 1000.00 pending');
    until(ear, '2026-12-04');
    pay(ear, 'stripe:p1 settled');
    pay(ear, 'stripe:p1 settled');
    until(ear, '2026-12-05');
    pay(ear, 'stripe:p1 refunded 200.00');
    until(ear, '2026-12-06');
    pay(ear, 'stripe:p2 L-1 50.00 failed');
    expect(notes(ear)).toEqual([
      '2026-12-04 stripe:p1 settled 1000/0, balance 0',
      '2026-12-05 stripe:p1 partly refunded 1000/200, balance 200',
    ]);
  });

  it('says which charges it pays, as they are after it', () => {
    const ear = until(listening(['L-1 rent 1000.00 fee 50.00'], [SHEETS]), '2026-12-08');
    pay(ear, 'stripe:p1 L-1 1020.00 settled');
    const [last] = toldTo(ear, 'google-sheets', 'receipt').slice(-1);
    expect(last?.intent.payload).toEqual(
      expect.objectContaining({ allocated: ['rent due 2026-12-01 1000.00', 'late fee due 2026-12-07 20.00'] }),
    );
  });
});

it('where a neighbour alone has a channel, nobody is told of a property', () => {
  const ear = until(listening(RENT, []), '2026-12-08');
  const other: Property = { ...ear.world.property, name: propertyName('Oak Street 1'), slackChannel: 'C0123' };
  const book = {
    ...bookIn(ear),
    properties: new Map([
      [ear.world.property.name, ear.world.property],
      [other.name, other],
    ]),
  };
  const run = { id: 'r', by: 't', now: instantOf(day('2026-12-08'), 9, 0, ear.world.property.zone) };
  expect(leaseIn(ear).property).toBe(ear.world.property.name);
  expect(tellings(book, book.states, run, { ...NOTHING, entries: ear.world.journal })).toEqual([]);
});
