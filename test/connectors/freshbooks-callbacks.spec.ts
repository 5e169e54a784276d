/** Callbacks of FreshBooks: registered, verified through the post itself, and read again when they tell of something. */
import * as people from '../../local/vendors/freshbooks/people';
import { ACCOUNT, type FreshbooksState } from '../../local/vendors/freshbooks/state';
import { freshbooks } from '../../src/connectors/freshbooks';
import { EVENTS } from '../../src/connectors/freshbooks/callbacks';
import { bench, billed, wish } from './freshbooks-account';

type Bench = ReturnType<typeof bench>;

describe('callbacks', () => {
  const uri = 'https://script.google.com/macros/s/rig/exec?platform=freshbooks&key=new';
  const hints = (state: FreshbooksState) =>
    people.takePosts(state).map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  const follow = (one: Bench, hint: Readonly<Record<string, unknown>>) => {
    const flow = freshbooks.receipts!.byHint!(hint, one.account);
    return flow && one.run(flow);
  };
  function listening() {
    const one = bench();
    wish(one, 'callback', { uri });
    for (const hint of hints(one.state)) expect(follow(one, hint)).toEqual({ value: [] });
    return one;
  }

  it('are registered for payments and invoices, and started by giving the verifier back', () => {
    const one = listening();
    expect(one.state.callbacks.map((each) => each.event)).toEqual(EVENTS);
    expect(one.state.callbacks.every((each) => each.verified)).toBe(true);
  });

  it('are asked for their verifier anew until they are started, then left alone', () => {
    const one = bench();
    const first = wish(one, 'callback', { uri });
    expect(people.takePosts(one.state).length).toBe(6);
    expect(wish(one, 'callback', { uri })).toEqual(first);
    for (const hint of hints(one.state)) follow(one, hint);
    wish(one, 'callback', { uri });
    expect(people.takePosts(one.state)).toEqual([]);
    expect(one.state.callbacks.length).toBe(6);
  });

  it('under an older key are taken away; those of other programs stay', () => {
    const one = bench();
    wish(one, 'callback', { uri: uri.replace('new', 'old') });
    wish(one, 'callback', { uri: 'https://other.example/hook' });
    wish(one, 'callback', { uri });
    expect(one.state.callbacks.map((each) => each.uri).filter((each) => each.endsWith('old'))).toEqual([]);
    expect(one.state.callbacks.length).toBe(12);
  });

  it('tell of a payment, which is read again', () => {
    const one = listening();
    const number = billed(one.state, 'L-1', '700.00', one.nowMs);
    people.takePosts(one.state);
    const id = people.typePayment(one.state, { invoice: number, amount: '700.00' }, one.nowMs);
    const told = hints(one.state);
    expect(told.map((hint) => hint.name)).toEqual(['invoice.update', 'payment.create']);
    for (const hint of told)
      expect(follow(one, hint)).toMatchObject({ value: [{ externalId: String(id), leaseRef: 'L-1' }] });
    people.deletePayment(one.state, id, one.nowMs);
    for (const hint of hints(one.state))
      expect(follow(one, hint)).toMatchObject({ value: [{ reversals: [{ reason: 'refunded' }] }] });
  });

  it.each([
    ['another account', { name: 'payment.create', object_id: '1', account_id: 'aB3' }],
    ['no object', { name: 'payment.create', account_id: ACCOUNT }],
    ['an object that is no id', { name: 'payment.create', object_id: '../users/me', account_id: ACCOUNT }],
    ['an event of no interest', { name: 'client.create', object_id: '1', account_id: ACCOUNT }],
    ['no name', { object_id: '1' }],
  ])("that name %s are nobody's", (_, hint) => {
    expect(follow(bench(), hint)).toBeUndefined();
  });

  it('that name a payment which is not there find nothing', () => {
    expect(follow(bench(), { name: 'payment.create', object_id: '1', account_id: ACCOUNT })).toEqual({ value: [] });
  });

  it('with a wrong verifier start nothing', () => {
    const one = bench();
    wish(one, 'callback', { uri });
    const [callback] = one.state.callbacks;
    const hint = { name: 'callback.verify', object_id: String(callback?.callbackid), verifier: 'guessed-guessed' };
    expect(follow(one, hint)).toMatchObject({ fault: { fault: 'rejected' } });
    expect(callback?.verified).toBe(false);
  });
});
