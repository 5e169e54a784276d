import type { OutboxRow, TaskRow } from '../../src/domain/book';
import { localDay } from '../../src/domain/calendar';
import { OFFER, type Picture, type PictureRow, pictureNews, pictureOf } from '../../src/domain/picture';
import type { RunBook } from '../../src/domain/run-book';
import type { LeaseStatus } from '../../src/domain/status';
import type { Listener } from '../../src/domain/telling';
import { type Instant, key } from '../../src/domain/values';
import { bookIn, type Ear, leaseIn, listening, until } from './telling-world';

const CRM: Listener = { platform: 'crm', tells: { standing: 'all leases' } };
const HOUR = 3_600_000;

const PICTURE: Picture = {
  platform: 'crm',
  title: 'The CRM',
  written: ({ standing, balanceCents }: LeaseStatus) => ({
    Status: standing,
    Balance: (balanceCents / 100).toFixed(2),
  }),
};

/** Told to be due on the first and in its grace on the second, when this is read. */
const told = (): Ear => until(listening(['L-1 rent 1000.00'], [CRM]), '2026-12-02');
const lastTold = ({ outbox }: Ear): Instant => (outbox[outbox.length - 1] as OutboxRow).updatedAt;

const rowOf = (ear: Ear, more: Partial<PictureRow> = {}): PictureRow => ({
  id: 'c-1',
  leaseId: 'L-1',
  changedAt: (lastTold(ear) + HOUR) as Instant,
  email: 'l-1@example.com',
  phone: '',
  fields: { Status: 'grace', Balance: '1000.00' },
  ...more,
});

function newsOf(ear: Ear, rows: readonly PictureRow[], more: Partial<RunBook> = {}, outbox = ear.outbox) {
  const run = { id: 'r', by: 't', now: (lastTold(ear) + 2 * HOUR) as Instant };
  return pictureNews({ ...bookIn(ear), ...more }, run, outbox, PICTURE, rows);
}

const openTask = (task: object): TaskRow => ({ ...(task as TaskRow), row: 2, state: 'open', outcome: '' });

describe('what we have written ourselves', () => {
  it('is no news when it is read back', () => {
    const ear = told();
    expect(newsOf(ear, [rowOf(ear)])).toEqual({ offers: [], tasks: [], closed: [], log: [] });
  });

  it('is no news where an index there still shows what was told before', () => {
    const ear = told();
    const [before] = ear.outbox as OutboxRow[];
    const old = { Status: 'due', Balance: '1000.00' };
    expect(newsOf(ear, [rowOf(ear, { fields: old, changedAt: before?.updatedAt as Instant })]).tasks).toEqual([]);
  });

  it.each([
    ['its answer was never written down', { state: 'sending', attempts: 1 }],
    ['its answer was lost and it waits for another try', { state: 'ready', attempts: 1 }],
    ['nobody knows whether it left', { state: 'unsure', attempts: 1 }],
    ['a newer state took its place after a first try', { state: 'cancelled', attempts: 1 }],
  ] as const)('is no news where %s', (_, how) => {
    const ear = told();
    const [first, last] = ear.outbox.slice(-2) as [OutboxRow, OutboxRow];
    const outbox = [first, { ...last, ...how }];
    expect(newsOf(ear, [rowOf(ear)], {}, outbox).tasks).toEqual([]);
    expect(newsOf(ear, [rowOf(ear)], {}, [first, { ...last, state: 'ready', attempts: 0 }]).tasks).toHaveLength(1);
  });

  it('is no news of a lease that is not ours, and none where nothing was ever told', () => {
    const ear = told();
    expect(newsOf(ear, [rowOf(ear, { leaseId: 'X-9', fields: { Status: 'gone' } })]).tasks).toEqual([]);
    expect(newsOf(ear, [rowOf(ear, { fields: { Status: 'gone' } })], {}, []).tasks).toEqual([]);
  });
});

describe('a field of ours that somebody has changed there', () => {
  const changed = (ear: Ear, status = 'current') => rowOf(ear, { fields: { Status: status, Balance: '1000.00' } });

  it('is reported with both values, in the Log as well, and nothing is changed', () => {
    const ear = told();
    const { tasks, log, offers } = newsOf(ear, [changed(ear)]);
    expect(offers).toEqual([]);
    expect(tasks).toEqual([
      expect.objectContaining({
        title: 'The CRM: L-1 has another Status there',
        detail: expect.stringContaining('Status: here grace, there current.'),
        lease: 'L-1',
        owner: ear.world.property.managerEmail,
        due: localDay(lastTold(ear), ear.world.property.zone),
      }),
    ]);
    expect(log.map((line) => [line.kind, line.key])).toEqual([['connection', tasks[0]?.key]]);
  });

  it('is reported once however often it is read, and closed when it reads as ours again', () => {
    const ear = told();
    const [first] = newsOf(ear, [changed(ear)]).tasks;
    const tasks = [openTask(first as object)];
    expect(newsOf(ear, [changed(ear)], { tasks })).toEqual({ offers: [], tasks: [], closed: [], log: [] });
    const later = newsOf(ear, [rowOf(ear)], { tasks });
    expect(later.closed).toEqual([{ key: first?.key, outcome: 'It reads there as the ledger has it.' }]);
  });

  it('is reported anew where it reads otherwise again, in place of the first report', () => {
    const ear = told();
    const [first] = newsOf(ear, [changed(ear)]).tasks;
    const news = newsOf(ear, [changed(ear, 'evicted')], { tasks: [openTask(first as object)] });
    expect(news.tasks).toHaveLength(1);
    expect(news.closed.map((each) => each.key)).toEqual([first?.key]);
  });

  it('is reported where it is typed just as our answer was written down', () => {
    const ear = told();
    const close = (lastTold(ear) - 60_000) as Instant;
    expect(newsOf(ear, [{ ...changed(ear), changedAt: close }]).tasks).toHaveLength(1);
  });

  it('names what the report is about', () => {
    const ear = told();
    const [task] = newsOf(ear, [changed(ear)]).tasks;
    expect(task && pictureOf(task)).toEqual({ platform: 'crm', lease: 'L-1' });
    expect(pictureOf({ key: key('task:drift:crm:L-1:state-differs:2026-12-02') })).toBeUndefined();
  });

  it('counts for nothing where the platform did not show it', () => {
    const ear = told();
    expect(newsOf(ear, [rowOf(ear, { fields: { Balance: '1000.00' } })]).tasks).toEqual([]);
  });
});

describe('a row that was deleted there', () => {
  it('is reported where something was told of it', () => {
    const ear = told();
    const [task] = newsOf(ear, [rowOf(ear, { gone: true })]).tasks;
    expect(task?.title).toBe('The CRM: L-1 was deleted there');
    expect(newsOf(ear, [rowOf(ear, { gone: true })], {}, []).tasks).toEqual([]);
  });
});

describe('mail and phone that somebody has changed there', () => {
  const offered = (ear: Ear, row: Partial<PictureRow>, outbox = ear.outbox) =>
    newsOf(ear, [rowOf(ear, row)], {}, outbox).offers.map(({ subject, payload }) => [subject, payload.act]);

  it('are offered as an edit here that a person decides', () => {
    const ear = told();
    const act = { lease: 'L-1', kind: 'contact', reason: 'Changed in The CRM' };
    expect(offered(ear, { email: 'Ann@New.example', phone: '+1 (512) 555-0100' })).toEqual([
      ['Mail address of L-1 is Ann@new.example in The CRM', { ...act, header: 'Email', to: 'Ann@new.example' }],
      ['Phone of L-1 is +15125550100 in The CRM', { ...act, header: 'Phone', to: '+15125550100' }],
    ]);
    const [offer] = newsOf(ear, [rowOf(ear, { phone: '+15125550100' })]).offers;
    expect(offer).toMatchObject({ channel: 'ledger', kind: 'approval', waitsForRelease: true, lease: 'L-1' });
    expect(offer?.key.startsWith(`${OFFER}crm:L-1:`)).toBe(true);
  });

  it.each([
    ['the same', { email: 'l-1@example.com' }],
    ['the same in other letters', { email: 'L-1@EXAMPLE.com ' }],
    ['empty', { email: '', phone: '' }],
    ['nothing that could be used', { email: 'call him', phone: '555 0100' }],
    ['not shown', {}],
  ])('are not offered where they are %s', (_, row) => {
    expect(offered(told(), row)).toEqual([]);
  });

  it('are not offered where it was changed here and they only have not heard yet', () => {
    const ear = told();
    ear.world.leases[0] = { ...leaseIn(ear), emails: ['new@example.com'] };
    expect(offered(ear, { email: 'l-1@example.com' })).toEqual([]);
  });

  it('are offered once, also after a person has refused', () => {
    const ear = told();
    const [offer] = newsOf(ear, [rowOf(ear, { phone: '+15125550100' })]).offers;
    const refused = { ...ear.outbox[0], ...offer, state: 'cancelled' } as OutboxRow;
    const again = newsOf(ear, [rowOf(ear, { phone: '+15125550100' })], {}, [...ear.outbox, refused]);
    expect([again.offers, again.log]).toEqual([[], []]);
    expect(newsOf(ear, [rowOf(ear, { phone: '+15125550177' })], {}, [...ear.outbox, refused]).offers).toHaveLength(1);
  });
});
