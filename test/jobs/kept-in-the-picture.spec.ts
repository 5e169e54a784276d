/** What others are told of the ledger: threads in Slack, a mirror in a spreadsheet, events to a workflow; each state once, the newest last. */
import * as sheets from '../../local/vendors/google-sheets/people';
import { archiveSlackChannel } from '../../local/vendors/people';
import { ALERTS_CHANNEL, type SlackState } from '../../local/vendors/slack/state';
import { ELM, leapTo, leaseOf, MINUTE, slackTexts, smallWorld, standAt, tabOf, twisted, type World } from '../worlds';
import {
  azureState,
  connectTo,
  type Effect,
  effect,
  effects,
  MIRROR_TAB,
  mirrorFile,
  mornings,
  OAK,
  oakLease,
  paysByCheque,
  poll,
  sheetsState,
} from './carriers-world';

const line = twisted();

/** Elm House has a channel of the app, Oak House the webhook; both are late with December, and nobody is told of it yet. */
const late = (() => {
  const world = smallWorld({
    on: '2026-11-25',
    properties: [
      { ...ELM, 'Slack channel': ALERTS_CHANNEL },
      { ...OAK, 'Mail by': '' },
    ],
    leases: [leaseOf('L-1'), leaseOf('L-2'), oakLease('O-1')],
    vendors: line.vendors,
  });
  connectTo(world, 'slack', 'google-sheets', 'azure-logic-apps');
  mornings(world, '2026-11-30', '2026-12-01');
  return world;
})();

/** The morning on which December is late, with whatever is in the way of the platforms. */
function becomesLate(world: World): World {
  mornings(world, '2026-12-07');
  return world;
}
const told = becomesLate(late.clone());

const slack = (world: World) => world.vendorState<SlackState>('slack');
const posts = (world: World, via: 'api' | 'webhook') => slack(world).messages.filter((each) => each.via === via);
const threads = (world: World) =>
  posts(world, 'api').filter(({ text, threadTs }) => threadTs === null && /late/.test(text));
const repliesIn = (world: World, ts: string | undefined) =>
  posts(world, 'api').filter(({ threadTs }) => threadTs === ts);
const rowsOf = (world: World, kind: string, lease: string): readonly Effect[] =>
  effects(world).filter((row) => row.channel === 'slack' && row.kind === kind && row.lease === lease);
/** The message of a lease, by what its effect has returned: channel and time. */
const rootOf = (world: World, lease: string) => {
  const ts = String(rowsOf(world, 'thread', lease).at(-1)?.reference).split(' ')[1];
  return slack(world).messages.find((each) => each.ts === ts);
};
const lookAgain = (world: World, ...minutes: readonly number[]) => {
  const from = world.now;
  for (const each of minutes) leapTo(world, from + each * MINUTE);
  return world;
};
/** A vendor that answers nothing but 503 to requests of a kind. */
const downFor = (pattern: RegExp): void => {
  line.twist = ({ url }, reply) => (pattern.test(url) ? { ...reply, status: 503, body: '' } : reply);
};
afterEach(() => delete line.twist);

describe('Slack’s app and its webhook', () => {
  it('stand side by side: the house with a channel has a thread for each lease, the other a line by the webhook', () => {
    expect(threads(told).map(({ text, channel }) => [text.slice(0, 12), channel])).toEqual([
      ['Elm House 1:', ALERTS_CHANNEL],
      ['Elm House 2:', ALERTS_CHANNEL],
    ]);
    expect(
      posts(told, 'webhook')
        .map(({ text }) => text)
        .filter((text) => text.includes('days late')),
    ).toEqual([expect.stringMatching(/^Oak House, 2026-12-07: 1 late\n/)]);
    expect(posts(told, 'webhook').some(({ text }) => text.startsWith('Elm House'))).toBe(false);
    expect(posts(told, 'api').some(({ text }) => text.startsWith('Oak House'))).toBe(false);
    expect(slackTexts(told).join('\n')).not.toMatch(/Resident|@example/);
  });

  it('tell of a payment in the thread of its lease, and keep the message itself true', () => {
    const world = told.clone();
    paysByCheque(world, 'L-1', '1050.00');
    lookAgain(world, 12);
    expect(repliesIn(world, rootOf(world, 'L-1')?.ts).map(({ text }) => text)).toEqual([
      'Elm House 1: 1050.00 USD received, balance 0.00 USD.',
      'Elm House 1: paid. Nothing that fell due is unpaid.',
    ]);
    expect(rootOf(world, 'L-1')?.text).toMatch(/paid/);
    expect(rootOf(world, 'L-2')?.text).toBe(rootOf(told, 'L-2')?.text);
  });
});

describe('what belongs to a message that has not left', () => {
  it('waits for it, and leaves right after it', () => {
    const world = late.clone();
    world.faults.atVendor({ vendor: 'slack', what: 'server-error', when: 'always' });
    becomesLate(world);
    expect(rowsOf(world, 'thread', 'L-1').map((row) => row.state)).toEqual(['ready']);
    paysByCheque(world, 'L-1', '500.00');
    lookAgain(world, 1);
    expect(rowsOf(world, 'reply', 'L-1').map((row) => row.state)).toEqual(['ready']);
    expect(threads(world)).toEqual([]);
    world.faults.clear();
    poll(standAt(world, world.now + 35 * MINUTE));
    for (const kind of ['thread', 'reply', 'update'])
      expect([kind, rowsOf(world, kind, 'L-1').map((row) => row.state)]).toEqual([kind, ['sent']]);
    expect(repliesIn(world, rootOf(world, 'L-1')?.ts)).toHaveLength(1);
  });

  it('is dropped when that can never leave', () => {
    const world = late.clone();
    world.faults.atVendor({ vendor: 'slack', what: 'server-error', when: 'always' });
    becomesLate(world);
    paysByCheque(world, 'L-1', '500.00');
    lookAgain(world, 1);
    world.faults.clear();
    archiveSlackChannel(slack(world), ALERTS_CHANNEL);
    lookAgain(world, 35, 70);
    expect(rowsOf(world, 'thread', 'L-1').map((row) => row.state)).toEqual(['failed']);
    for (const kind of ['reply', 'update'])
      expect(rowsOf(world, kind, 'L-1')).toEqual([
        expect.objectContaining({ state: 'cancelled', fault: 'What it belongs to was not sent.' }),
      ]);
  });
});

const standingsOf = (world: World) => effects(world).filter((row) => row.kind === 'standing' && row.lease === 'L-1');

describe('several states that wait', () => {
  it('come to one change of a thread’s message, and each reply is told', () => {
    const world = told.clone();
    downFor(/slack\.com\/api\/chat/);
    for (const amount of ['100.00', '200.00', '300.00']) {
      paysByCheque(world, 'L-1', amount);
      lookAgain(world, 12);
    }
    delete line.twist;
    lookAgain(world, 12, 24, 40, 60);
    expect(rowsOf(world, 'reply', 'L-1').map((row) => row.state)).toEqual(['sent', 'sent', 'sent']);
    expect(rowsOf(world, 'update', 'L-1').map((row) => row.state)).toEqual(['cancelled', 'cancelled', 'sent']);
    expect(rootOf(world, 'L-1')?.text).toContain('300.00 USD received, balance 450.00 USD');
  });

  it('are never told backwards: one that was refused is dropped once a newer one has left', () => {
    const world = told.clone();
    line.twist = ({ url, method }, reply) =>
      method === 'POST' && /sheets\.googleapis/.test(url)
        ? { ...reply, status: 429, headers: { ...reply.headers, 'retry-after': '1800' }, body: '' }
        : reply;
    // The vendor has not heard of it: what it answers is all there is.
    const before = JSON.stringify(sheetsState(world).files);
    paysByCheque(world, 'L-1', '100.00');
    lookAgain(world, 12);
    expect(standingsOf(world).at(-1)).toMatchObject({ state: 'ready', attempts: 1 });
    world.state.vendors['google-sheets'] = { ...sheetsState(world), files: JSON.parse(before) };
    delete line.twist;
    paysByCheque(world, 'L-1', '200.00');
    lookAgain(world, 12, 45, 90);
    const standings = standingsOf(world).slice(-2);
    expect(standings.map((row) => row.state)).toEqual(['cancelled', 'sent']);
    expect(standings[0]?.fault).toMatch(/^A newer state of it follows\./);
    expect(mirrored(world, 'L-1').Balance).toBe('750');
  });
});

const mirrored = (world: World, lease: string): Readonly<Record<string, string>> =>
  sheets.records(sheetsState(world), mirrorFile(world), MIRROR_TAB).find((row) => row.Lease === lease) ?? {};

describe('a mirror in a spreadsheet', () => {
  it('holds every lease as the ledger has it', () => {
    expect(
      ['L-1', 'L-2', 'O-1'].map((lease) => [mirrored(told, lease).Balance, mirrored(told, lease).Standing]),
    ).toEqual([
      ['1050', 'late'],
      ['1050', 'late'],
      ['1050', 'late'],
    ]);
  });

  it('stays in step after people have sorted it, moved its columns and written into it', () => {
    const world = told.clone();
    const file = mirrorFile(world);
    const state = sheetsState(world);
    const at = sheets.records(state, file, MIRROR_TAB).findIndex((row) => row.Lease === 'L-2');
    sheets.typeRow(state, file, { tab: MIRROR_TAB, row: at + 2, column: 4, cells: ['called twice'] }, world.now);
    sheets.sortRows(state, file, { tab: MIRROR_TAB, header: 'Lease', descending: true }, world.now);
    sheets.insertColumn(state, file, { tab: MIRROR_TAB, before: 'Balance', header: 'Called' }, world.now);
    paysByCheque(world, 'L-2', '1050.00');
    lookAgain(world, 12);
    expect(mirrored(world, 'L-2')).toMatchObject({
      Balance: '0',
      Standing: 'paid',
      Remark: 'called twice',
      Called: '',
    });
    expect(mirrored(world, 'L-1')).toMatchObject({ Balance: '1050', Standing: 'late', Remark: '' });
    expect(sheets.records(sheetsState(world), file, MIRROR_TAB).filter((row) => row.Lease === 'L-2')).toHaveLength(1);
  });
});

describe('events to a workflow', () => {
  interface Body {
    readonly id: string;
    readonly type: string;
    readonly lease: string;
  }
  const heard = (world: World): readonly Body[] =>
    azureState(world)
      .workflows.flatMap(({ runs }) => runs)
      .filter(({ trigger }) => trigger === 'manual')
      .map(({ triggerOutputs }) => triggerOutputs.body as Body);
  const wanted = (world: World) => effects(world).filter((row) => row.kind === 'event');

  it('come once each', () => {
    const world = told.clone();
    paysByCheque(world, 'L-1', '1050.00');
    lookAgain(world, 12);
    const types = heard(world)
      .filter(({ lease }) => lease === 'L-1')
      .map(({ type }) => type);
    expect(types).toEqual(['lease.late', 'payment.received', 'lease.resolved']);
    expect(new Set(heard(world).map(({ id }) => id)).size).toBe(heard(world).length);
    expect(wanted(world).map((row) => row.state)).toEqual(heard(world).map(() => 'sent'));
  });

  it('come once each although the answers were lost', () => {
    const world = told.clone();
    downFor(/logic\.azure\.com/);
    paysByCheque(world, 'L-1', '1050.00');
    lookAgain(world, 1);
    expect(heard(world).length).toBe(heard(told).length + 2);
    delete line.twist;
    lookAgain(world, 12, 24);
    expect(heard(world).length).toBe(heard(told).length + 2);
    expect(wanted(world).map((row) => row.state)).toEqual(heard(world).map(() => 'sent'));
  });

  it('are told in the Outbox how their runs ended', () => {
    const world = lookAgain(told.clone(), 70, 140);
    const rows = tabOf(world, 'Outbox').filter((row) => row.Kind === 'event');
    expect(rows.map((row) => row.Delivery?.split(' ')[0])).toEqual(rows.map(() => 'delivered'));
    expect(effect(world, rows[0]?.Key ?? '')).toMatchObject({ state: 'sent' });
  });
});
