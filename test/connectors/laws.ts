/** The laws that every connector and its sandbox keep. A rig tells what is particular to one platform; the laws are the same for all. */
import fc from 'fast-check';
import { HarRecorder } from '../../local/har';
import type { Sandbox, SandboxReply, SandboxRequest } from '../../local/vendors/sandbox';
import type { Account, Connector, Credentials, FeedPage, FeedState, Flow } from '../../src/connectors/connector';
import type { Outgoing } from '../../src/connectors/messages';
import type { PaymentSeen } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { type FlowResult, runFlows } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import type { HttpReply, HttpRequest } from '../../src/ports';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { rs256 } from './rs256';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A payment to happen at the vendor. */
export interface Pays {
  readonly lease: string;
  readonly amountCents: number;
  readonly atMs: number;
}

/** An effect, and how often it has happened at the vendor. */
export interface Write {
  readonly effect: string;
  payload(): Readonly<Record<string, unknown>>;
  /** For an effect that carries one. */
  readonly message?: Outgoing;
  /** A repeat opens another page for the same object: only the vendor's id stays. */
  readonly freshPage?: true;
  /** Objects that the effect has made so far. */
  count(state: never): number;
}

export interface Refusal {
  readonly name: string;
  request(credentials: Credentials): SandboxRequest;
  readonly status: number;
  /** In the vendor's own error body. */
  readonly says: RegExp;
}

export interface Rig<State> {
  readonly connector: Connector;
  readonly sandbox: Sandbox<State>;
  /** When the rig's world begins. */
  readonly startMs: number;
  readonly currency: string;
  /** A fresh account, and what opens it. With a sign-in the credentials hold ACCESS_TOKEN and EXPIRES_AT. */
  start(nowMs: number): { state: State; credentials: Credentials; account: Account; refresh?: string };
  /** A settled payment by a resident, which names the lease in the way this platform can; gives its external id. */
  pay(state: State, pays: Pays): string;
  /** So many payments fill more than two pages. */
  readonly manyPages: number;
  /** The payment gets a status that the vendor's documents do not have. */
  spoil(state: State, externalId: string): void;
  /** The reply of a list with more to come, without its items; undefined when this reply is no such list. */
  emptied?(reply: HttpReply): HttpReply | undefined;
  /** How long after it happened a payment may first show. */
  readonly lateMs?: number;
  readonly writes: readonly Write[];
  readonly refusals: readonly Refusal[];
  /** Left out: the sandbox says 429 as its own vendor does, without Retry-After. */
  readonly tooMany?: SandboxReply;
}

type Answer = (request: SandboxRequest, reply: () => SandboxReply) => SandboxReply | Error;

/** One account at the vendor, the connector, and a clock that the test moves. */
export class LawBench<State> {
  readonly state: State;
  readonly har = new HarRecorder();
  readonly sent: HttpRequest[] = [];
  /** Stands between the two. */
  answer: Answer = (_request, reply) => reply();
  credentials: Credentials;
  readonly account: Account;
  private refresh: string | undefined;
  feed: FeedState | undefined;
  nowMs: number;
  renewals = 0;

  constructor(readonly rig: Rig<State>) {
    this.nowMs = rig.startMs;
    const { state, credentials, account, refresh } = rig.start(this.nowMs);
    this.state = state;
    this.credentials = credentials;
    this.account = account;
    this.refresh = refresh;
  }

  private fetch(request: HttpRequest): HttpReply | Error {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const type: Record<string, string> =
      request.body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' };
    const { method, url, body = '' } = request;
    const seen: SandboxRequest = { method, url, headers: { ...headers, ...type }, body };
    const reply = this.answer(seen, () => this.rig.sandbox.handle(this.state, seen, this.nowMs));
    this.har.add(seen, reply, this.nowMs);
    return reply;
  }

  run<T>(flow: Flow<T>): FlowResult<T> {
    const { connector } = this.rig;
    const [result] = runFlows([{ connector, credentials: this.credentials, flow }], {
      transport: {
        fetchAll: (requests) => {
          this.sent.push(...requests);
          return requests.map((request) => this.fetch(request));
        },
      },
      now: () => instant(this.nowMs),
      mayGoOn: () => true,
      note: () => undefined,
      isStale: (_id, given) => connector.oauth !== undefined && Number(given[EXPIRES_AT] ?? 0) <= this.nowMs + 90_000,
      renew: (stale) => stale.map(({ credentials }) => this.renew(credentials)),
    }).results;
    if (!result) throw new Error('one job gives one result');
    return result;
  }

  private renew(given: Credentials): Credentials | Fault {
    const { oauth } = this.rig.connector;
    if (!oauth) throw new Error('nothing to renew');
    this.renewals++;
    const grant =
      oauth.grant === 'client'
        ? { kind: 'client' as const, ...(this.refresh ? { refresh: this.refresh } : {}) }
        : {
            kind: 'refresh' as const,
            refresh: this.refresh ?? '',
            redirect: 'https://script.google.com/macros/s/rig/exec',
          };
    const reply = this.fetch(oauth.request(given, grant, { now: this.nowMs, rs256 }));
    if (reply instanceof Error) throw reply;
    const fault = oauth.fault(reply);
    if (fault) return fault;
    const { access, refresh, expiresInSeconds } = oauth.read(reply);
    this.refresh = refresh ?? this.refresh;
    this.credentials = {
      ...given,
      [ACCESS_TOKEN]: access,
      [EXPIRES_AT]: String(this.nowMs + expiresInSeconds * 1000),
    };
    return this.credentials;
  }

  pullOnce(): FeedPage {
    const flow = this.rig.connector.receipts?.pull(this.feed, {
      since: instant(this.rig.startMs - 30 * DAY),
      now: instant(this.nowMs),
      account: this.account,
    });
    if (!flow) throw new Error('no receipts feed');
    const result = this.run(flow);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.feed = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** Pulls until there is no more; the last word on each payment, and every state on the way. */
  drain() {
    const payments = new Map<string, PaymentSeen>();
    const states: (FeedState | undefined)[] = [this.feed];
    const faults: FeedPage['faults'][number][] = [];
    for (let more = true; more; ) {
      if (states.length > 200) throw new Error('the feed does not end');
      const page = this.pullOnce();
      for (const payment of page.payments) payments.set(payment.externalId, payment);
      faults.push(...page.faults);
      states.push(this.feed);
      more = page.more;
    }
    return { payments, states, faults };
  }

  effect(write: Write, attempt: number): FlowResult<string> {
    return this.run(
      effectOf(this.rig.connector, write.effect).run({
        key: key(`law:${write.effect}:L-1:2026-12`),
        payload: write.payload(),
        now: instant(this.nowMs),
        account: this.account,
        attempt,
        ...(write.message ? { message: write.message } : {}),
      }),
    );
  }

  /** So many payments, a minute apart, ending a while before now; gives amounts by external id. */
  payMany(count: number): Map<string, number> {
    const paid = new Map<string, number>();
    for (let at = 0; at < count; at++) {
      const amountCents = 100_001 + at;
      paid.set(this.rig.pay(this.state, { lease: `L-${at + 1}`, amountCents, atMs: this.nowMs }), amountCents);
      this.nowMs += MINUTE;
    }
    this.nowMs += (this.rig.lateMs ?? 0) + 10 * MINUTE;
    return paid;
  }
}

const amountsOf = (payments: ReadonlyMap<string, PaymentSeen>) =>
  new Map([...payments.values()].map((payment) => [payment.externalId, payment.amountCents as number]));
const sorted = (map: ReadonlyMap<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** Declares the laws as tests of one platform. */
export function holdsTheLaws<State>(rig: Rig<State>): void {
  const bench = () => new LawBench(rig);
  describe(`the laws, for ${rig.connector.title}`, () => {
    if (rig.connector.receipts) feedLaws(rig, bench);
    if (rig.connector.receipts) wireLaws(rig, bench);
    if (rig.writes.length > 0) writeLaws(rig, bench);
    it.each(rig.refusals.map((each) => [each.name, each] as const))(
      "the sandbox refuses %s in the vendor's words",
      (_, refusal) => {
        const one = bench();
        const reply = rig.sandbox.handle(one.state, refusal.request(one.credentials), one.nowMs);
        expect(reply.status).toBe(refusal.status);
        expect(reply.body).toMatch(refusal.says);
      },
    );
  });
}

function feedLaws<State>(rig: Rig<State>, bench: () => LawBench<State>): void {
  it('drains many pages, each payment to the cent', () => {
    const one = bench();
    const paid = one.payMany(rig.manyPages);
    const { payments, faults } = one.drain();
    expect(faults).toEqual([]);
    expect(sorted(amountsOf(payments))).toEqual(sorted(paid));
    expect(new Set([...payments.values()].map((payment) => payment.currency))).toEqual(new Set([rig.currency]));
    expect(new Set([...payments.values()].map((payment) => payment.state))).toEqual(new Set(['settled']));
  });

  it('reads the same page twice and finds the same', () => {
    const one = bench();
    one.payMany(5);
    const before = one.feed;
    const first = one.pullOnce();
    one.feed = before;
    expect(one.pullOnce().payments).toEqual(first.payments);
  });

  it('goes on from any page', () => {
    const one = bench();
    const paid = one.payMany(rig.manyPages);
    const { states } = one.drain();
    for (const from of states.slice(1, 6)) {
      const again = bench();
      const same = again.payMany(rig.manyPages);
      again.feed = undefined;
      const found = new Map<string, number>();
      // What was read up to this state, and what is read from it on.
      for (let more = true; more && JSON.stringify(again.feed) !== JSON.stringify(from); ) {
        const page = again.pullOnce();
        for (const payment of page.payments) found.set(payment.externalId, payment.amountCents);
        more = page.more;
      }
      for (const [id, amount] of amountsOf(again.drain().payments)) found.set(id, amount);
      expect(sorted(found)).toEqual(sorted(same));
    }
    expect(paid.size).toBe(rig.manyPages);
  });

  if (rig.emptied)
    it('an empty page in the middle is not the end', () => {
      const one = bench();
      const paid = one.payMany(rig.manyPages);
      let emptied = 0;
      let isEmptied = false;
      one.answer = (_request, reply) => {
        const given = reply();
        if (isEmptied) return given;
        const empty = rig.emptied?.(given);
        if (!empty) return given;
        emptied++;
        isEmptied = true;
        return empty;
      };
      const first = one.drain();
      expect(emptied).toBe(1);
      one.answer = (_request, reply) => reply();
      // What stood on the page that came empty is met again by a feed that begins anew; what follows it is there now.
      expect(first.payments.size).toBeGreaterThan(0);
      expect([...first.payments.keys()].every((id) => paid.has(id))).toBe(true);
      expect(first.payments.size).toBeGreaterThanOrEqual(paid.size - 100);
    });

  it('a second look finds nothing new, and what happens later is found', () => {
    const one = bench();
    one.payMany(3);
    const before = one.drain();
    one.nowMs += 10 * MINUTE;
    for (const [id, payment] of one.drain().payments) expect(before.payments.get(id)).toEqual(payment);
    const later = one.payMany(2);
    const found = amountsOf(one.drain().payments);
    for (const [id, amount] of later) expect(found.get(id)).toBe(amount);
  });

  it('a payment that shows late inside the overlap is not lost', () => {
    const one = bench();
    one.payMany(3);
    one.drain();
    one.nowMs += MINUTE;
    const id = rig.pay(one.state, { lease: 'L-9', amountCents: 77_700, atMs: one.nowMs - MINUTE });
    one.nowMs += (rig.lateMs ?? 0) + 10 * MINUTE;
    expect(amountsOf(one.drain().payments).get(id)).toBe(77_700);
  });

  it('a status that nobody has documented is a named fault, and the others are read', () => {
    const one = bench();
    const paid = one.payMany(4);
    const [, spoilt = ''] = [...paid.keys()];
    rig.spoil(one.state, spoilt);
    const { payments, faults } = one.drain();
    expect(faults.length).toBeGreaterThan(0);
    const [first] = faults;
    expect(first?.fault.fault).toBe('malformed');
    expect(first?.about).not.toBe('');
    expect(payments.has(spoilt)).toBe(false);
    expect(payments.size).toBe(paid.size - 1);
  });

  it('amounts come back to the cent, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 100, max: 9_999_999 }), { minLength: 1, maxLength: 12 }),
        (amounts) => {
          const one = bench();
          for (const amountCents of amounts) {
            rig.pay(one.state, { lease: 'L-1', amountCents, atMs: one.nowMs });
            one.nowMs += MINUTE;
          }
          one.nowMs += (rig.lateMs ?? 0) + 10 * MINUTE;
          const found = [...amountsOf(one.drain().payments).values()];
          expect(found.sort((a, b) => a - b)).toEqual([...amounts].sort((a, b) => a - b));
        },
      ),
      { numRuns: 15 },
    );
  });
}

const isToken = (request: SandboxRequest): boolean =>
  /grant_type/.test(request.body) || /\/Authentication\/AuthorizeUser$/.test(request.url);

function wireLaws<State>(rig: Rig<State>, bench: () => LawBench<State>): void {
  const pullOf = (one: LawBench<State>) =>
    one.run(
      (rig.connector.receipts as NonNullable<Connector['receipts']>).pull(one.feed, {
        since: instant(rig.startMs - DAY),
        now: instant(one.nowMs),
        account: one.account,
      }),
    );
  const tooMany = (headers: Readonly<Record<string, string>>): SandboxReply => ({
    status: 429,
    body: '{}',
    ...rig.tooMany,
    headers: { 'content-type': 'application/json', ...rig.tooMany?.headers, ...headers },
  });

  it.each([
    ['in seconds', '37'],
    ['as a date', 'date'],
  ])('429 waits as long as Retry-After says, %s', (_, header) => {
    const one = bench();
    const value = header === 'date' ? new Date(one.nowMs + 37_000).toUTCString() : header;
    one.answer = (request, reply) => (isToken(request) ? reply() : tooMany({ 'retry-after': value }));
    const result = pullOf(one);
    expect(result).toMatchObject({ fault: { fault: 'busy' } });
    if ('fault' in result) expect(Math.round(result.fault.retryAfterSeconds ?? 0)).toBe(37);
    expect(one.sent.filter((request) => !/token/.test(request.url)).length).toBe(one.sent.length);
  });

  it('after 429 nothing more is asked in this run', () => {
    const one = bench();
    one.payMany(3);
    let asked = 0;
    one.answer = (request, reply) => {
      if (isToken(request)) return reply();
      asked++;
      return tooMany({});
    };
    expect(pullOf(one)).toMatchObject({ fault: { fault: 'busy' } });
    expect(asked).toBe(1);
  });

  if (rig.connector.oauth)
    it('401 renews the token once and goes on', () => {
      const one = bench();
      const paid = one.payMany(3);
      let refused = false;
      one.answer = (request, reply) => {
        if (refused || isToken(request)) return reply();
        refused = true;
        return { status: 401, headers: { 'content-type': 'application/json' }, body: '{}' };
      };
      expect(sorted(amountsOf(one.drain().payments))).toEqual(sorted(paid));
      expect(one.renewals).toBe(1);
    });

  it('credentials that stay refused are an auth fault, told once', () => {
    const one = bench();
    let asked = 0;
    one.answer = (request, reply) => {
      if (isToken(request)) return reply();
      asked++;
      return { status: 401, headers: { 'content-type': 'application/json' }, body: '{}' };
    };
    expect(pullOf(one)).toMatchObject({ fault: { fault: 'auth' } });
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('no answer at all is a fault of the platform, not of ours', () => {
    const one = bench();
    one.answer = (request, reply) => (isToken(request) ? reply() : new Error('Address unavailable'));
    expect(pullOf(one)).toMatchObject({ fault: { fault: 'down' } });
  });

  it('no secret is in any line that is recorded', () => {
    const one = bench();
    one.payMany(3);
    one.drain();
    if (rig.connector.test) one.run(rig.connector.test(one.account));
    for (const write of rig.writes) one.effect(write, 1);
    const text = JSON.stringify(one.har.toJSON());
    const open = new Set(
      rig.connector.credentials.filter((field) => field.secret === false).map((field) => field.name),
    );
    for (const [name, value] of Object.entries(one.credentials))
      if (!open.has(name) && name !== EXPIRES_AT && value.length > 5)
        expect([name, text.includes(value)]).toEqual([name, false]);
  });
}

const refOf = (result: FlowResult<string>, { freshPage }: Write) =>
  freshPage && 'value' in result ? { value: result.value.split(' ')[0] } : result;

function writeLaws<State>(rig: Rig<State>, bench: () => LawBench<State>): void {
  const counted = (write: Write, one: LawBench<State>) => write.count(one.state as never);
  describe.each(rig.writes.map((write) => [write.effect, write] as const))('%s', (_, write) => {
    const once = effectOf(rig.connector, write.effect).once;

    it('happens once, and a repeat gives the same reference', () => {
      const one = bench();
      const first = one.effect(write, 1);
      expect(first).toEqual({ value: expect.any(String) });
      expect(counted(write, one)).toBe(1);
      if (once === 'ask') return;
      one.nowMs += MINUTE;
      expect(refOf(one.effect(write, 2), write)).toEqual(refOf(first, write));
      expect(counted(write, one)).toBe(1);
    });

    if (once !== 'ask')
      it('is repaired, not repeated, whichever answer was lost', () => {
        const whole = bench();
        const done = whole.effect(write, 1);
        for (let lost = 1; lost <= whole.sent.length; lost++) {
          const one = bench();
          let at = 0;
          one.answer = (_request, reply) => {
            const given = reply();
            at++;
            // From here on nothing comes back, though the vendor has acted.
            return at >= lost ? new Error('Address unavailable') : given;
          };
          expect(one.effect(write, 1)).toMatchObject({ fault: { fault: 'down' } });
          one.answer = (_request, reply) => reply();
          one.nowMs += MINUTE;
          const second = one.effect(write, 2);
          expect(second).toEqual({ value: expect.any(String) });
          expect([lost, counted(write, one)]).toEqual([lost, 1]);
        }
        expect(done).toEqual({ value: expect.any(String) });
      });

    it('is asked again only with a key of the vendor', () => {
      const one = bench();
      const repeated: HttpRequest[] = [];
      one.answer = (request, reply) => (isToken(request) ? reply() : new Error('Address unavailable'));
      one.effect(write, 1);
      const counts = new Map<string, HttpRequest[]>();
      for (const request of one.sent) {
        const name = `${request.method} ${request.url} ${request.body ?? ''}`;
        counts.set(name, [...(counts.get(name) ?? []), request]);
      }
      for (const group of counts.values()) if (group.length > 1) repeated.push(...group);
      for (const request of repeated) {
        const keyed = request.keyed || Object.keys(request.headers).some((name) => /^idempotency-key$/i.test(name));
        expect([request.url, request.method === 'GET' || request.reads === true || keyed === true]).toEqual([
          request.url,
          true,
        ]);
      }
    });
  });
}
