/** Every operation of the FreshBooks connector against its sandbox, recorded and held against what is published about FreshBooks. */
import * as people from '../../local/vendors/freshbooks/people';
import { freshbooks } from '../../src/connectors/freshbooks';
import { instant } from '../../src/domain/values';
import { bench, creditWish, invoiceWish, paymentWish, START, wish } from '../connectors/freshbooks-account';
import { fitsWhatIsPublished } from './published';

const DAY = 86_400_000;
const URI = 'https://script.google.com/macros/s/rig/exec?platform=freshbooks&key=k1';

function tour() {
  const one = bench();
  one.run(freshbooks.test!(one.account));
  const done = (result: object) => expect(result).not.toHaveProperty('fault');
  done(wish(one, 'callback', { uri: URI.replace('k1', 'k0') }));
  done(wish(one, 'callback', { uri: URI }));
  done(wish(one, 'callback', { uri: URI }));
  const follow = () => {
    for (const { body } of people.takePosts(one.state)) {
      const flow = freshbooks.receipts!.byHint!(Object.fromEntries(new URLSearchParams(body)), one.account);
      if (flow) one.run(flow);
    }
  };
  follow();
  for (const more of [{}, { amountCents: 140_000 }, { gone: true }, {}]) done(wish(one, 'invoice', invoiceWish(more)));
  for (const more of [{ amountCents: 50_000 }, { amountCents: 40_000 }, { gone: true }, {}])
    done(wish(one, 'payment', paymentWish({ amountCents: 40_000, ...more })));
  done(wish(one, 'credit', creditWish()));
  const typed = people.typePayment(one.state, { invoice: 'RL-8K2M4N7QPZ', amount: '100.00' }, one.nowMs);
  const debit = people.payOnline(one.state, { invoice: 'RL-8K2M4N7QPZ', amount: '200.00', type: 'ACH' }, one.nowMs);
  follow();
  one.nowMs += DAY;
  one.drain();
  people.deletePayment(one.state, typed, one.nowMs);
  people.clearDebit(one.state, debit);
  follow();
  one.nowMs += DAY;
  one.drain();
  const period = {
    since: instant(START - DAY),
    until: instant(one.nowMs),
    now: instant(one.nowMs),
    account: one.account,
  };
  one.run(freshbooks.books!.items(period));
  return one;
}

describe('the traffic of FreshBooks', () => {
  const one = tour();
  const har = one.har.toJSON();

  it('has every operation in it', () => {
    const calls = new Set(
      har.log.entries.map(({ request }) => {
        const path = new URL(String(request.url)).pathname
          .replace(/^\/(\w+)\/account\/\w+\//, '$1 ')
          .replace(/\/\d+$/, '/ID');
        return `${request.method} ${path}`;
      }),
    );
    const nouns = ['accounting invoices/invoices', 'accounting payments/payments'];
    expect([...calls]).toEqual(
      expect.arrayContaining([
        'GET /auth/api/v1/users/me',
        'POST /auth/oauth/token',
        'GET accounting users/clients',
        'POST accounting users/clients',
        ...nouns.flatMap((noun) => [`GET ${noun}`, `POST ${noun}`, `PUT ${noun}/ID`]),
        'GET accounting payments/payments/ID',
        ...['GET', 'POST'].map((method) => `${method} events events/callbacks`),
        ...['PUT', 'DELETE'].map((method) => `${method} events events/callbacks/ID`),
      ]),
    );
  });

  fitsWhatIsPublished('FreshBooks', () => har);

  it('holds no token, no key of our address and no verifier', () => {
    const bytes = JSON.stringify(har);
    for (const secret of ['fb-at-', 'fb-rt-', 'fb-secret', 'key=k', 'verifier8'])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  });
});
