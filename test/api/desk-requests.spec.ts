/** Requests of residents at the desk: shown where they wait, answered once, told to the resident, and closed with their task. */
import type { LeaseView } from '../../src/api/desk/lease';
import type { Applied, Unsettled } from '../../src/api/desk/override';
import type { Today } from '../../src/api/desk/today';
import type { Refusal } from '../../src/api/desk/told';
import { bookOf, tabOf, verdictOf, type World } from '../worlds';
import { answerTo, applied, call, lateHouse, MEG, OLGA, undone, VIC } from './desk-acts-world';
import { posted, requestsOf } from './resident/requests-world';

const late = lateHouse();
const FEE = 'fee:rent:L-1:2026-11';
const RENT = 'rent:L-1:2026-11';
const TEXT = 'I paid on the third, my bank shows it.';
const FILE = 'https://files.example.com/slip.pdf';

const asked = (world: World, user?: string) =>
  call<Today>(world, 'today', {}, user).needs.filter(({ kind }) => kind === 'request');
const answer = (world: World, request: string, fields: object, user?: string) =>
  call<Applied | Refusal>(world, 'answerRequest', { request, ...fields }, user);
const keyOf = (world: World) => requestsOf(world, 'L-1')[0]?.Key ?? '';
const letters = (world: World) => bookOf(world).outbox.filter(({ kind }) => kind === 'request-answered');

function disputed(charge = FEE): World {
  const world = late.clone();
  posted(world, 'L-1', 'dispute', { charge, text: TEXT, file: FILE });
  return world;
}

describe('a dispute that waits', () => {
  const world = disputed();

  it('stands among what needs a person, once, with the words of the resident', () => {
    expect(asked(world, MEG)).toMatchObject([
      { lease: 'L-1', title: expect.stringContaining('late fee'), request: { text: TEXT, file: FILE, state: 'open' } },
    ]);
    const tasks = call<Today>(world, 'today', {}).needs.filter(
      ({ kind, key }) => kind === 'task' && key.includes('request:'),
    );
    expect(tasks).toEqual([]);
  });

  it('stands on the card of its lease', () => {
    const { requests, open } = call<LeaseView>(world, 'lease', { lease: 'L-1' });
    expect(requests).toMatchObject([{ kind: 'dispute', by: 'l-1@example.com', charge: { key: FEE } }]);
    expect(open.filter((charge) => charge.disputed).map((charge) => charge.key)).toEqual([FEE]);
  });

  it('is nothing that a manager of the other house, or somebody who may only look, could answer', () => {
    const fields = { about: keyOf(world), as: 'refused', answer: 'No.' };
    expect(asked(world, OLGA)).toEqual([]);
    expect(answer(world, 'answer-0', fields, OLGA)).toEqual({ refused: expect.stringMatching(/^There is no request/) });
    expect(answerTo(world, 'answerRequest', { request: 'answer-0', ...fields }, VIC)).toMatchObject({ ok: false });
  });

  it('wants an answer in words', () => {
    const fields = { about: keyOf(world), as: 'refused', answer: '  ' };
    expect(answer(world, 'answer-0', fields, MEG)).toEqual({ refused: expect.stringMatching(/^Write an answer/) });
  });
});

describe('declined', () => {
  const world = disputed();
  const fields = { as: 'refused', answer: 'The bank shows it on the seventh.' };

  it('ends the rest of the line, closes the task, and tells the resident', () => {
    const told = answer(world, 'answer-1', { about: keyOf(world), ...fields }, MEG);
    expect(told).toMatchObject({ done: true, says: 'The dispute of L-1 is refused, and the resident is told.' });
    expect(requestsOf(world, 'L-1')).toMatchObject([
      {
        State: 'refused',
        Answer: fields.answer,
        'Answered by': MEG,
        'Answered at': expect.stringMatching(/^2026-11-07T/),
      },
    ]);
    expect(tabOf(world, 'Tasks').filter((row) => /dispute/.test(row.Task ?? ''))).toMatchObject([{ State: 'done' }]);
    expect(letters(world)).toHaveLength(1);
    expect(asked(world)).toEqual([]);
    expect(call<LeaseView>(world, 'lease', { lease: 'L-1' }).pauses).toEqual([]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is told the same for the same click, and refused for another one', () => {
    expect(answer(world, 'answer-1', { about: keyOf(world), ...fields }, MEG)).toMatchObject({ done: true });
    expect(answer(world, 'answer-2', { about: keyOf(world), ...fields }, MEG)).toEqual({
      refused: `It is refused already: ${fields.answer}`,
    });
    expect(letters(world)).toHaveLength(1);
  });

  it('leaves the house as a mail with the reason', () => {
    call(world, 'startRun', { request: 'run-000001', job: 'deliver' });
    world.advanceTo(world.now + 15 * 60_000);
    const mail = world.mailbox.find(({ subject }) => /Late fee/.test(subject) && /answer/i.test(subject));
    expect(mail?.to).toContain('l-1@example.com');
    expect(mail?.raw).toBeDefined();
  });

  it('cannot be undone from the sidebar: it is answered', () => {
    const seen = call<Refusal>(world, 'previewUndo', { what: 'click-answer-1' }, MEG);
    expect(seen).toEqual({ refused: expect.any(String) });
  });
});

describe('rent that is declined', () => {
  const due = (world: World) =>
    call<LeaseView>(world, 'lease', { lease: 'L-1' }).open.find((charge) => charge.key === RENT)?.due;
  const later = (daysCount: boolean) => {
    const world = disputed(RENT);
    world.advanceTo('2026-11-12T15:00:00Z');
    answer(world, 'answer-1', { about: keyOf(world), as: 'refused', answer: 'It was not paid.', daysCount }, MEG);
    return due(world);
  };

  it('falls due later by the days of the dispute, unless the manager says that they count', () => {
    expect([later(false), later(true)]).toEqual(['2026-11-06', '2026-11-01']);
  });
});

it('agreed: the line rests no more and is still to be waived', () => {
  const world = disputed();
  expect(
    answer(world, 'answer-1', { about: keyOf(world), as: 'accepted', answer: 'You are right.' }, MEG),
  ).toMatchObject({
    done: true,
  });
  const { open, requests } = call<LeaseView>(world, 'lease', { lease: 'L-1' });
  expect(open.some((charge) => charge.key === FEE && !charge.disputed)).toBe(true);
  expect(requests).toMatchObject([{ state: 'accepted', answer: 'You are right.', answeredBy: MEG }]);
});

describe('a wish for a plan', () => {
  const wished = late.clone();
  posted(wished, 'L-1', 'planAsk', { text: 'I lost some hours, could I pay in parts?', perMonth: '' });
  const proposed = wished.clone();
  applied(proposed, 'propose-1', {
    kind: 'plan propose',
    lease: 'L-1',
    reason: 'agreed by phone',
    charges: [RENT],
    instalments: [{ due: '2026-11-20', amount: '1000.00' }],
    feesPaused: true,
    graceDays: 3,
    missedAllowed: 0,
    agreed: 'on the page',
    note: '',
  });
  const states = (world: World) => [
    ...requestsOf(world, 'L-1').map((row) => row.State),
    ...tabOf(world, 'Tasks').flatMap((row) => (/wish for a payment plan/.test(row.Task ?? '') ? [row.State] : [])),
  ];

  it('is answered by the proposal, with its task, and needs nobody any more', () => {
    expect([states(wished), asked(wished).length]).toEqual([['open', 'open'], 1]);
    expect([states(proposed), asked(proposed).length]).toEqual([['accepted', 'done'], 0]);
  });

  it('waits again once the proposal is undone', () => {
    const world = proposed.clone();
    expect(undone(world, 'undo-1', 'click-propose-1')).toMatchObject({ done: true });
    expect([states(world), asked(world).length]).toEqual([['open', 'open'], 1]);
    expect(requestsOf(world, 'L-1')).toMatchObject([{ 'Answered by': '', 'Answered at': '' }]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });
});

describe('a promise', () => {
  const world = late.clone();
  posted(world, 'L-1', 'promise', { until: '2026-11-12', text: '' });

  it('needs no answer, and may be ended by a person', () => {
    expect(asked(world)).toEqual([]);
    const about = keyOf(world);
    expect(answer(world, 'answer-1', { about, as: 'accepted', answer: 'Fine.' }, MEG)).toHaveProperty('refused');
    expect(answer(world, 'answer-2', { about, as: 'refused', answer: 'We cannot wait so long.' }, MEG)).toMatchObject({
      says: 'The promise of L-1 is refused, and the resident is told.',
    });
    expect(posted(world, 'L-1', 'promise', { until: '2026-11-12', text: '' })).toMatchObject({ says: 'promiseBroken' });
    expect(call<LeaseView>(world, 'lease', { lease: 'L-1' }).pauses).toEqual([]);
  });
});

it('is answered or not wherever the call is killed, and the same click ends it', () => {
  const base = disputed();
  const args = { request: 'answer-1', about: keyOf(base), as: 'refused', answer: 'It stands.' };
  const see = (world: World) => [
    bookOf(world).entries.map(({ key }) => key),
    // Clocks go on from try to try.
    tabOf(world, 'Requests').map(({ 'Answered at': _, ...row }) => row),
    tabOf(world, 'Tasks'),
    bookOf(world).outbox.map(({ key, state }) => [key, state]),
  ];
  const whole = base.clone();
  call(whole, 'answerRequest', args);
  const [before, after] = [see(base), see(whole)];
  const counts = { done: 0, 'not done': 0 };
  for (let at = 1; ; at++) {
    const world = base.clone();
    world.faults.killAt(at, 'after', 'api');
    if (world.run('api', ['answerRequest', [args]], { trigger: 'sidebar' }).ok) break;
    const { state } = call<Unsettled>(world, 'became', { request: args.request });
    expect([at, see(world)]).toEqual([at, state === 'done' ? after : before]);
    counts[state as keyof typeof counts]++;
    call(world, 'answerRequest', args);
    expect([at, see(world)]).toEqual([at, after]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  }
  expect([counts.done > 0, counts['not done'] > 2]).toEqual([true, true]);
});
