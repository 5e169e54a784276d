/** The Log's kinds in groups that people filter by, and which lines tell of trouble. */

export const LOG_GROUPS = ['money', 'messages', 'tasks', 'decisions', 'edits', 'runs', 'connections'] as const;
export type LogGroup = (typeof LOG_GROUPS)[number];

/** A kind that ends in a blank stands for all that begin so. */
const KINDS: Readonly<Record<LogGroup, readonly string[]>> = {
  money: [
    'charge',
    'receipt',
    'credit',
    'reversal',
    'reinstatement',
    'allocation',
    'deposit',
    'pause',
    'plan',
    'receipt waits',
    'payment ',
  ],
  messages: ['rung', 'release', 'effect ', 'not sent', 'goes one way only', 'delivery', 'contact'],
  tasks: ['task'],
  decisions: ['act', 'request', 'undo', 'approval', 'refused', 'setup', 'hand-over', 'resident', 'packet', 'page'],
  edits: ['edit', 'import', 'lease', 'setting'],
  runs: ['run', 'problem', 'repair'],
  connections: ['connection', 'link ended'],
};

const isOf = (kinds: readonly string[], kind: string): boolean =>
  kinds.some((each) => (each.endsWith(' ') ? kind.startsWith(each) : each === kind));

/** False for a group that nobody knows: it lists nothing. */
export const isInGroup = (group: string, kind: string): boolean => {
  const known = LOG_GROUPS.find((each) => each === group);
  return known !== undefined && isOf(KINDS[known], kind);
};

const TROUBLE = ['problem', 'refused', 'effect failed', 'effect unsure', 'payment failed', 'receipt waits', 'not sent'];
const WORKS = /works again$/;

/** `Stripe: The credentials were refused…` is trouble, `Stripe connected: …` and `Stripe: works again` are not. */
export const isTrouble = (kind: string, what: string, titles: readonly string[]): boolean =>
  TROUBLE.includes(kind) ||
  (kind === 'connection' && titles.some((title) => what.startsWith(`${title}: `)) && !WORKS.test(what));
