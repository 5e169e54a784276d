/** An account at the Twilio sandbox for tests of the connector: a messaging service, or a number that stands alone. */
import { twilio as sandbox } from '../../local/vendors/twilio';
import * as people from '../../local/vendors/twilio/people';
import {
  ACCOUNT,
  AUTH_TOKEN,
  KEY_SECRET,
  KEY_SID,
  NUMBER,
  SERVICE,
  type TwilioState,
} from '../../local/vendors/twilio/state';
import type { EffectContext } from '../../src/connectors/connector';
import type { OutgoingText } from '../../src/connectors/messages';
import { twilio } from '../../src/connectors/twilio';
import { instant, key } from '../../src/domain/values';
import { DeliveryBench, type DeliveryRig } from './delivery-laws';
import { effectOf } from './drive';

export const START = Date.UTC(2026, 11, 2, 15);
export const ADA = '+14155550142';
export const WORDS = 'Maple Street 4B: $1,250.00 of rent was due on December 1. Reply STOP to end texts.';

/** The owner has entered an API key. */
export const withKey = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_KEY_SID: KEY_SID, TWILIO_SECRET: KEY_SECRET };
/** The owner has entered the auth token. */
export const withToken = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_SECRET: AUTH_TOKEN };

/** Begins with these credentials and this sender. */
export const startWith =
  (credentials: Readonly<Record<string, string>>, sender: string) =>
  (_nowMs: number): ReturnType<DeliveryRig<TwilioState>['start']> => {
    const { TWILIO_SECRET: _secret, ...open } = { ...credentials, TWILIO_SENDER: sender } as Record<string, string>;
    return { state: sandbox.start(), credentials: { ...credentials, TWILIO_SENDER: sender }, account: open };
  };

/** Residents' phones, as many as are wanted. */
export const phone = (number: number): string => `+1512555${String(1000 + number)}`;

const RIG: Omit<DeliveryRig<TwilioState>, 'start'> = {
  name: 'texts',
  connector: twilio,
  sandbox,
  startMs: START,
  many: 0,
  happens: () => {
    throw new Error('Nothing happens by itself here.');
  },
  spoil: () => undefined,
};

/** The connector at its sandbox; what it sends stays open until it is told to have ended. */
export class TwilioBench extends DeliveryBench<TwilioState> {
  constructor(sender: string = SERVICE, credentials: Readonly<Record<string, string>> = withKey) {
    super({ ...RIG, start: startWith(credentials, sender) });
  }

  context(message: Partial<OutgoingText> = {}, more: Partial<EffectContext> = {}): EffectContext {
    return {
      key: key('text:late-1:L-1:2026-12'),
      payload: {},
      now: instant(this.nowMs),
      account: this.account,
      attempt: 1,
      message: { kind: 'text', to: ADA, text: WORDS, topic: 'late', ...message },
      ...more,
    };
  }

  /** Sends a text; gives what came of it. */
  text(message: Partial<OutgoingText> = {}, more: Partial<EffectContext> = {}) {
    const result = this.run(effectOf(twilio, 'text').run(this.context(message, more)));
    const to = message.to ?? ADA;
    if ('value' in result) this.open.push({ ref: result.value, kind: 'text', to, sentAt: instant(this.nowMs) });
    return result;
  }

  /** Sends a text that must be taken; gives its reference. */
  ref(message: Partial<OutgoingText> = {}, more: Partial<EffectContext> = {}): string {
    const result = this.text(message, more);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  cancel(ref: string) {
    const { schedule } = effectOf(twilio, 'text');
    if (!schedule) throw new Error('no schedule');
    return this.run(schedule.cancel(ref, this.context()));
  }

  /** So many seconds pass. */
  wait(seconds: number): this {
    this.nowMs += seconds * 1000;
    return this;
  }

  /** What is told now, without its moments: `[what it is about, state, detail]`. */
  news() {
    return this.pullNews().delivered.map(({ ref, address, state, detail }) => [ref ?? address, state, detail]);
  }

  /** What a resident reads on the phone. */
  read(of: string = ADA): string[] {
    return people.textsOn(this.state, of, this.nowMs).map(({ body }) => body);
  }
}

export { NUMBER, SERVICE };
