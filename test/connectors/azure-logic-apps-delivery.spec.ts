/** What became of events at Azure: every run is told of once it has ended, over pages, and nothing that shows late is lost. */
import * as people from '../../local/vendors/azure-logic-apps/people';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import type { FeedState } from '../../src/connectors/connector';
import type { Delivered, DeliveryPage, OpenMessage } from '../../src/connectors/messages';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import { AzureBench, addressed, empty, rentEvent, START } from './azure-account';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

class News {
  state: FeedState | undefined;

  constructor(readonly bench = new AzureBench()) {}

  send(...names: readonly string[]): void {
    for (const name of names) {
      this.bench.wish('event', rentEvent({ id: name }), { name });
      this.bench.nowMs += MINUTE;
    }
  }

  once(open: readonly OpenMessage[] = []) {
    const { account, nowMs } = this.bench;
    const context = { since: instant(START - 30 * DAY), now: instant(nowMs), account, open };
    return this.bench.run(azureLogicApps.deliveries!.pull(this.state, context));
  }

  page(open?: readonly OpenMessage[]): DeliveryPage {
    const result = this.once(open);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.state = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** The last word on each, by its reference. */
  drain() {
    const delivered: Delivered[] = [];
    const faults: DeliveryPage['faults'][number][] = [];
    const states: (FeedState | undefined)[] = [];
    for (let more = true; more; ) {
      if (states.length > 50) throw new Error('the feed does not end');
      const page = this.page();
      delivered.push(...page.delivered);
      faults.push(...page.faults);
      states.push(this.state);
      more = page.more;
    }
    return { delivered, faults, states };
  }
}

const names = (count: number, first = 0): string[] => [...Array(count).keys()].map((at) => `e${first + at}`);
const refs = (of: readonly string[]): string[] => of.map((name) => refOf(key(name))).sort();
const told = (of: readonly Delivered[]): string[] => of.map(({ ref }) => ref ?? '').sort();

describe('the news of runs', () => {
  it('drains many pages, each event delivered', () => {
    const news = new News();
    news.send(...names(65));
    const { delivered, faults, states } = news.drain();
    expect([faults, states.length]).toEqual([[], 3]);
    expect(told(delivered)).toEqual(refs(names(65)));
    expect(new Set(delivered.map(({ state }) => state))).toEqual(new Set(['delivered']));
  });

  it('is the same when a page is read twice, and goes on from any page', () => {
    const news = new News();
    news.send(...names(65));
    const before = news.state;
    const first = news.page();
    news.state = before;
    expect(news.page().delivered).toEqual(first.delivered);
    const rest = news.drain();
    expect(told([...first.delivered, ...rest.delivered])).toEqual(refs(names(65)));
  });

  it('begins the next time where it ended, a little earlier', () => {
    const news = new News();
    news.send('a');
    news.drain();
    news.bench.nowMs += HOUR;
    news.drain();
    news.send('b');
    expect(told(news.drain().delivered)).toEqual(refs(['b']));
  });

  it('does not lose a run that is listed late, inside the overlap', () => {
    const news = new News();
    news.send('a');
    const { workflows } = news.bench.state;
    const runs = workflows.find(({ name }) => name === 'rent-ledger-events')!.runs;
    const [hidden] = runs.splice(0);
    news.drain();
    runs.push(hidden!);
    news.bench.nowMs += 5 * MINUTE;
    expect(told(news.drain().delivered)).toEqual(refs(['a']));
  });

  it('says of a run that goes on that it is on its way, and tells its end however much later it comes', () => {
    const news = new News();
    news.send('a');
    const run = news.bench.runs[0]!;
    Object.assign(run, { status: 'Running', endMs: null });
    expect(news.drain().delivered).toMatchObject([{ state: 'sent' }]);
    news.bench.nowMs += 2 * DAY;
    expect(news.drain().delivered).toMatchObject([{ state: 'sent' }]);
    Object.assign(run, { status: 'Succeeded', endMs: news.bench.nowMs });
    news.bench.nowMs += MINUTE;
    expect(news.drain().delivered).toMatchObject([{ state: 'delivered', ref: refOf(key('a')) }]);
  });

  it('waits a week for a run, and no longer', () => {
    const news = new News();
    news.send('a');
    Object.assign(news.bench.runs[0]!, { status: 'Running', endMs: null });
    news.drain();
    news.bench.nowMs += 8 * DAY;
    news.drain();
    news.bench.nowMs += DAY;
    expect(news.drain().delivered).toEqual([]);
  });

  it.each(['Failed', 'Faulted', 'TimedOut', 'Aborted', 'Cancelled', 'Skipped', 'Ignored'])(
    'tells of a run that ended as %s',
    (status) => {
      const news = new News();
      news.send('a');
      Object.assign(news.bench.runs[0]!, { status });
      const [one] = news.drain().delivered;
      expect(one).toMatchObject({ state: 'failed', ref: refOf(key('a')), detail: expect.stringContaining(status) });
    },
  );

  it('tells why a run failed: a consent that has ended', () => {
    const news = new News();
    const { state } = news.bench;
    people.agreeToConnection(state, 'teams');
    const events = state.workflows.find(({ name }) => name === 'rent-ledger-events')!;
    const host = { connection: { name: "@parameters('$connections')['teams']['connectionId']" } };
    const inputs = { host, method: 'post', path: '/say' };
    events.definition = { ...events.definition, actions: { Say: { type: 'ApiConnection', runAfter: {}, inputs } } };
    events.parameters = { $connections: { value: { teams: { connectionId: 'x/teams' } } } };
    people.endConsent(state, 'teams');
    news.send('a');
    expect(news.drain().delivered[0]?.detail).toMatch(/^The run 08\w+ ended as Failed. ActionFailed: An action failed/);
  });

  it('names a status that nobody has documented, and reads the others', () => {
    const news = new News();
    news.send(...names(4));
    Object.assign(news.bench.runs[1]!, { status: 'Dreaming' });
    const { delivered, faults } = news.drain();
    expect(told(delivered)).toEqual(refs(['e0', 'e2', 'e3']));
    expect(faults).toEqual([
      { about: expect.stringMatching(/^run 08/), fault: expect.objectContaining({ fault: 'malformed' }) },
    ]);
    expect(faults[0]?.fault.message).toContain('Dreaming');
  });

  it('searches for an open event whose run the list has passed by, as after a lost answer', () => {
    const news = new News();
    news.send('a', 'b');
    news.drain();
    news.bench.nowMs += HOUR;
    news.drain();
    const [a, b] = ['a', 'b'].map((name) => ({
      ...{ ref: refOf(key(name)), kind: 'event', to: 'L-104', sentAt: instant(news.bench.nowMs) },
    }));
    expect(news.page([a!, b!]).delivered).toMatchObject([
      { ref: a!.ref, state: 'delivered' },
      { ref: b!.ref, state: 'delivered' },
    ]);
    // Nobody ever posted this one: it is waited for a day, and then given up.
    const never = { ...a!, ref: refOf(key('never')) };
    expect(news.page([never]).delivered).toEqual([]);
    news.bench.nowMs += DAY + MINUTE;
    expect(news.page([never]).delivered).toMatchObject([{ ref: never.ref, state: 'unknown' }]);
  });

  it('says nothing of runs that others have begun', () => {
    const news = new News();
    news.bench.wish('test', {}, { name: 'mine' });
    const workflow = news.bench.state.workflows.find(({ name }) => name === 'rent-ledger-events')!;
    workflow.runs.push({ ...workflow.runs[0]!, tracking: '08584372000000000000000000001CU27', name: '08584371' });
    news.bench.nowMs += MINUTE;
    expect(told(news.drain().delivered)).toEqual(refs(['mine']));
  });
});

describe('reading the news', () => {
  it('ends as busy when Azure asks for patience, for as long as it says', () => {
    const news = new News();
    people.throttle(news.bench.state, 'reads', 37, news.bench.nowMs);
    expect(news.once()).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 37 } });
  });

  it('is an auth fault when the application has no role, and one of the platform when nothing answers', () => {
    const news = new News();
    people.giveRole(news.bench.state, 'none');
    expect(news.once()).toMatchObject({ fault: { fault: 'auth' } });
    news.bench.answer = () => new Error('Address unavailable');
    expect(news.once()).toMatchObject({ fault: { fault: 'down' } });
  });

  it('follows no link that leads elsewhere', () => {
    const news = new News();
    news.state = { since: START, upTo: START, next: 'https://evil.example/subscriptions/1', oldest: null };
    expect(news.once()).toMatchObject({ fault: { fault: 'malformed' } });
    expect(news.bench.sent.filter(({ url }) => url.includes('evil'))).toEqual([]);
  });

  it('is no trouble while the workflows are not installed, and begins where it stood once they are', () => {
    const news = new News(new AzureBench(empty));
    expect(news.page()).toMatchObject({ delivered: [], faults: [], more: false });
    news.bench.wish('install');
    news.send('a');
    expect(told(news.drain().delivered)).toEqual(refs(['a']));
    people.giveRole(news.bench.state, 'none');
    expect(news.once()).toMatchObject({ fault: { fault: 'auth' } });
  });

  it('closes what is open where only an address is entered, since nobody will ever tell', () => {
    const news = new News(new AzureBench(addressed));
    const open = [{ ref: 'a'.repeat(20), kind: 'event', to: '', sentAt: instant(START) }];
    expect(news.page(open)).toMatchObject({ delivered: [{ ref: 'a'.repeat(20), state: 'unknown' }], more: false });
    expect(news.bench.sent).toEqual([]);
  });

  it('is worth while when the clock of Azure has called, and not for other posts', () => {
    const { byHint } = azureLogicApps.deliveries!;
    const proof = { now: instant(START), hmac: () => undefined };
    expect([byHint!({ type: 'tick' }, proof), byHint!({ type: 'rent' }, proof), byHint!({}, proof)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
