/** A Mailgun account for tests: the connector, its sandbox, letters of ours, and the feed of what became of them. */
import { mailgun as sandbox } from '../../local/vendors/mailgun';
import { API_KEY, EU_DOMAIN, type MailgunState, SENDING_KEY, US_DOMAIN } from '../../local/vendors/mailgun/state';
import type { EffectContext, FeedState } from '../../src/connectors/connector';
import { mailgun } from '../../src/connectors/mailgun';
import type { Delivered, DeliveryPage, OpenMessage, OutgoingMail } from '../../src/connectors/messages';
import { refOf } from '../../src/connectors/told';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { LawBench, type Rig } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const ADA = 'ada@home.example';
export const BOB = 'bob@home.example';

export const ACCOUNT = {
  MAILGUN_DOMAIN: US_DOMAIN,
  MAILGUN_REGION: 'US',
  MAILGUN_FROM: 'rent@maple.example',
  MAILGUN_TEST_MODE: 'no',
};

export const KEYS = { MAILGUN_API_KEY: API_KEY, MAILGUN_SENDING_KEY: SENDING_KEY };

export const IN_EUROPE = { ...ACCOUNT, MAILGUN_DOMAIN: EU_DOMAIN, MAILGUN_REGION: 'EU' };

export const letter = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  kind: 'mail',
  fromName: 'Maple Street Rentals',
  replyTo: 'office@maple.example',
  to: [ADA],
  subject: 'Rent is late',
  text: 'You owe 1,200.00.',
  html: '<p>You owe <b>1,200.00</b>.</p>',
  topic: 'late-1',
  ...more,
});

const noMoney = (): never => {
  throw new Error('no money comes in through Mailgun');
};

/** The laws tell an effect of no message, so here it always has one. */
export const withMessage = (message: OutgoingMail) => {
  const { mail } = mailgun.effects ?? {};
  if (!mail) throw new Error('Mailgun sends mail');
  return { ...mail, run: (context: EffectContext) => mail.run({ ...context, message }) };
};

export const rig: Rig<MailgunState> = {
  connector: mailgun,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: () => ({ state: sandbox.start(), account: ACCOUNT, credentials: { ...ACCOUNT, ...KEYS } }),
  pay: noMoney,
  manyPages: 0,
  spoil: noMoney,
  writes: [],
  refusals: [],
};

export class MailgunBench extends LawBench<MailgunState> {
  place: FeedState | undefined;

  constructor(private readonly own = ACCOUNT) {
    super(rig);
  }

  context(name: string, message: OutgoingMail, more: Partial<EffectContext> = {}): EffectContext {
    const told = { key: key(name), payload: {}, now: instant(this.nowMs), account: this.own, attempt: 1 };
    return { ...told, message, ...more };
  }

  send(name: string, message = letter(), attempt = 1): FlowResult<string> {
    const { mail } = mailgun.effects ?? {};
    if (!mail) throw new Error('Mailgun sends mail');
    return this.run(mail.run(this.context(name, message, { attempt })));
  }

  sendAll(messages: readonly OutgoingMail[]) {
    const batch = mailgun.effects?.mail?.batch;
    if (!batch) throw new Error('Mailgun sends many at once');
    const result = this.run(batch.run(messages.map((message, at) => this.context(`mail:${at}`, message))));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  tryPull(open: readonly OpenMessage[] = []): FlowResult<DeliveryPage> {
    const { deliveries } = mailgun;
    if (!deliveries) throw new Error('Mailgun tells what became of mail');
    const since = instant(START - 30 * DAY);
    return this.run(deliveries.pull(this.place, { since, now: instant(this.nowMs), account: this.own, open }));
  }

  pull(open: readonly OpenMessage[] = []): DeliveryPage {
    const result = this.tryPull(open);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.place = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** Pulls until there is no more. */
  drainNews(open: readonly OpenMessage[] = []) {
    const news: Delivered[] = [];
    const faults: DeliveryPage['faults'][number][] = [];
    const places: (FeedState | undefined)[] = [this.place];
    for (let more = true; more; ) {
      if (places.length > 200) throw new Error('the feed does not end');
      const page = this.pull(open);
      news.push(...page.delivered);
      faults.push(...page.faults);
      places.push(this.place);
      more = page.more;
    }
    return { news, faults, places };
  }

  /** The last word on each effect of those names. */
  lastWords(names: readonly string[], news: readonly Delivered[]): (string | undefined)[] {
    const last = new Map(news.map(({ ref, state }) => [ref, state]));
    return names.map((name) => last.get(refOf(key(name))));
  }
}
