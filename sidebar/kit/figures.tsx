/** Money, days and standings as people read them. */
import type { Money as Amount } from '../../src/api/desk/told';
import { Icon, type IconName } from './icon';
import { dayText, moneyText } from './words';

export const Money = ({ of }: { readonly of: Amount }) => <span class="money">{moneyText(of)}</span>;

export const DayOf = ({ day }: { readonly day: string }) => <time dateTime={day}>{dayText(day)}</time>;

const STANDINGS: Readonly<Record<string, readonly [tone: string, icon: IconName]>> = {
  paid: ['good', 'check'],
  due: ['due', 'half'],
  grace: ['due', 'half'],
  partial: ['due', 'half'],
  late: ['bad', 'warn'],
  notice: ['bad', 'warn'],
  processing: ['info', 'clock'],
  plan: ['plan', 'hands'],
  disputed: ['plan', 'hands'],
  hold: ['none', 'pause'],
};

export type Tone = 'good' | 'due' | 'bad' | 'info' | 'plan' | 'none';

/** A word with its drawing; colour only repeats what the word says. */
export const Chip = ({ tone, icon, text }: { readonly tone: Tone | string; readonly icon: IconName; text: string }) => (
  <span class={`chip ${tone}`}>
    <Icon name={icon} />
    {text}
  </span>
);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The chip of a lease: `standing` is `late 6 days`, `word` its kind. */
export function StatusChip({ word, standing }: { readonly word: string; readonly standing?: string }) {
  const [tone, icon] = STANDINGS[word] ?? ['none', 'dash'];
  return <Chip tone={tone} icon={icon} text={capital(standing ?? word)} />;
}
