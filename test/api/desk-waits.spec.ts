/** A notice waits for a person only while letting it go would do something, in every place that tells what waits. */
import type { LeaseView } from '../../src/api/desk/lease';
import type { Act } from '../../src/api/desk/override';
import type { Today } from '../../src/api/desk/today';
import { runNow } from '../../src/run/app';
import { exceptionsOf } from '../../src/sheet/dashboard/exceptions';
import { loadBook } from '../../src/sheet/load';
import { paysByCheque } from '../jobs/carriers-world';
import { appAt } from '../sheet/dashboard-world';
import { askApi, bookOf, intentOf, liveDays, loadStripe, typeInto, type World } from '../worlds';
import { applied, call, lateHouse } from './desk-acts-world';
import { answers } from './resident/plan-page';
import { posted } from './resident/requests-world';

const NOTICE = 'email:final-notice:L-1:2026-11';
const DEMANDED = ['deposit:L-1', 'rent:L-1:2026-11', 'fee:rent:L-1:2026-11'];

/** November 21: the final notice of L-1 waits. */
const noticed = lateHouse();
for (const day of ['2026-11-13', '2026-11-20']) liveDays(noticed, day, day);

const noticeRow = (world: World) => bookOf(world).outbox.find((row) => row.key === NOTICE);

/** Where a person is told that it waits: all five say it, or none does. */
function shownAt(world: World): readonly string[] {
  const today = call<Today>(world, 'today', {});
  const { notices } = call<LeaseView>(world, 'lease', { lease: 'L-1' });
  const app = appAt(world);
  const { book, connections } = loadBook(app.host);
  const row = book.outbox?.find(({ key }) => key === NOTICE)?.row;
  const listed = exceptionsOf(book, runNow(app), connections).some((each) => each.tab === 'Outbox' && each.row === row);
  return [
    ...(today.needs.some(({ key }) => key === NOTICE) ? ['Needs you'] : []),
    ...(today.sending.some(({ key }) => key === NOTICE) ? ['leaves today'] : []),
    ...(notices.sent.some(({ key }) => key === NOTICE) ? ['the lease'] : []),
    ...(listed ? ['Dashboard'] : []),
  ];
}

const EVERYWHERE = ['Needs you', 'leaves today', 'the lease', 'Dashboard'];

/** What the card beside the spreadsheet counts, of all leases. */
const decisionsOnCard = (world: World): number =>
  Number(/(\d+) messages? to decide on/.exec(JSON.stringify(world.card().value))?.[1] ?? 0);

/** Both ways of letting it go; what each was told, and that the books are as they were. */
function refusals(given: World): readonly unknown[] {
  const act: Act = { kind: 'release', lease: 'L-1', effect: NOTICE, reason: 'reviewed with counsel' };
  return [
    (world: World) => applied(world, 'request-1', act, { before: { version: '' } }),
    (world: World) => call(world, 'effect', { request: 'request-1', effect: NOTICE, as: 'release' }),
    (world: World) => askApi(world, 'release', [{ effect: NOTICE }]),
  ].map((letGo) => {
    const world = given.clone();
    const said = letGo(world);
    expect(noticeRow(world)?.state).toBe('waiting for release');
    expect(bookOf(world).entries.filter((entry) => entry.kind === 'release')).toEqual([]);
    return said;
  });
}

const refusedBy = (why: string) => {
  const each = { refused: `${why} Letting it go would do nothing.` };
  return [each, each, each];
};

const PLAN: Act = {
  kind: 'plan propose',
  lease: 'L-1',
  reason: 'agreed by phone',
  charges: DEMANDED,
  instalments: [{ due: '2026-12-20', amount: '1550.00' }],
  feesPaused: true,
  graceDays: 3,
  missedAllowed: 0,
  agreed: 'on the page',
  note: '',
};

it('is shown in all places while its debt stands, and is let go once', () => {
  const world = noticed.clone();
  expect(shownAt(world)).toEqual(EVERYWHERE);
  expect(decisionsOnCard(world)).toBe(3);
  expect(askApi(world, 'release', [{ effect: NOTICE }])).toMatchObject({ done: true });
  expect(noticeRow(world)?.state).toBe('ready');
});

describe('what nobody has to decide any more is shown nowhere, and is not let go', () => {
  const ways: readonly (readonly [string, string, (world: World) => unknown])[] = [
    ['it was paid', 'It was paid in the meantime.', (world) => paysByCheque(world, 'L-1', '1550.00')],
    [
      'all of it was given up',
      'It was paid in the meantime.',
      (world) => applied(world, 'credit-1', { kind: 'credit', lease: 'L-1', amount: '1550', reason: 'settled' }),
    ],
    [
      'the resident disputes all of it',
      'The resident disputes it.',
      (world) => {
        for (const charge of DEMANDED)
          posted(world, 'L-1', 'dispute', { charge, text: 'I paid on the third.', file: '' });
      },
    ],
    [
      'a plan runs for it',
      'A payment plan runs for it now.',
      (world) => {
        applied(world, 'plan-1', PLAN);
        expect(answers(world, 'planAccept')).toMatchObject({ done: true });
      },
    ],
    [
      'a payment is under way',
      'A payment is under way.',
      (world) => {
        loadStripe(world, [intentOf('pi_1', 'L-1', 155_000, world.now - 60_000, { status: 'processing' })]);
        askApi(world, 'poll');
      },
    ],
    [
      'the lease is on hold',
      'The lease is on hold, on a plan or in dispute.',
      (world) => typeInto(world, 'Leases', 'L-1', 'Hold until', '2027-02-01'),
    ],
  ];

  it.each(ways)('once %s', (_name, why, happens) => {
    const world = noticed.clone();
    happens(world);
    expect(shownAt(world)).toEqual([]);
    expect(decisionsOnCard(world)).toBe(2);
    expect(refusals(world)).toEqual(refusedBy(why));
  });
});

it('is shown again, and is the only one of its kind, once the payment comes back', () => {
  const world = noticed.clone();
  paysByCheque(world, 'L-1', '1550.00');
  liveDays(world, '2026-11-22', '2026-11-24');
  expect(shownAt(world)).toEqual([]);
  const receipt = bookOf(world).receipts.find(({ lease }) => lease === 'L-1')?.key ?? '';
  applied(world, 'bounce-1', { kind: 'reverse', lease: 'L-1', receipt, because: 'returned', reason: 'no funds' });
  expect(shownAt(world)).toEqual(EVERYWHERE);
  liveDays(world, '2026-11-25', '2026-11-30');
  expect(bookOf(world).outbox.filter((row) => row.kind === 'final-notice' && row.lease === 'L-1')).toHaveLength(1);
  expect(askApi(world, 'release', [{ effect: NOTICE }])).toMatchObject({ done: true });
  expect(bookOf(world).entries.filter((entry) => entry.kind === 'release')).toHaveLength(1);
});

it('stays shown while part of its debt is open, and when the resident only promises: letting it go is the answer to that', () => {
  const world = noticed.clone();
  paysByCheque(world, 'L-1', '600.00');
  expect(posted(world, 'L-1', 'promise', { until: '2026-11-24', text: '' })).toMatchObject({ done: true });
  expect(shownAt(world)).toEqual(EVERYWHERE);
  askApi(world, 'release', [{ effect: NOTICE }]);
  call(world, 'deliver', {});
  expect(noticeRow(world)?.state).toBe('sent');
});
