/** One line about a row: what is wrong with it, or what is worth a look. */
import { Icon } from './icon';

export const Remark = ({ tone, text }: { readonly tone: 'bad' | 'due'; readonly text: string }) => (
  <p class={`remark ${tone}`}>
    <Icon name={tone === 'bad' ? 'close' : 'warn'} />
    <span>
      <span class="unseen">{tone === 'bad' ? 'Problem: ' : 'Look: '}</span>
      {text}
    </span>
  </p>
);
