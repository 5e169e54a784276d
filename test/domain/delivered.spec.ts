import type { OutboxRow } from '../../src/domain/book';
import { type DeliveryFact, decideDeliveries, documentLinks, isFinal, refOfRow } from '../../src/domain/delivered';
import type { RunBook } from '../../src/domain/run-book';
import { type Day, key } from '../../src/domain/values';
import { at, bookWith, LEASE, leg, MAIL, PHONE, RUN } from './messaging';

const BO = 'bo@example.com';
const mail = (state: string, minute: number, more: Partial<DeliveryFact> = {}): DeliveryFact => ({
  platform: 'mailgun',
  ref: 'email-1',
  address: MAIL,
  state,
  at: at(minute),
  detail: '',
  ...more,
});
const to = (address: string, state: string, minute: number) => mail(state, minute, { address });

/** The rows after some reads, each of them committed before the next. */
function told(rows: readonly OutboxRow[], ...reads: readonly (readonly DeliveryFact[])[]): readonly OutboxRow[] {
  return reads.reduce((outbox, facts) => {
    const news = new Map(decide(facts, outbox).outbox.map((row) => [row.key, row]));
    return outbox.map((row) => news.get(row.key) ?? row);
  }, rows);
}
const decide = (facts: readonly DeliveryFact[], outbox: readonly OutboxRow[], more: Partial<RunBook> = {}) =>
  decideDeliveries({ ...bookWith(), ...more, outbox }, RUN, facts);
const wordOf = (rows: readonly OutboxRow[]): string => rows.map((row) => row.delivery?.state ?? '-').join(', ');

describe('how a message ended, by news of two reads', () => {
  it.each([
    ['sent', 1, 'delivered', 2, 'delivered'],
    ['delivered', 2, 'sent', 3, 'delivered'],
    ['sent', 9, 'delivered', 2, 'delivered'],
    ['delivered', 2, 'delivered', 3, 'delivered'],
    ['delivered', 2, 'bounced', 3, 'bounced'],
    ['bounced', 3, 'delivered', 2, 'bounced'],
    ['bounced', 2, 'delivered', 3, 'delivered'],
    ['delivered', 2, 'complained', 3, 'complained'],
    ['complained', 3, 'delivered', 2, 'complained'],
    ['delivered', 2, 'opted out', 3, 'delivered'],
    ['opted out', 3, 'delivered', 2, 'delivered'],
    ['unknown', 9, 'delivered', 2, 'delivered'],
    ['delivered', 2, 'unknown', 9, 'delivered'],
    ['unknown', 9, 'bounced', 2, 'bounced'],
    ['sent', 1, 'opted in', 2, 'sent'],
    ['delivered', 2, 'bounced', 2, 'bounced'],
    ['bounced', 2, 'delivered', 2, 'bounced'],
  ])('%s (minute %d), then %s (minute %d): %s', (first, m, second, n, expected) => {
    expect(wordOf(told([leg('email')], [mail(first, m)], [mail(second, n)]))).toBe(expected);
  });

  it('closes it for all questions but while it is on its way', () => {
    const open = ['sent', 'delivered', 'failed', 'bounced', 'blocked', 'complained', 'opted out', 'unknown', 'signed']
      .map((state) => leg('email', { delivery: { state, at: at(1), detail: '' } }))
      .filter((row) => !isFinal(row));
    expect(open.map((row) => row.delivery?.state)).toEqual(['sent']);
    expect(isFinal(leg('email'))).toBe(false);
  });
});

describe('a mail to two people', () => {
  const shared = leg('email', { to: `${MAIL}, ${BO}` });

  it.each([
    ['one arrived', [to(MAIL, 'delivered', 1)], 'delivered'],
    ['one bounced: the other may have it', [to(MAIL, 'bounced', 1)], 'sent'],
    ['one bounced, one arrived', [to(MAIL, 'bounced', 1), to(BO, 'delivered', 2)], 'delivered'],
    ['one arrived, one bounced', [to(MAIL, 'delivered', 1), to(BO, 'bounced', 2)], 'delivered'],
    [
      'it arrived, and then both are told to bounce',
      [to(MAIL, 'delivered', 1), to(MAIL, 'bounced', 2), to(BO, 'bounced', 3)],
      'delivered',
    ],
    ['both bounced', [to(MAIL, 'bounced', 1), to(BO, 'bounced', 2)], 'bounced'],
    ['one bounced, one was refused', [to(MAIL, 'bounced', 1), to(BO, 'opted out', 2)], 'failed'],
    ['the same one bounced twice', [to(MAIL, 'bounced', 1), to(MAIL, 'bounced', 2)], 'sent'],
    ['the same one in other letters', [to(MAIL, 'bounced', 1), to('ANA@example.com', 'failed', 2)], 'sent'],
    ['it was refused as a whole', [mail('failed', 1, { address: undefined as never })], 'failed'],
    ['one arrived and complained', [to(MAIL, 'delivered', 1), to(MAIL, 'complained', 2)], 'complained'],
    ['one arrived, and opted out', [to(MAIL, 'delivered', 1), to(MAIL, 'opted out', 2)], 'delivered'],
    ['one bounced, and nobody tells more', [to(MAIL, 'bounced', 1), mail('unknown', 9)], 'unknown'],
    [
      'nobody tells more, then both bounced',
      [mail('unknown', 9), to(MAIL, 'bounced', 1), to(BO, 'bounced', 2)],
      'bounced',
    ],
  ])('%s', (_, facts, expected) => {
    const reads = facts.map((fact) => [fact]);
    expect(wordOf(told([shared], ...reads))).toBe(expected);
    expect(wordOf(told([shared], ...[...reads].reverse()))).toBe(expected);
    expect(wordOf(told([shared], facts))).toBe(expected);
  });

  it('is lost once it is lost to each of them, and who that is stands beside it', () => {
    const one = mail('bounced', 1, { detail: '550\n5.1.1 no such user' });
    const two = mail('failed', 2, { address: BO });
    const first = decide([one], [shared]);
    expect(first.outbox[0]?.delivery).toEqual({
      state: 'sent',
      at: at(1),
      detail: 'ana@example.com bounced: 550 5.1.1 no such user',
    });
    expect(first.tasks).toEqual([]);
    const second = decide([two], first.outbox);
    expect(second.outbox[0]?.delivery).toEqual({
      state: 'failed',
      at: at(2),
      detail: 'ana@example.com bounced: 550 5.1.1 no such user\nbo@example.com failed',
    });
    expect(second.tasks).toHaveLength(1);
    expect(first.contacts.map((row) => [row.address, row.state])).toEqual([[MAIL, 'bounced']]);
    expect(first.log.map((line) => line.what)).toEqual([
      'bounced late by mailgun to ana@example.com: 550\n5.1.1 no such user',
      'ana@example.com bounced by mailgun: 550\n5.1.1 no such user',
    ]);
  });
});

describe('whose message it is', () => {
  const batch = [
    leg('email', { vendorRef: 'batch-1 <id@mailgun>' }),
    leg('email', { key: key('email:late:L-2:2026-12'), row: 3, to: BO, vendorRef: 'batch-1 <id@mailgun>' }),
  ];

  it.each([
    ['the address of one of a batch', { ref: 'batch-1', address: BO }, '-, delivered'],
    ['in other letters', { ref: 'batch-1', address: ' BO@Example.com' }, '-, delivered'],
    ['an address that is not in it', { ref: 'batch-1', address: 'eve@example.com' }, '-, -'],
    ['no address: all of them', { ref: 'batch-1', address: undefined }, 'delivered, delivered'],
    ['another id', { ref: 'batch-2', address: BO }, '-, -'],
    ['no id', { ref: undefined, address: BO }, '-, -'],
    ['an empty id', { ref: '', address: BO }, '-, -'],
    ['the id of another platform', { platform: 'sendgrid', ref: 'batch-1', address: BO }, '-, -'],
  ])('%s', (_, more, expected) => {
    expect(wordOf(told(batch, [mail('delivered', 1, more as Partial<DeliveryFact>)]))).toBe(expected);
  });

  it('news of one of a batch never falls to the only one that is left of it', () => {
    const came = decide([mail('bounced', 1, { ref: 'batch-1' })], batch.slice(1));
    expect(came.outbox).toEqual([]);
    expect(came.contacts.map((row) => [row.address, row.state])).toEqual([[MAIL, 'bounced']]);
  });

  it('is one that has left, by the first word of its reference', () => {
    const states = [
      'waiting for release',
      'ready',
      'sending',
      'scheduled',
      'sent',
      'failed',
      'cancelled',
      'unsure',
    ] as const;
    const told = states.filter((state) => decide([mail('delivered', 1)], [leg('email', { state })]).outbox.length > 0);
    expect(told).toEqual(['scheduled', 'sent']);
    expect(refOfRow(leg('email', { vendorRef: 'a b c' }))).toBe('a');
    expect(decide([mail('delivered', 1)], [leg('email', { state: 'scheduled' })]).outbox[0]?.state).toBe('sent');
  });
});

describe('the Log', () => {
  it('has a line for the message and one for each lease of the address', () => {
    const [lease] = bookWith().leases;
    const other = { ...(lease ?? LEASE), id: 'L-2' as typeof LEASE.id, emails: ['Ana@example.com'] };
    const book = { leases: [lease ?? LEASE, other] };
    const { log } = decide([mail('bounced', 1, { detail: '550 gone' })], [leg('email')], book);
    expect(log.map(({ kind, lease: id, what, before, after: then }) => [kind, id, what, before, then])).toEqual([
      ['delivery', 'L-1', 'bounced late by mailgun to ana@example.com: 550 gone', '', 'email-1'],
      ['contact', 'L-1', 'ana@example.com bounced by mailgun: 550 gone', 'good', 'bounced'],
      ['contact', 'L-2', 'ana@example.com bounced by mailgun: 550 gone', 'good', 'bounced'],
    ]);
  });

  it('has the lease of a number however it is written there, and a line for a number of nobody', () => {
    const stop = { platform: 'twilio', address: PHONE, state: 'opted out', at: at(1), detail: 'STOP' };
    const stranger = { ...stop, address: '+15125559999' };
    expect(decide([stop], []).log.map((line) => [line.lease, line.what])).toEqual([
      ['L-1', '+15125550123 opted out by twilio: STOP'],
    ]);
    expect(decide([stranger], []).log.map((line) => line.lease)).toEqual([undefined]);
  });
});

describe('a document', () => {
  const sent = leg('email', {
    key: key('offer:docusign:lease:L-1:1'),
    channel: 'docusign',
    kind: 'lease',
    to: MAIL,
    vendorRef: 'env-1',
    delivery: { state: 'sent', at: at(0), detail: '' },
  });
  const fact = (state: string, more: Partial<DeliveryFact> = {}): DeliveryFact => ({
    platform: 'docusign',
    ref: 'env-1',
    state,
    at: at(3),
    detail: '',
    ...more,
  });

  it.each([
    ['opened', [], []],
    ['signed', ['2026-12-09'], []],
    ['declined', [undefined], ['A document was declined: talk to the resident']],
    ['expired', [undefined], ['A document was not signed in time']],
    ['voided', [undefined], []],
  ])('%s', (state, signed, titles) => {
    const { ended, tasks, intents, contacts } = decide([fact(state)], [sent]);
    expect(ended.map((end) => end.signedOn)).toEqual(signed);
    expect(tasks.map((task) => task.title)).toEqual(titles);
    expect([...intents, ...contacts]).toEqual([]);
  });

  it('is signed on the day that it says itself', () => {
    const [end] = decide([fact('signed', { signedOn: '2026-12-08' as Day })], [sent]).ended;
    expect(end?.signedOn).toBe('2026-12-08');
  });

  it('that has ended tells it once, and ends its own link alone', () => {
    const first = decide([fact('signed')], [sent]);
    expect(decide([fact('signed')], first.outbox).ended).toEqual([]);
    const link = (row: number, externalId: string, kind = 'document') =>
      ({ row, lease: LEASE.id, platform: 'docusign', kind, externalId }) as RunBook['links'][number];
    const links = [link(2, 'env-1'), link(3, 'env-2'), link(4, 'env-1', 'customer')];
    expect(first.ended.flatMap((end) => documentLinks({ ...bookWith(), links }, end)).map((each) => each.row)).toEqual([
      2,
    ]);
  });

  it('says nothing of an address, whatever became of it', () => {
    const row = leg('email', { key: key('receipt:sap-concur:1'), channel: 'sap-concur', kind: 'receipt', to: 'L-1' });
    const came = decide([{ platform: 'sap-concur', ref: 'email-1', state: 'blocked', at: at(1), detail: '' }], [row]);
    expect(came.contacts).toEqual([]);
    expect(came.tasks).toEqual([]);
    expect(came.outbox).toHaveLength(1);
  });
});
