/** What failed, as mails to the owner and a line in Slack that are committed together with whatever found it. */
import type { Intent } from '../domain/book';
import type { FailureKind } from '../domain/failure-words';
import { type Failure, failureIntents } from '../domain/failures';
import { textOf } from '../sheet/cells';
import type { Loaded } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { type App, connectorOf, runNow } from './app';
import type { Kept } from './told';

const GMAIL = 'gmail';
/** Of these failures it matters whether payments are read there. */
const OF_READING: readonly FailureKind[] = ['sign-in', 'down', 'behind'];

export function failureAt(app: App, platform: string, kind: FailureKind, said: string): Failure {
  const connector = connectorOf(app, platform);
  const title = connector?.title ?? (platform === GMAIL ? 'Gmail' : platform);
  const isMoney = connector?.receipts !== undefined && OF_READING.includes(kind);
  return { platform, title, kind, isMoney, said };
}

/** Nothing where the Settings tab says so, and nothing that was told today. */
export function failuresToTell(app: App, loaded: Loaded, failures: readonly Failure[]): readonly Intent[] {
  const { book } = loaded;
  if (failures.length === 0 || book.settings.failureAlerts === false) return [];
  const told = {
    to: readersOf(app.host.documentStore.get('owner') ?? '', book.settings.digestTo),
    carriers: carriersOf(app, loaded),
    link: linkTo(loaded.marks.workbookId),
  };
  const known = new Set(loaded.outbox.map((row) => row.key));
  const intents = failureIntents(book, runNow(app), failures, told).filter((intent) => !known.has(intent.key));
  if (intents.length > 0) effectsComing(app);
  return intents;
}

export const linkTo = (workbookId: string): string => `https://docs.google.com/spreadsheets/d/${workbookId}/edit`;

/** The owner, and whom the Settings tab names for the digest; each once. */
export function readersOf(owner: string, digestTo: string): readonly string[] {
  const all = [owner, ...digestTo.split(',')].map((each) => each.trim()).filter((each) => each !== '');
  return all.filter((each, at) => all.findIndex((other) => other.toLowerCase() === each.toLowerCase()) === at);
}

/** What carries mail, first of all that of the Settings tab; Gmail needs no key. */
function carriersOf(app: App, { book, connections }: Loaded): readonly string[] {
  const works = (id: string): boolean => {
    const row = connections.find((each) => each.platform === id);
    return id === GMAIL ? textOf(row?.cells[1]) !== 'paused' : textOf(row?.cells[1]) === 'connected';
  };
  const others = app.connectors.filter(({ effects }) => effects?.mail !== undefined).map(({ id }) => id);
  return [...new Set([book.settings.mailBy, GMAIL, ...others])].filter(works);
}

// ---------------------------------------------------------------- for a run that cannot read the sheet

const ALERTS = 'failure-alerts';

/** Whom to tell, in which language, with which link, as the last run of a day found the Settings tab. */
export const alertsKept = ({ book: { settings }, marks }: Loaded): Readonly<Record<string, string>> => ({
  [ALERTS]:
    settings.failureAlerts === false
      ? 'off'
      : JSON.stringify({ to: settings.digestTo, language: settings.digestLanguage, link: linkTo(marks.workbookId) }),
});

export interface AlertsHint {
  readonly to?: string;
  readonly language?: string;
  readonly link?: string;
}

export function alertsHint(kept: Kept): AlertsHint | 'off' | undefined {
  const text = kept[ALERTS];
  if (text === 'off') return text;
  try {
    return JSON.parse(text ?? '') as AlertsHint;
  } catch {
    return undefined;
  }
}
