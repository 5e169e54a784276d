/** docs/messages.md: its tables are what the sources do, and a message's line in the Log bears the digest that the page speaks of. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInGroup } from '../../src/api/desk/log-kinds';
import { connectors } from '../../src/connectors';
import type { DeliveryState } from '../../src/connectors/messages';
import { wishOf } from '../../src/connectors/twilio/words';
import type { Lease, NotifyBy, OutboxRow } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { type ContactRow, isGood } from '../../src/domain/contacts';
import { decideDeliveries } from '../../src/domain/delivered';
import type { EffectState } from '../../src/domain/effects';
import { reachOf } from '../../src/domain/reach';
import type { Run } from '../../src/domain/run-book';
import { instant, key } from '../../src/domain/values';
import { renderedOf } from '../../src/outbox/rendered';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay } from '../domain/small-world';
import { optionsOf } from '../domain/story';
import { tablesOf } from './tables';

const TEXT = readFileSync(join(__dirname, '../../docs/messages.md'), 'utf8');
const tableOf = (header: string) => tablesOf(TEXT).find(({ headers }) => headers[0] === header)?.rows ?? [];
const listOf = (cell = ''): string[] => cell.split(', ').filter((each) => each !== '');

const PHONE = '+15125550123';
const TODAY = day('2026-12-07');

/** A lease that is late, with both ways open. */
function scene(notifyBy: NotifyBy) {
  const world = newWorld();
  world.settings = { ...world.settings, textsBy: 'twilio' };
  const lease: Lease = {
    ...leaseFrom(world, 'L-104', optionsOf(['rent', '1000.00'], [])),
    notifyBy,
    phone: PHONE,
    smsConsent: 'lease, clause 12',
  };
  world.leases.push(lease);
  runDay(world, nothingTold(), TODAY);
  const run: Run = { id: 'run', by: 'test', now: instantOf(TODAY, 12, 0, world.property.zone) };
  return { book: { ...bookOf(world), contacts: [] as readonly ContactRow[] }, lease, run };
}

const sentRow = ({ lease, run }: ReturnType<typeof scene>, more: Partial<OutboxRow> = {}): OutboxRow => ({
  row: 2,
  key: key('email:late:L-104:2026-12'),
  createdAt: run.now,
  updatedAt: run.now,
  channel: 'sendgrid',
  kind: 'late',
  lease: lease.id,
  property: lease.property,
  to: lease.emails[0] ?? '',
  subject: '',
  payload: { template: 'late', language: 'en' },
  because: { rule: 'always' },
  state: 'sent',
  notBefore: run.now,
  attempts: 1,
  vendorRef: 'm-1',
  fault: '',
  urgency: 3,
  ...more,
});

describe('docs/messages.md', () => {
  it('tells the ways of each choice under Notify by, and what stands by', () => {
    const rows = tableOf('Notify by');
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      const { book, lease } = scene(row['Notify by'] as NotifyBy);
      const { ways, standby = '' } = reachOf(book, lease);
      expect([row['Notify by'], row.Ways, row['Stands by']]).toEqual([lease.notifyBy, ways.join(', '), standby]);
    }
  });

  it('has every state of the Outbox', () => {
    const states: Readonly<Record<EffectState, true>> = {
      'waiting for release': true,
      ready: true,
      sending: true,
      scheduled: true,
      sent: true,
      failed: true,
      cancelled: true,
      unsure: true,
    };
    expect(tableOf('State on the Outbox tab').map((row) => row['State on the Outbox tab'])).toEqual(
      Object.keys(states),
    );
  });

  it('has every word of Delivery, with what follows from it', () => {
    const words: Readonly<Record<DeliveryState, true>> = {
      sent: true,
      delivered: true,
      failed: true,
      bounced: true,
      blocked: true,
      complained: true,
      'opted out': true,
      'opted in': true,
      unknown: true,
      opened: true,
      signed: true,
      declined: true,
      voided: true,
      expired: true,
    };
    const rows = tableOf('Delivery');
    expect(rows.map((row) => row.Delivery)).toEqual(Object.keys(words));
    for (const row of rows) {
      const state = row.Delivery ?? '';
      const isDocument = row['What it means']?.startsWith('Of a document') ?? false;
      const at = scene('email, else sms');
      const sent = isDocument
        ? sentRow(at, { key: key('offer:docusign:lease:1'), channel: 'docusign', kind: 'lease', vendorRef: 'm-1' })
        : sentRow(at, { payload: { template: 'late', language: 'en', standby: 'sms' } });
      const address = isDocument ? {} : { address: sent.to };
      const fact = { platform: sent.channel, ref: 'm-1', state, at: at.run.now, detail: '', ...address };
      const before = { ...at.book, outbox: [sent] };
      const shut = {
        row: 2,
        address: sent.to,
        kind: 'email',
        state: 'opted out',
        since: instant(0),
        by: '',
        detail: '',
      };
      const known = state === 'opted in' ? [shut as ContactRow] : [];
      const came = decideDeliveries({ ...before, contacts: known }, at.run, [fact]);
      const follows = row['What follows'] ?? '';
      const [contact] = came.contacts;
      expect([state, !isGood(contact)]).toEqual([state, follows.includes('is shut')]);
      expect([state, contact !== undefined && isGood(contact)]).toEqual([state, follows.includes('is open')]);
      expect([state, came.intents.length > 0]).toEqual([state, follows.includes('stand-by or task')]);
      if (isDocument) expect([state, came.tasks.length > 0]).toEqual([state, follows === 'task']);
    }
  });

  it('tells of each effect of messages, documents, mirrors and flows how it stays once', () => {
    const rows = tableOf('Platform');
    for (const row of rows) {
      const effect = connectors.find(({ id }) => id === row.Platform)?.effects?.[row.Effect ?? ''];
      const held = effect?.schedule === undefined ? 'no' : 'yes';
      const once = `${effect?.once ?? 'ask'}${effect?.onceFor === undefined ? '' : ', or ask'}`;
      const most = String(effect?.batch?.most ?? 1);
      expect([row.Platform, row.Effect === '' || effect !== undefined]).toEqual([row.Platform, true]);
      expect([row.Effect, row['Once by'], row['Held for later'], row['In one go']]).toEqual([
        row.Effect,
        once,
        held,
        most,
      ]);
    }
    const told = new Set(rows.map((row) => `${row.Platform} ${row.Effect}`));
    const groups = ['Messages', 'Documents', 'Sheets and flows'];
    // What the owner asks for on a card, and a line of Slack's that no rule wants, are not in the table.
    const others = ['notice', 'test', 'install', 'headers'];
    const effects = connectors
      .filter(({ group }) => groups.includes(group))
      .flatMap(({ id, effects: all = {} }) => Object.keys(all).map((name) => [id, name] as const));
    expect(effects.filter(([id, name]) => !others.includes(name) && !told.has(`${id} ${name}`))).toEqual([]);
  });

  it('names kinds of the Log that its filter finds under messages', () => {
    const kinds = tableOf('Kind in the Log').flatMap((row) => listOf(row['Kind in the Log']));
    expect(kinds.length).toBeGreaterThan(8);
    expect(kinds.filter((kind) => !isInGroup('messages', kind))).toEqual([]);
  });

  it('says truly what the digest in the Log is taken of', () => {
    const at = scene('both');
    const context = { book: at.book, run: at.run, outbox: [], goodFor: () => undefined };
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const mail = renderedOf(context, sentRow(at));
    const text = renderedOf(context, sentRow(at, { key: key('sms:late:L-104:2026-12'), channel: 'twilio', to: PHONE }));
    if ('reason' in mail || 'reason' in text || mail.message.kind !== 'mail') throw new Error('nothing was made');
    const { subject, text: plain, html } = mail.message;
    expect(mail.stamp).toMatch(/^template late\/en [0-9a-f]{8}, content [0-9a-f]{64}$/);
    expect(mail.stamp.slice(-64)).toBe(sha256(`${subject}\n${plain}\n${html}`));
    expect(text.stamp.slice(-64)).toBe(sha256(text.message.text));
    expect(text.stamp.slice(0, 25)).toBe(mail.stamp.slice(0, 25));
  });

  it.each([
    ['STOP', 'opted out'],
    ['stop texting me', 'opted out'],
    ['START', 'opted in'],
  ])('says what %s does', (words, means) => {
    expect(TEXT).toContain(words);
    expect(wishOf(words)).toBe(means);
  });
});
