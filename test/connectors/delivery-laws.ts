/** The laws that every feed of deliveries and its sandbox keep: all that a vendor tells is told, and always the same. */
import type { Sandbox, SandboxReply } from '../../local/vendors/sandbox';
import type { Account, Connector, Credentials, FeedState, Flow } from '../../src/connectors/connector';
import type { Delivered, DeliveryPage, DeliveryState, OpenMessage } from '../../src/connectors/messages';
import { instant } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { EXPIRES_AT } from '../../src/run/tokens';
import { LawBench } from './laws';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** So many open messages the runtime hands over at most. */
const OPEN_MOST = 200;

/** A piece of news that has happened at the vendor. */
export interface Happened {
  /** The message's reference, or the address where it is about none. */
  readonly about: string;
  readonly state: DeliveryState;
  /** The message that the runtime knows of; left out for news about an address alone. */
  readonly open?: OpenMessage;
}

export interface DeliveryRig<State> {
  /** What the news of this rig is about: "answers". */
  readonly name: string;
  readonly connector: Connector;
  readonly sandbox: Sandbox<State>;
  readonly startMs: number;
  start(nowMs: number): { state: State; credentials: Credentials; account: Account; refresh?: string };
  /** The piece of news of that number happens, each to somebody else. */
  happens(state: State, number: number, nowMs: number): Happened;
  /** So many of them fill more than two pages. */
  readonly many: number;
  /** How long after it happened news may first show. */
  readonly lateMs?: number;
  /** So long before a look news may have happened that the look did not show; none when left out. */
  readonly overlapMs?: number;
  /** It gets a state that the vendor's documents do not have. */
  spoil(state: State, happened: Happened): void;
  /** Left out: the sandbox says 429 without words of its own. */
  readonly tooMany?: SandboxReply;
}

const ENDS: readonly DeliveryState[] = ['sent'];
const keyOf = ({ ref, address, state }: Delivered): string => `${ref ?? address} ${state}`;

/** One account at the vendor, the feed, the messages whose end is open, and a clock that the test moves. */
export class DeliveryBench<State> extends LawBench<State> {
  open: OpenMessage[] = [];

  constructor(readonly deliveryRig: DeliveryRig<State>) {
    const { connector, sandbox, startMs } = deliveryRig;
    super({
      connector,
      sandbox,
      startMs,
      currency: 'USD',
      start: (nowMs) => deliveryRig.start(nowMs),
      pay: () => {
        throw new Error('Nothing is paid here.');
      },
      manyPages: 0,
      spoil: () => undefined,
      writes: [],
      refusals: [],
    });
  }

  flow(): Flow<DeliveryPage> {
    const { deliveries } = this.rig.connector;
    if (!deliveries) throw new Error('no feed of deliveries');
    return deliveries.pull(this.feed, {
      since: instant(this.rig.startMs - 30 * DAY),
      now: instant(this.nowMs),
      account: this.account,
      open: this.open.slice(0, OPEN_MOST),
    });
  }

  /** What one pull tells; its place is kept, and what has come to its end is open no more. */
  pullNews(): DeliveryPage {
    const result: FlowResult<DeliveryPage> = this.run(this.flow());
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.feed = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    const ended = result.value.delivered.filter(({ state }) => !ENDS.includes(state)).map(({ ref }) => ref);
    this.open = this.open.filter(({ ref }) => !ended.includes(ref));
    return result.value;
  }

  /** Pulls until there is no more, and until no open message is left that a pull says something new of. */
  drainNews() {
    const told = new Set<string>();
    const faults: DeliveryPage['faults'][number][] = [];
    const states: (FeedState | undefined)[] = [this.feed];
    for (let more = true; more; ) {
      if (states.length > 200) throw new Error('the feed does not end');
      const before = this.open.length;
      const page = this.pullNews();
      for (const each of page.delivered) told.add(keyOf(each));
      faults.push(...page.faults);
      states.push(this.feed);
      more = page.more || (before > OPEN_MOST && this.open.length < before);
    }
    return { told, faults, states };
  }

  /** So many pieces of news, a minute apart, ending a while before now. */
  happen(count: number, first = 0): Happened[] {
    const all = Array.from({ length: count }, (_, at) => {
      const one = this.deliveryRig.happens(this.state, first + at, this.nowMs);
      if (one.open) this.open.push(one.open);
      this.nowMs += MINUTE;
      return one;
    });
    this.nowMs += (this.deliveryRig.lateMs ?? 0) + 10 * MINUTE;
    return all;
  }
}

const wanted = (all: readonly Happened[]): string[] => all.map(({ about, state }) => `${about} ${state}`).sort();

/** Declares the laws as tests of one kind of news. */
export function holdsTheDeliveryLaws<State>(rig: DeliveryRig<State>): void {
  const bench = () => new DeliveryBench(rig);
  describe(`the laws of deliveries, for ${rig.name} at ${rig.connector.title}`, () => {
    newsLaws(rig, bench);
    wireLaws(rig, bench);
  });
}

function newsLaws<State>(rig: DeliveryRig<State>, bench: () => DeliveryBench<State>): void {
  it('drains many pages and tells each piece of news', () => {
    const one = bench();
    const all = one.happen(rig.many);
    const { told, faults } = one.drainNews();
    expect(faults).toEqual([]);
    expect([...told].sort()).toEqual(wanted(all));
  });

  it('reads the same page twice and tells the same', () => {
    const one = bench();
    one.happen(5);
    const [feed, open] = [one.feed, one.open];
    const first = one.pullNews();
    [one.feed, one.open] = [feed, open];
    expect(one.pullNews().delivered).toEqual(first.delivered);
  });

  it('goes on from any page', () => {
    const one = bench();
    one.happen(rig.many);
    const { states } = one.drainNews();
    for (const from of states.slice(1, 6)) {
      const again = bench();
      const all = again.happen(rig.many);
      const told = new Set<string>();
      while (JSON.stringify(again.feed) !== JSON.stringify(from))
        for (const each of again.pullNews().delivered) told.add(keyOf(each));
      for (const each of again.drainNews().told) told.add(each);
      expect([...told].sort()).toEqual(wanted(all));
    }
  });

  it('tells the same at a second look or nothing, and what happens later', () => {
    const one = bench();
    const before = wanted(one.happen(3));
    one.drainNews();
    one.nowMs += 10 * MINUTE;
    for (const each of one.drainNews().told) expect(before).toContain(each);
    const later = wanted(one.happen(2, 3));
    expect([...one.drainNews().told]).toEqual(expect.arrayContaining(later));
  });

  it('loses nothing that shows late inside the overlap', () => {
    const one = bench();
    one.happen(3);
    one.drainNews();
    // It happened before that look, and stands in no list until after it.
    const late = rig.happens(one.state, 9, one.nowMs - (rig.overlapMs ?? 0));
    if (late.open) one.open.push(late.open);
    one.nowMs += (rig.lateMs ?? 0) + 10 * MINUTE;
    expect([...one.drainNews().told]).toEqual(expect.arrayContaining(wanted([late])));
  });

  it('makes a state that nobody has documented a named fault, and tells the others', () => {
    const one = bench();
    const all = one.happen(4);
    const [first, spoilt, ...others] = all as [Happened, Happened, ...Happened[]];
    rig.spoil(one.state, spoilt);
    const { told, faults } = one.drainNews();
    expect(faults[0]).toMatchObject({ about: expect.stringMatching(/./), fault: { fault: 'malformed' } });
    expect([...told].sort()).toEqual(wanted([first, ...others]));
  });

  it('loses nothing, whichever answer of the vendor was lost', () => {
    const whole = bench();
    const all = wanted(whole.happen(4));
    whole.drainNews();
    const asked = whole.sent.length;
    for (let lost = 1; lost <= asked; lost++) {
      const one = bench();
      one.happen(4);
      let at = 0;
      one.answer = (_request, reply) => (++at >= lost ? new Error('Address unavailable') : reply());
      expect(one.run(one.flow())).toMatchObject({ fault: { fault: 'down' } });
      one.answer = (_request, reply) => reply();
      expect([...one.drainNews().told].sort()).toEqual(all);
    }
  });
}

function wireLaws<State>(rig: DeliveryRig<State>, bench: () => DeliveryBench<State>): void {
  const isToken = ({ body }: { readonly body: string }): boolean => /grant_type/.test(body);
  const said = (status: number, headers: Readonly<Record<string, string>> = {}): SandboxReply => ({
    body: '{}',
    ...(status === 429 ? rig.tooMany : {}),
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

  it('429 ends the run as busy for as long as the vendor asks, and nothing more is asked', () => {
    const one = bench();
    one.happen(3);
    let asked = 0;
    one.answer = (request, reply) => {
      if (isToken(request)) return reply();
      asked++;
      return said(429, { 'retry-after': '37' });
    };
    expect(one.run(one.flow())).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 37 } });
    expect(asked).toBe(1);
  });

  it('credentials that stay refused are an auth fault, told once', () => {
    const one = bench();
    one.happen(1);
    let asked = 0;
    one.answer = (request, reply) => {
      if (isToken(request)) return reply();
      asked++;
      return said(401);
    };
    expect(one.run(one.flow())).toMatchObject({ fault: { fault: 'auth' } });
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('no secret is in any line that is recorded', () => {
    const one = bench();
    one.happen(3);
    one.drainNews();
    const text = JSON.stringify(one.har.toJSON());
    const shown = rig.connector.credentials.filter((field) => field.secret === false).map((field) => field.name);
    for (const [name, value] of Object.entries(one.credentials))
      if (!shown.includes(name) && name !== EXPIRES_AT && value.length > 5)
        expect([name, text.includes(value)]).toEqual([name, false]);
    expect(one.har.size).toBeGreaterThan(0);
  });
}
