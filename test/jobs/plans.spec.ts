/** Payment plans in a living house: agreed, kept or broken, signed or declined, with the mails, tasks and rows of each. */
import * as docusign from '../../local/vendors/docusign/people';
import { applied, call, lateHouse } from '../api/desk-acts-world';
import { answers, OFFER } from '../api/resident/plan-page';
import { bookOf, leapTo, liveDays, standAt, tabOf, verdictOf, type World } from '../worlds';
import { connectTo, docusignState, newYork, paysByCheque } from './carriers-world';
import { byTrigger, comesToTheSameEnd } from './crash-harness';

const PROPOSAL = {
  ...OFFER,
  instalments: [
    { due: '2026-11-20', amount: '775.00' },
    { due: '2026-11-27', amount: '775.00' },
  ],
  graceDays: 2,
  note: '',
} as const;

const late = lateHouse();
const agreed = (() => {
  const world = late.clone();
  applied(world, 'request-1', PROPOSAL);
  answers(world, 'planAccept');
  return world;
})();

const steps = (world: World) =>
  tabOf(world, 'Ledger').flatMap((row) => (row.Kind === 'plan' ? [`${row.Type?.split(':')[0]} ${row.Day}`] : []));
const mails = (world: World) =>
  tabOf(world, 'Outbox').flatMap((row) =>
    row['Lease ID'] === 'L-1' && row.State === 'sent' && row.Channel === 'gmail' ? [row.Kind] : [],
  );
const rungs = (world: World) =>
  tabOf(world, 'Ledger').flatMap((row) => (row.Kind === 'rung' && row['Lease ID'] === 'L-1' ? [row.Type] : []));
const standing = (world: World) => bookOf(world).leases.find((each) => each.id === 'L-1')?.standing;
const days = (world: World, ...each: readonly string[]) => {
  for (const day of each) liveDays(world, day, day);
};

it('who falls behind, agrees on a plan, pays once and misses once is back on the ladder where it stood', () => {
  const world = agreed.clone();
  const before = rungs(world).length;
  days(world, '2026-11-08', '2026-11-13', '2026-11-17');
  expect(standing(world)).toBe('plan');
  paysByCheque(world, 'L-1', '775.00');
  days(world, '2026-11-20', '2026-11-24', '2026-11-27', '2026-11-29');
  expect(steps(world)).toHaveLength(2);
  days(world, '2026-11-30');
  expect(steps(world).slice(2)).toEqual(['missed 2026-11-30', 'defaulted 2026-11-30']);
  // The last one is of December's rent, which goes on beside the plan.
  expect(rungs(world).slice(before)).toEqual(['before-due', 'before-due', 'due-today', 'before-due']);
  expect(mails(world).slice(-7)).toEqual([
    'plan-accepted',
    'plan-instalment',
    'receipt',
    'plan-instalment',
    'plan-instalment',
    'before-due',
    'plan-ended',
  ]);
  const tasks = tabOf(world, 'Tasks').filter((task) => task.Key?.startsWith('task:plan:'));
  expect(tasks.map((task) => [task.Task, task.State])).toEqual([
    ['Decide how to go on: the payment plan is broken', 'open'],
  ]);
  days(world, '2026-12-01');
  expect(rungs(world).slice(before + 4)).toEqual(['final-notice']);
  expect(tabOf(world, 'Ledger').filter((row) => row.Key?.startsWith('fee:rent:L-1:2026-11'))).toHaveLength(1);
  paysByCheque(world, 'L-1', '2000.00');
  days(world, '2026-12-02');
  expect(standing(world)).toBe('paid');
  expect(tabOf(world, 'Tasks').find((task) => task.Key?.startsWith('task:plan:'))?.State).toBe('closed by payment');
  expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
});

it('who keeps to it is thanked, and owes nothing', () => {
  const world = agreed.clone();
  days(world, '2026-11-08', '2026-11-18');
  paysByCheque(world, 'L-1', '775.00');
  days(world, '2026-11-21', '2026-11-25');
  paysByCheque(world, 'L-1', '775.00');
  days(world, '2026-11-26');
  expect(steps(world).slice(2)).toEqual(['finished 2026-11-26']);
  expect(mails(world).slice(-1)).toEqual(['plan-finished']);
  expect([standing(world), bookOf(world).leases.find((each) => each.id === 'L-1')?.balance]).toEqual(['paid', '0.00']);
  // Months are closed over it, and nothing of it comes back.
  days(world, '2026-12-01', '2026-12-02', '2027-01-01', '2027-01-02');
  expect(steps(world)).toHaveLength(3);
  expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
});

it('a plan that runs over the close of a month is read back from Openings and goes on', () => {
  const world = late.clone();
  const longer = { ...PROPOSAL, instalments: [{ due: '2026-12-20', amount: '1550.00' }] };
  applied(world, 'request-1', longer);
  answers(world, 'planAccept');
  days(world, '2026-11-30', '2026-12-01', '2026-12-02');
  expect(call(world, 'lease', { lease: 'L-1' })).toMatchObject({
    plan: { state: 'running', open: { cents: 155_000 } },
  });
  days(world, '2026-12-23');
  expect(steps(world).slice(2)).toEqual(['missed 2026-12-23', 'defaulted 2026-12-23']);
});

it('the run that finds an instalment missed comes to the same end wherever it is killed', () => {
  const missed = agreed.clone();
  days(missed, '2026-11-08', '2026-11-20', '2026-11-22');
  standAt(missed, newYork('2026-11-23', '07:00'));
  comesToTheSameEnd({ name: 'tick', handler: 'tick', world: () => missed.clone(), start: byTrigger('tick') });
});

describe('a plan by signature', () => {
  const out = (() => {
    const world = late.clone();
    connectTo(world, 'docusign');
    applied(world, 'request-1', { ...PROPOSAL, agreed: 'by signature', note: 'Thank you.' });
    standAt(world, newYork('2026-11-08', '09:00'));
    leapTo(world, newYork('2026-11-08', '09:20'));
    return world;
  })();
  const envelope = (world: World) => docusignState(world).envelopes.at(-1);

  it('goes out once with its instalments, and cannot be accepted on the page', () => {
    const world = out.clone();
    expect(docusignState(world).envelopes).toHaveLength(1);
    expect(JSON.stringify(envelope(world))).toContain('775.00 USD on Nov 20, 2026; 775.00 USD on Nov 27, 2026.');
    expect(answers(world, 'planAccept')).toEqual({ done: false, says: 'planSigned' });
    expect(mails(world)).not.toContain('plan-offered');
  });

  it('runs once all have signed, and its resident gets the confirmation', () => {
    const world = out.clone();
    const { envelopeId = '', recipients = [] } = envelope(world) ?? {};
    for (const { email } of recipients) docusign.signEnvelope(docusignState(world), envelopeId, email, world.now);
    for (const time of ['10:30', '11:30', '12:30']) leapTo(world, newYork('2026-11-08', time));
    expect(steps(world)).toEqual(['proposed 2026-11-07', 'accepted 2026-11-08']);
    expect(standing(world)).toBe('plan');
    expect(mails(world)).toContain('plan-accepted');
    expect(tabOf(world, 'Ledger').find((row) => row.Type === 'accepted')?.Why).toMatch(
      /^Signed at docusign, document /,
    );
  });

  it('is declined with the document', () => {
    const world = out.clone();
    const { envelopeId = '', recipients = [] } = envelope(world) ?? {};
    docusign.declineEnvelope(docusignState(world), envelopeId, recipients[0]?.email ?? '', 'Too much', world.now);
    for (const time of ['10:30', '11:30']) leapTo(world, newYork('2026-11-08', time));
    expect(steps(world)).toEqual(['proposed 2026-11-07', 'declined 2026-11-08']);
  });

  it('that a manager withdrew before it was signed does not run: they are told', () => {
    const world = out.clone();
    applied(world, 'request-2', { kind: 'plan withdraw', lease: 'L-1', reason: 'other terms' });
    const { envelopeId = '', recipients = [] } = envelope(world) ?? {};
    for (const { email } of recipients) docusign.signEnvelope(docusignState(world), envelopeId, email, world.now);
    for (const time of ['10:30', '11:30']) leapTo(world, newYork('2026-11-08', time));
    expect(steps(world)).toEqual(['proposed 2026-11-07', 'withdrawn 2026-11-08']);
    expect(tabOf(world, 'Tasks').map((task) => task.Task)).toContain(
      'A payment plan was signed that is not proposed any more',
    );
  });

  it('is refused while a document of the lease is out', () => {
    const world = out.clone();
    applied(world, 'request-2', { kind: 'plan withdraw', lease: 'L-1', reason: 'other terms' });
    const again = { act: { ...PROPOSAL, agreed: 'by signature' } };
    expect(call(world, 'preview', again)).toMatchObject({
      refused: expect.stringMatching(/out for signature already/),
    });
  });
});
