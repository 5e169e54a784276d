/** Payment plans in a living house: agreed, kept or broken, signed or declined, with the mails, tasks and rows of each. */
import * as docusign from '../../local/vendors/docusign/people';
import { applied, call, lateHouse, undone } from '../api/desk-acts-world';
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
/** What the manager was mailed of plans. */
const news = (world: World) =>
  tabOf(world, 'Outbox').flatMap((row) => (row.Kind === 'plan-news' ? [[row.Subject, row.State]] : []));
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
  expect(news(world)).toEqual([
    ['Elm House 1, Resident L-1: payment plan agreed', 'sent'],
    ['Elm House 1, Resident L-1: payment plan broken', 'sent'],
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

  const signed = (() => {
    const world = out.clone();
    const { envelopeId = '', recipients = [] } = envelope(world) ?? {};
    for (const { email } of recipients) docusign.signEnvelope(docusignState(world), envelopeId, email, world.now);
    return world;
  })();

  it('is told to its manager by one mail once all have signed, and by one once it was declined or voided', () => {
    const world = signed.clone();
    for (const time of ['10:30', '11:30', '12:30']) leapTo(world, newYork('2026-11-08', time));
    expect(news(world)).toEqual([['Elm House 1, Resident L-1: payment plan agreed', 'sent']]);
    const other = out.clone();
    docusign.voidByHand(docusignState(other), envelope(other)?.envelopeId ?? '', 'Wrong amount', other.now);
    for (const time of ['10:30', '11:30']) leapTo(other, newYork('2026-11-08', time));
    expect(news(other)).toEqual([['Elm House 1, Resident L-1: payment plan not signed', 'sent']]);
  });

  it('and the run that reads that it is signed comes to the same end wherever it is killed', () => {
    const world = signed.clone();
    standAt(world, newYork('2026-11-08', '10:30'));
    comesToTheSameEnd({ name: 'poll', handler: 'poll', world: () => world.clone(), start: byTrigger('poll') });
  });

  const withdraws = (world: World) =>
    applied(world, 'request-2', { kind: 'plan withdraw', lease: 'L-1', reason: 'she lost her job' });
  const voids = (world: World) =>
    tabOf(world, 'Outbox').flatMap((row) => (row.Kind === 'void' ? [`${row.State} ${row.Fault}`.trim()] : []));

  it('that a manager withdraws is voided at DocuSign, with a reason that says nothing of theirs', () => {
    const world = out.clone();
    withdraws(world);
    for (const time of ['10:30', '11:30']) leapTo(world, newYork('2026-11-08', time));
    expect(envelope(world)).toMatchObject({ status: 'voided', voidedReason: 'The payment plan was withdrawn.' });
    expect(voids(world)).toEqual(['sent']);
    expect(steps(world)).toEqual(['proposed 2026-11-07', 'withdrawn 2026-11-08']);
    expect(tabOf(world, 'Links').filter((row) => row.Kind === 'document')).toEqual([]);
    // Nobody is told that a plan was declined which its manager has withdrawn.
    expect([news(world), tabOf(world, 'Tasks').filter((task) => task.Task?.includes('plan'))]).toEqual([[], []]);
    expect(call(world, 'preview', { act: { ...PROPOSAL, agreed: 'by signature' } })).not.toHaveProperty('refused');
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('that is declined on the page or undone is voided as well, and one that was withdrawn is not taken up again', () => {
    const declined = out.clone();
    answers(declined, 'planDecline');
    leapTo(declined, newYork('2026-11-08', '10:30'));
    expect(envelope(declined)).toMatchObject({ status: 'voided', voidedReason: 'The payment plan was declined.' });
    const back = out.clone();
    expect(undone(back, 'request-2', 'click-request-1')).toMatchObject({ done: true });
    leapTo(back, newYork('2026-11-08', '10:30'));
    expect(envelope(back)).toMatchObject({ status: 'voided' });
    const closed = out.clone();
    withdraws(closed);
    expect(call(closed, 'previewUndo', { what: 'click-request-2' })).toEqual({
      refused: 'Its document does not go out again: propose the plan anew.',
    });
  });

  it('that is withdrawn before its document has left sends none, and voids none', () => {
    const world = late.clone();
    connectTo(world, 'docusign');
    applied(world, 'request-1', { ...PROPOSAL, agreed: 'by signature' });
    withdraws(world);
    for (const time of ['09:00', '09:20']) leapTo(world, newYork('2026-11-08', time));
    expect([docusignState(world).envelopes, voids(world)]).toEqual([[], []]);
  });

  it('that a manager withdrew just before it was signed does not run: the void is refused, and they are told', () => {
    const world = out.clone();
    withdraws(world);
    const { envelopeId = '', recipients = [] } = envelope(world) ?? {};
    for (const { email } of recipients) docusign.signEnvelope(docusignState(world), envelopeId, email, world.now);
    for (const time of ['10:30', '11:30']) leapTo(world, newYork('2026-11-08', time));
    expect(steps(world)).toEqual(['proposed 2026-11-07', 'withdrawn 2026-11-08']);
    expect(voids(world)).toEqual([expect.stringMatching(/^failed .*completed at DocuSign, so it cannot be voided/)]);
    expect(tabOf(world, 'Tasks').map((task) => task.Task)).toContain(
      'A payment plan was signed that is not proposed any more',
    );
    expect(news(world)).toEqual([['Elm House 1, Resident L-1: plan signed that does not wait any more', 'sent']]);
  });

  it('is withdrawn by a run that comes to the same end wherever it is killed', () => {
    const world = out.clone();
    withdraws(world);
    standAt(world, newYork('2026-11-08', '10:30'));
    comesToTheSameEnd({ name: 'void', handler: 'tick', world: () => world.clone(), start: byTrigger('tick') });
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
