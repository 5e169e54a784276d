/** When the Outbox is looked at again: at the moment of the next effect, earlier where a platform can hold it, and not for nothing. */
import type { OutboxRow } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { nextDelivery } from '../../src/outbox/next';
import { type Loaded, loadBook } from '../../src/sheet/load';
import { nodeApp } from '../bench/node-host';
import { HOUR, importRows, MINUTE, smallWorld } from '../worlds';

const world = smallWorld({ on: '2026-12-01', settings: { 'Hand over hours': '12' } });
const NOW = world.now;
const app = nodeApp(world, 'next', NOW);
const loaded = loadBook(app.host);

/** What the owner has connected: Twilio with a messaging service, or with a number alone, which cannot hold a text. */
const SERVICE = { 'secret:twilio:TWILIO_SENDER': `MG${'c0'.repeat(16)}` };
const NUMBER = { 'secret:twilio:TWILIO_SENDER': '+14155550110' };
const twilio = (sender: Readonly<Record<string, string>>) => ({
  'secret:twilio:TWILIO_ACCOUNT_SID': `AC${'5e'.repeat(16)}`,
  'secret:twilio:TWILIO_SECRET': 'a17e57a0'.repeat(4),
  ...sender,
});

const row = (name: string, inMs: number, more: Partial<OutboxRow> = {}): OutboxRow => ({
  row: 2,
  key: key(name),
  createdAt: instant(NOW),
  updatedAt: instant(NOW),
  channel: 'slack',
  kind: 'notice',
  to: 'C1',
  subject: '',
  state: 'ready',
  notBefore: instant(NOW + inMs),
  attempts: 0,
  vendorRef: '',
  fault: '',
  because: { rule: 'always' },
  urgency: 9,
  payload: {},
  ...more,
});
const textRow = (inMs: number, more: Partial<OutboxRow> = {}) =>
  row('sms:late:L-1:2026-12', inMs, { channel: 'twilio', kind: 'late', ...more });

/** Milliseconds from now until the next look; undefined for far ahead. */
function next(outbox: readonly OutboxRow[], { stuck = [], own = {}, book = loaded }: Given = {}): number | undefined {
  nextDelivery(app, { ...book, outbox }, new Set(stuck.map(key)), own);
  const due = Number(app.host.documentStore.get('outbox-due'));
  return due === Number.MAX_SAFE_INTEGER ? undefined : due - NOW;
}
interface Given {
  readonly stuck?: readonly string[];
  readonly own?: Readonly<Record<string, string>>;
  readonly book?: Loaded;
}

it('is never where nothing waits', () => {
  const ended = ['sent', 'failed', 'cancelled', 'unsure', 'waiting for release'] as const;
  expect(next([])).toBeUndefined();
  expect(next(ended.map((state, at) => row(`slack:notice:${at}`, 0, { state })))).toBeUndefined();
});

it('is the moment of the next effect', () => {
  expect(next([row('slack:notice:a', 3 * HOUR), row('slack:notice:b', HOUR)])).toBe(HOUR);
});

it('is half an hour away for what could not leave just now', () => {
  expect(next([row('slack:notice:a', -HOUR)], { stuck: ['slack:notice:a'] })).toBe(30 * MINUTE);
  expect(next([row('slack:notice:a', 3 * HOUR)], { stuck: ['slack:notice:a'] })).toBe(3 * HOUR);
});

describe('for a message that waits for its hour', () => {
  it('is so many hours earlier where its platform can hold it', () => {
    expect(next([textRow(20 * HOUR)], { own: twilio(SERVICE) })).toBe(8 * HOUR);
    expect(next([textRow(3 * HOUR)], { own: twilio(SERVICE) })).toBe(-9 * HOUR);
  });

  it.each<[string, OutboxRow, Given]>([
    ['its account cannot hold it', textRow(3 * HOUR), { own: twilio(NUMBER) }],
    ['its platform is not connected', textRow(3 * HOUR), {}],
    ['its platform holds nothing', row('email:late:L-1:2026-12', 3 * HOUR, { channel: 'mailgun' }), {}],
    ['Gmail carries it', row('email:late:L-1:2026-12', 3 * HOUR, { channel: 'gmail' }), {}],
    [
      'it was tried before, and is to be tried again then',
      textRow(3 * HOUR, { attempts: 1 }),
      { own: twilio(SERVICE) },
    ],
    ['it is no message', row('slack:notice:a', 3 * HOUR), { own: twilio(SERVICE) }],
  ])('is that hour where %s', (_, waiting, given) => expect(next([waiting], given)).toBe(3 * HOUR));

  it('is now where its platform may hold it already, and nobody knows', () => {
    const lost = textRow(3 * HOUR, { attempts: 3, payload: { ahead: true } });
    expect(next([lost], { own: twilio(SERVICE) })).toBe(-NOW);
  });

  it('is that hour where Settings hand nothing over', () => {
    importRows(world, 'Settings', [{ Setting: 'Hand over hours', Value: '0' }]);
    const book = loadBook(app.host);
    expect(next([textRow(3 * HOUR)], { own: twilio(SERVICE), book })).toBe(3 * HOUR);
  });
});

it('is the next poll while a platform holds something, and its moment when that is nearer', () => {
  expect(next([textRow(3 * HOUR, { state: 'scheduled' })])).toBe(9 * MINUTE);
  expect(next([textRow(4 * MINUTE, { state: 'scheduled' })])).toBe(4 * MINUTE);
});
