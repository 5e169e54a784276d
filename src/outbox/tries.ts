/** What earlier tries of a message said, as long as nobody knows whether they left: it may have changed with the ledger since. */
import type { OutboxRow } from '../domain/book';
import type { Rendered } from './rendered';

export interface Try {
  /** The digest of what was said. */
  readonly content: string;
  /** Of a text message, which is looked for by its words. */
  readonly words?: string;
}

const MOST = 3;

export const isTry = (value: unknown): value is Try => typeof (value as Try | null)?.content === 'string';

export const triesOf = ({ payload }: Pick<OutboxRow, 'payload'>): readonly Try[] =>
  Array.isArray(payload.tried) ? payload.tried.filter(isTry) : [];

export const tryOf = ({ message, content }: Rendered): Try =>
  message.kind === 'text' ? { content, words: message.text } : { content };

/** The row's payload with one more of them. */
export function triedToo(row: OutboxRow, made: Try | undefined): OutboxRow['payload'] {
  if (!made) return row.payload;
  const others = triesOf(row).filter(({ content }) => content !== made.content);
  return { ...row.payload, tried: [...others, made].slice(-MOST) };
}

/** Where a message is known to be, its tries are of no more use. */
export function untried(payload: OutboxRow['payload']): OutboxRow['payload'] {
  const { tried: _, ...rest } = payload;
  return rest;
}
