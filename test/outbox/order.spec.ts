/** What in the Outbox builds on what: which of several states is told, and what a reply waits for. */
import fc from 'fast-check';
import type { EffectState, OutboxRow } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { after as belongsTo, superseded } from '../../src/outbox/order';

const row = (name: string, more: Partial<OutboxRow> = {}): OutboxRow => ({
  row: 2,
  key: key(name),
  createdAt: instant(1000),
  updatedAt: instant(1000),
  channel: 'google-sheets',
  kind: 'standing',
  to: 'L-1',
  subject: '',
  state: 'ready',
  notBefore: instant(0),
  attempts: 0,
  vendorRef: '',
  fault: '',
  because: { rule: 'always' },
  urgency: 9,
  payload: {},
  ...more,
});

const standing = (digest: string, at: number, more: Partial<OutboxRow> = {}): OutboxRow =>
  row(`standing:google-sheets:L-1:${digest}`, { createdAt: instant(at), row: at, ...more });
const update = (event: string, at: number, more: Partial<OutboxRow> = {}): OutboxRow =>
  row(`slack:update:${event}`, {
    channel: 'slack',
    kind: 'update',
    createdAt: instant(at),
    row: at,
    payload: { after: 'slack:thread:L-1:rent' },
    ...more,
  });

const old = (...rows: readonly OutboxRow[]) => [...superseded(rows)].sort();

describe('of several states of one thing', () => {
  it('only the newest is told, wherever people have sorted it', () => {
    const rows = [standing('a', 5), standing('b', 9), standing('c', 7)];
    const wanted = ['standing:google-sheets:L-1:a', 'standing:google-sheets:L-1:c'];
    expect(old(...rows)).toEqual(wanted);
    expect(old(...[...rows].reverse())).toEqual(wanted);
  });

  it('those of one moment are told apart by their rows', () => {
    const twins = [
      standing('a', 5, { createdAt: instant(1), row: 8 }),
      standing('b', 5, { createdAt: instant(1), row: 9 }),
    ];
    expect(old(...twins)).toEqual(['standing:google-sheets:L-1:a']);
  });

  it.each<[EffectState, boolean]>([
    ['ready', true],
    ['sending', true],
    ['sent', true],
    ['unsure', true],
    ['waiting for release', true],
    ['failed', false],
    ['cancelled', false],
  ])('an older one that waits behind one that is %s is told no more: %s', (state, isOld) => {
    expect(old(standing('a', 5), standing('b', 9, { state })).length).toBe(isOld ? 1 : 0);
  });

  it('one that has left is nobody’s business any more', () => {
    expect(old(standing('a', 5, { state: 'sent' }), standing('b', 9))).toEqual([]);
  });

  it('other leases, other platforms and other threads are other things', () => {
    expect(
      old(
        standing('a', 5),
        row('standing:google-sheets:L-2:b', { createdAt: instant(9) }),
        row('standing:hubspot:L-1:c', { createdAt: instant(9) }),
        update('one', 5),
        update('two', 9, { payload: { after: 'slack:thread:L-2:rent' } }),
        row('email:late:L-1:2026-12', { createdAt: instant(5), kind: 'late' }),
        row('email:late:L-1:2027-01', { createdAt: instant(9), kind: 'late' }),
      ),
    ).toEqual([]);
  });

  it('an invoice and a thread’s message are things with states as well', () => {
    expect(old(update('one', 5), update('two', 9))).toEqual(['slack:update:one']);
    const invoice = (serial: string, at: number) => row(`books:xero:R-1:${serial}`, { createdAt: instant(at) });
    expect(old(invoice('a', 5), invoice('b', 9))).toEqual(['books:xero:R-1:a']);
  });

  it('leave one in the end, in whatever order they are looked at', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, (moments) => {
        const rows = moments.map((at) => standing(String(at), at));
        const left = rows.filter((each) => !superseded(rows).has(each.key));
        expect(left.map((each) => each.createdAt)).toEqual([Math.max(...moments)]);
      }),
    );
  });
});

describe('what belongs to another effect', () => {
  const reply = row('slack:reply:e', { payload: { after: 'slack:thread:L-1:rent' } });
  const thread = (state: EffectState) => row('slack:thread:L-1:rent', { state, vendorRef: 'C1 17.5' });

  it.each<[EffectState, ReturnType<typeof belongsTo>]>([
    ['ready', 'waits'],
    ['sending', 'waits'],
    ['unsure', 'waits'],
    ['waiting for release', 'waits'],
    ['sent', { ref: 'C1 17.5' }],
    ['scheduled', { ref: 'C1 17.5' }],
    ['failed', 'gone'],
    ['cancelled', 'gone'],
  ])('when that is %s', (state, wanted) => expect(belongsTo([thread(state), reply], reply)).toEqual(wanted));

  it('is gone with one that is not there, and belongs to nothing where it names nothing', () => {
    expect(belongsTo([reply], reply)).toBe('gone');
    expect(belongsTo([], row('slack:notice:e'))).toBe('none');
  });
});
