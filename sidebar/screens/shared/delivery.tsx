/** How a message goes, and what became of it: in words, with a drawing and the moment. */
import type { EffectLine } from '../../../src/api/desk/told';
import { Chip, dayText, type IconName, type Tone } from '../../kit';

interface Ended {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
}

const as = (tone: Tone, icon: IconName, text: string): Ended => ({ tone, icon, text });

/** What its platform told of it. */
const TOLD: Readonly<Record<string, Ended>> = {
  sent: as('info', 'clock', 'On its way'),
  delivered: as('good', 'check', 'Delivered'),
  failed: as('bad', 'warn', 'Did not arrive'),
  bounced: as('bad', 'warn', 'Bounced'),
  blocked: as('bad', 'warn', 'Blocked by the receiver'),
  complained: as('bad', 'warn', 'Marked as spam'),
  'opted out': as('bad', 'warn', 'Opted out'),
  'opted in': as('good', 'check', 'Opted in again'),
  unknown: as('due', 'half', 'Nobody tells whether it arrived'),
  opened: as('good', 'check', 'Opened'),
};

/** Where nothing was told yet, what the Outbox knows. */
const STATES: Readonly<Record<string, Ended>> = {
  'waiting for release': as('due', 'pause', 'Waits for you'),
  ready: as('info', 'clock', 'Leaves by itself'),
  sending: as('info', 'clock', 'Being sent'),
  failed: as('bad', 'warn', 'Not sent'),
  unsure: as('due', 'half', 'Perhaps sent'),
  cancelled: as('none', 'dash', 'Dropped'),
  sent: as('good', 'check', 'Sent'),
};

function endOf({ state, by, delivery, awaits }: EffectLine): Ended {
  if (delivery) return TOLD[delivery.state] ?? as('due', 'half', delivery.state);
  if (state === 'scheduled') return as('info', 'clock', `Waits at ${by}`);
  if (awaits) return as('info', 'clock', 'Sent, no answer yet');
  return STATES[state] ?? as('none', 'dash', state);
}

export function DeliveryChip({ effect }: { readonly effect: EffectLine }) {
  const { tone, icon, text } = endOf(effect);
  return <Chip tone={tone} icon={icon} text={text} />;
}

/** The clock of the property is named once for a list, and not with each moment. */
const moment = (at: string): string => dayText(at.replace(/ \([^)]*\)$/, ''));

/** `America/New_York`, of moments such as `2026-12-06 08:00 (America/New_York)`. */
export const clockIn = (at: string): string => /\(([^)]*)\)$/.exec(at)?.[1] ?? '';

const LEAVES = ['ready', 'scheduled'];

/** `Dec 6, 2026 08:00`, and of what has not left yet `until …`. */
export function whenText({ state, at, delivery }: EffectLine): string {
  if (delivery) return moment(delivery.at);
  return LEAVES.includes(state) ? `until ${moment(at)}` : moment(at);
}

/** Why it came to nothing, in the platform's own words or ours. */
export const troubleIn = ({ delivery, fault }: EffectLine): string => delivery?.detail || fault;

const WAYS: Readonly<Record<'email' | 'sms', string>> = { email: 'Mail', sms: 'Text' };

/** `Mail by SendGrid`, `Text by Twilio`, `Slack`. */
export const wayText = ({ way, by }: EffectLine): string => (way ? `${WAYS[way]} by ${by}` : by);

/** So much of a text message stands for it in a list. */
const HEAD = 60;

/** The first words of a text; a subject of a mail is short enough. */
export const firstWords = (subject: string, way: EffectLine['way']): string =>
  way === 'sms' && subject.length > HEAD ? `${subject.slice(0, HEAD).trimEnd()}…` : subject;

/** What a message is called in a list. */
export const headText = ({ subject, kind, way, by }: EffectLine): string =>
  subject === '' ? (way ? kind : `${kind} by ${by}`) : firstWords(subject, way);
