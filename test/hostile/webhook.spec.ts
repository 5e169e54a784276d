/** Posts to the web address as strangers, replayers and broken platforms make them: a hint at most, never evidence. */
import { AT, base, body, EVENT, KEY, post, traces } from '../jobs/stripe-posts';
import { bookOf, leapTo, loadStripe, MINUTE, refundOf, verdictOf, type World } from '../worlds';
import { hostile } from './hostile';

const soon = (world: World) => leapTo(world, world.now + 15 * MINUTE);
const received = (world: World) => bookOf(world).receipts.map((row) => [row.id, row.amount, row.state]);
const DECEMBER = [['pi_Dec', '1000.00', 'settled']];

describe('a post to the web address', () => {
  hostile('webhook-dopost-01', 'with a key that is not ours gets one answer, for one cost, and writes nothing', () => {
    const keys = ['', KEY.slice(1), `${KEY}0`, `${KEY.slice(0, -1)}${KEY.endsWith('a') ? 'b' : 'a'}`, 'x'.repeat(5000)];
    const all = [undefined, ...keys].map((key) => {
      const world = base.clone();
      const before = traces(world);
      const { status, answer, run } = post(world, body(), {
        platform: 'stripe',
        ...(key === undefined ? {} : { key }),
      });
      expect(traces(world)).toBe(before);
      return JSON.stringify([status, answer, run.calls, run.modelMs]);
    });
    expect(new Set(all).size).toBe(1);
  });

  hostile('webhook-dopost-02', 'about a payment that was made up asks the platform once and changes nothing', () => {
    const world = base.clone();
    const before = traces(world);
    expect(post(world, body({ id: 'evt_1MadeUpByNobody' })).run.calls['UrlFetchApp.fetchAll']).toBe(1);
    expect(traces(world)).toBe(before);
  });

  hostile('webhook-dopost-03', 'with another amount in its body posts what the platform says', () => {
    for (const amount of [1, 1_000_000_00]) {
      const world = base.clone();
      post(world, body({ data: { object: { id: 'pi_Dec', amount, currency: 'usd', status: 'succeeded' } } }));
      soon(world);
      expect(received(world)).toEqual(DECEMBER);
    }
  });

  hostile('webhook-dopost-04', 'that comes fifty times is one posting, and each is answered at once', () => {
    const world = base.clone();
    for (let time = 0; time < 50; time++) expect(post(world, body()).run.modelMs).toBeLessThan(3000);
    soon(world);
    expect(received(world)).toEqual(DECEMBER);
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
  });

  hostile('webhook-dopost-05', 'out of its order ends where the platform stands, without a reminder in between', () => {
    const world = base.clone();
    const mails = world.mailbox.length;
    loadStripe(world, [refundOf('re_Dec', 'pi_Dec', 40_000, world.now - 500)]);
    post(world, body({ type: 'charge.refunded' }));
    post(world, body());
    soon(world);
    expect(received(world)).toEqual([['pi_Dec', '1000.00', 'partly refunded']]);
    expect(bookOf(world).leases[0]?.balance).toBe('400.00');
    expect(bookOf(world).entries.filter((row) => String(row.key).startsWith('fee:'))).toEqual([]);
    expect(world.mailbox.slice(mails).filter((mail) => /late/i.test(mail.subject))).toEqual([]);
    expect(verdictOf(world).ok).toBe(true);
  });

  hostile('webhook-dopost-06', 'of another account or mode finds nothing in ours', () => {
    const world = base.clone();
    const before = traces(world);
    post(world, body({ id: 'evt_1OfAnotherAccount', account: 'acct_other', livemode: true }));
    expect(traces(world)).toBe(before);
    expect(received(world)).toEqual([]);
  });

  hostile('webhook-dopost-07', 'of forty days ago posts nothing a second time', () => {
    const world = base.clone();
    soon(world);
    const entries = bookOf(world).entries.filter((row) => row.kind === 'receipt');
    expect(entries).toHaveLength(1);
    leapTo(world, Date.parse(AT) + 40 * 24 * 60 * MINUTE);
    for (let time = 0; time < 3; time++) post(world, body());
    soon(world);
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toEqual(entries);
  });

  hostile('webhook-dopost-08', 'with a body that is no event is refused in bounded time, and poisons nothing', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const large = JSON.stringify({ ...EVENT, filler: 'x'.repeat(5_000_000) });
    const bodies = [
      '',
      'no JSON',
      deep,
      `{"id":${deep}}`,
      large,
      '{"id":"a","id":"b"}',
      '{"__proto__":{"id":"evt_1"}}',
    ];
    for (const text of bodies) {
      const world = base.clone();
      const before = traces(world);
      const began = Date.now();
      const { answer, run } = post(world, text);
      expect([answer, run.ok, run.calls['UrlFetchApp.fetchAll'] ?? 0]).toEqual(['received', true, 0]);
      expect(Date.now() - began).toBeLessThan(10_000);
      expect(traces(world)).toBe(before);
    }
    expect(({} as { id?: unknown }).id).toBeUndefined();
  });

  hostile('webhook-dopost-09', 'from Slack with a button in it does nothing: no act waits for one', () => {
    const world = base.clone();
    const before = traces(world);
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: 'U1' },
      actions: [{ action_id: 'release', value: 'email:late:L-1' }],
    });
    const asForm = new URLSearchParams({ payload }).toString();
    for (const parameters of [{ platform: 'slack', key: KEY }, { platform: 'slack' }, {}] as Record<string, string>[]) {
      const { status, body: answer } = world.doPost({ parameters, body: asForm });
      expect([status, answer]).toEqual([200, 'received']);
    }
    expect(traces(world)).toBe(before);
  });

  hostile('webhook-dopost-12', 'or a request with a callback is answered as text that no script can be', () => {
    for (const callback of ['alert(1)//', 'cb']) {
      const posted = base
        .clone()
        .doPost({ parameters: { callback, prefix: callback }, body: body(), type: 'application/json' });
      expect([posted.body, posted.contentType]).toEqual(['received', 'text/plain; charset=utf-8']);
      const got = base.clone().doGet({ callback, page: 'rl_x' });
      expect(got.contentType).toBe('text/html; charset=utf-8');
      expect(got.body).not.toContain(callback === 'cb' ? 'cb(' : callback);
    }
  });
});
