/** The SendGrid connector at its sandbox, driven by the real client; what the Outbox adds to an effect is added here. */
import { sendgrid as sandbox } from '../../local/vendors/sendgrid';
import { API_KEY, EU_KEY, type Message, SENDER, type SendgridState } from '../../local/vendors/sendgrid/state';
import type { Account, Connector, EffectContext } from '../../src/connectors/connector';
import type { DeliveryPage, OpenMessage, OutgoingMail } from '../../src/connectors/messages';
import { sendgrid } from '../../src/connectors/sendgrid';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { effectOf } from './drive';
import { LawBench } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const RITA = 'rita@home.example';

export const ACCOUNT: Account = {
  SENDGRID_REGION: 'global',
  SENDGRID_FROM: SENDER,
  SCHEDULES: 'yes',
  LOGS: 'yes',
};

export const letter = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
  kind: 'mail',
  fromName: 'Maple Court, Olivia Owner',
  replyTo: 'olivia@landlord.example',
  to: [RITA],
  subject: 'Rent for December is due',
  text: 'Rent for December is due.\nPay here: https://pay.example/x',
  html: '<p>Rent for December is due. <a href="https://pay.example/x">Pay</a></p>',
  topic: 'due',
  ...more,
});

export const start = () => ({
  state: sandbox.start(),
  account: ACCOUNT,
  credentials: { SENDGRID_API_KEY: API_KEY },
});

export const startInEu = () => ({
  state: sandbox.start(),
  account: { ...ACCOUNT, SENDGRID_REGION: 'EU' },
  credentials: { SENDGRID_API_KEY: EU_KEY },
});

/** The connector as the Outbox runs it: the rendered mail joins the effect as it leaves. */
export function carrying(more: Partial<EffectContext> = {}): Connector {
  const mail = effectOf(sendgrid, 'mail');
  const run = (context: EffectContext) => mail.run({ ...context, message: letter(), ...more });
  return { ...sendgrid, effects: { ...sendgrid.effects, mail: { ...mail, run } } };
}

export const rig = {
  connector: carrying(),
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
};

export const bench = (begin: () => ReturnType<typeof start> = start): LawBench<SendgridState> =>
  new LawBench<SendgridState>({ ...rig, start: begin, writes: [], refusals: [] });

export const messagesOf = (one: LawBench<SendgridState>): readonly Message[] =>
  one.state.accounts[one.account.SENDGRID_REGION === 'EU' ? 'eu' : 'global'].messages;

export interface Sending {
  readonly name?: string;
  readonly attempt?: number;
  readonly sendAt?: number;
  readonly mail?: Partial<OutgoingMail>;
}

/** Sends one mail through the effect. */
export function send(one: LawBench<SendgridState>, { name = 'a', attempt = 1, sendAt, mail }: Sending = {}) {
  const context: EffectContext = {
    key: key(`email:due:${name}`),
    payload: {},
    now: instant(one.nowMs),
    account: one.account,
    attempt,
    message: letter(mail),
    ...(sendAt === undefined ? {} : { sendAt: instant(sendAt) }),
  };
  return one.run(effectOf(sendgrid, 'mail').run(context));
}

export function given<T>(result: FlowResult<T>): T {
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** Sends it and gives what the runtime keeps of it while its end is open. */
export function opened(one: LawBench<SendgridState>, sending: Sending = {}): OpenMessage {
  const ref = given(send(one, sending));
  const [to = RITA] = sending.mail?.to ?? [];
  return { ref: ref.split(' ')[0] ?? '', kind: 'mail', to, sentAt: instant(one.nowMs) };
}

export function cancel(one: LawBench<SendgridState>, ref: string) {
  const { schedule } = effectOf(sendgrid, 'mail');
  if (!schedule) throw new Error('mail can be scheduled');
  const context = { key: key('k'), payload: {}, now: instant(one.nowMs), account: one.account, attempt: 1 };
  return one.run(schedule.cancel(ref, context));
}

/** Reads what became of mail, one step at a time, as runs do. */
export class Reader {
  state: DeliveryPage['state'] | undefined;

  constructor(
    readonly one: LawBench<SendgridState>,
    public open: readonly OpenMessage[] = [],
    readonly since = START - 30 * DAY,
  ) {}

  try(): FlowResult<DeliveryPage> {
    const { one, open, since } = this;
    const context = { since: instant(since), now: instant(one.nowMs), account: one.account, open };
    const feed = sendgrid.deliveries;
    if (!feed) throw new Error('SendGrid tells of deliveries');
    return one.run(feed.pull(this.state, context));
  }

  pull(): DeliveryPage {
    const page = given(this.try());
    this.state = JSON.parse(JSON.stringify(page.state)) as DeliveryPage['state'];
    return page;
  }

  /** All pulls until there is no more, and each state on the way. */
  drain() {
    const delivered: DeliveryPage['delivered'][number][] = [];
    const faults: DeliveryPage['faults'][number][] = [];
    const states: (DeliveryPage['state'] | undefined)[] = [this.state];
    for (let more = true; more; ) {
      if (states.length > 50) throw new Error('the feed does not end');
      const page = this.pull();
      delivered.push(...page.delivered);
      faults.push(...page.faults);
      states.push(this.state);
      more = page.more;
    }
    return { delivered, faults, states };
  }
}
