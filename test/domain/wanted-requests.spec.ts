/** Messages that wait to leave are asked again: what the resident disputes or promises in between is not demanded. */
import { answerRequest } from '../../src/api/desk/requests';
import type { OutboxRow } from '../../src/domain/book';
import { key } from '../../src/domain/values';
import { noLongerWanted } from '../../src/domain/wanted';
import { runNow } from '../../src/run/app';
import { loadBook } from '../../src/sheet/load';
import { applied, lateHouse } from '../api/desk-acts-world';
import { pageApp, posted, requestsOf } from '../api/resident/requests-world';
import type { World } from '../worlds';

const late = lateHouse();
const RENT = 'rent:L-1:2026-11';
const TEXT = 'I paid on the third, my bank shows it.';

/** The reminder of the late rent, as if it still waited; the deposit is unpaid as well. */
function waiting(world: World, more: Partial<OutboxRow> = {}): string | undefined {
  const app = pageApp(world);
  const { book, outbox } = loadBook(app.host);
  const row = outbox.find((each) => each.lease === 'L-1' && each.kind === 'late');
  if (!row) throw new Error('nothing was sent');
  const because = { rule: 'unpaid' as const, charges: [key(RENT)] };
  return noLongerWanted(book, runNow(app), { ...row, state: 'ready', because, ...more });
}

it('goes out while nothing was said', () => {
  expect(waiting(late.clone())).toBeUndefined();
});

it('stays here once the resident disputes what it asks for', () => {
  const world = late.clone();
  posted(world, 'L-1', 'dispute', { charge: RENT, text: TEXT, file: '' });
  expect(waiting(world)).toBe('The resident disputes it.');
  const charges = [key(RENT), key('deposit:L-1')];
  expect(waiting(world, { because: { rule: 'unpaid', charges } })).toBeUndefined();
});

it('stays here where the debt that brought it is disputed, and all that is left of it fell due later', () => {
  const world = late.clone();
  const act = {
    kind: 'charge',
    lease: 'L-1',
    type: 'parking',
    amount: '80.00',
    due: '2026-11-07',
    reason: 'agreed',
  } as const;
  expect(applied(world, 'parking-1', act)).toMatchObject({ done: true });
  const because = { rule: 'unpaid' as const, charges: [key(RENT), key('charge:L-1:click-parking-1')] };
  expect(waiting(world, { because })).toBeUndefined();
  posted(world, 'L-1', 'dispute', { charge: RENT, text: TEXT, file: '' });
  expect(waiting(world, { because })).toBe('The resident disputes it.');
  expect(waiting(world, { because, payload: { template: 'late' } })).toBeUndefined();
});

it('stays here while a promise runs, and leaves once a person has ended it', () => {
  const world = late.clone();
  posted(world, 'L-1', 'promise', { until: '2026-11-12', text: '' });
  expect(waiting(world)).toBe('The resident has promised to pay by a day to come.');
  const about = requestsOf(world, 'L-1')[0]?.Key ?? '';
  const answer = { request: 'answer-1', about, as: 'refused' as const, answer: 'We cannot wait so long.' };
  expect(answerRequest(pageApp(world), answer)).toMatchObject({ done: true });
  expect(waiting(world)).toBeUndefined();
});

it('leaves in spite of a promise where a person has let it go', () => {
  const world = late.clone();
  posted(world, 'L-1', 'promise', { until: '2026-11-12', text: '' });
  const app = pageApp(world);
  const { book, outbox } = loadBook(app.host);
  const row = outbox.find((each) => each.lease === 'L-1' && each.kind === 'late');
  const states = new Map(book.states);
  const state = row?.lease && states.get(row.lease);
  if (!row || !state) throw new Error('nothing was sent');
  states.set(state.lease, { ...state, released: [`${row.payload.rung}|${row.payload.about}`] });
  expect(noLongerWanted({ ...book, states }, runNow(app), { ...row, state: 'ready' })).toBeUndefined();
});

it('holds reminders alone: a page to pay on is still made', () => {
  const world = late.clone();
  posted(world, 'L-1', 'promise', { until: '2026-11-12', text: '' });
  const link = { key: key('paylink:late'), channel: 'stripe', kind: 'payLink', payload: { amountCents: 100_000 } };
  expect(waiting(world, link)).toBeUndefined();
});
