/** The steps of the wizard in their order, with their titles. */
import type { SetupStep, SetupView } from '../../../src/api/desk/setup';

export type Page = SetupStep | 'done';

export const PAGES: readonly Page[] = ['choose', 'leases', 'facts', 'connect', 'messages', 'dry run', 'done'];

export const TITLES: Readonly<Record<Page, string>> = {
  choose: 'Choose where to begin',
  leases: 'Bring in the leases',
  facts: 'Check the facts',
  connect: 'Connect a source of money',
  messages: 'Read the messages',
  'dry run': 'Try it without sending',
  done: 'Turn it on',
};

/** Where somebody left off, or the step that they asked for. */
export function pageOf({ step }: SetupView, wanted: string | undefined): Page {
  return PAGES.find((page) => page === wanted) ?? step;
}

export const after = (page: Page): Page => PAGES[Math.min(PAGES.indexOf(page) + 1, PAGES.length - 1)] ?? 'done';
export const before = (page: Page): Page | undefined => PAGES[PAGES.indexOf(page) - 1];

/** What every step is handed. */
export interface StepProps {
  readonly view: SetupView;
  /** Shown above the step until the next thing is said. */
  readonly onSaid: (text: string) => void;
  /** Ticks the step off and goes on. */
  readonly onDone: () => void;
  readonly leaving: boolean;
}
