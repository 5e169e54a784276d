/** Edits that could not be logged at once, because another run held the lock: kept in shared properties until one has it. */
import type { LogLine } from '../domain/book';
import type { App } from './app';

const PREFIX = 'edit:';

/** One property each: two people may type at the same moment. */
export function setAside(app: App, line: LogLine): void {
  const name = `${PREFIX}${app.host.digest.uuid()}`;
  app.host.documentStore.set(name, JSON.stringify({ ...line, key: name }));
}

export interface Aside {
  readonly names: readonly string[];
  readonly lines: readonly LogLine[];
}

/** Oldest first. */
export function editsAside(app: App): Aside {
  const kept = Object.entries(app.host.documentStore.all()).filter(([name]) => name.startsWith(PREFIX));
  const lines = kept.flatMap(([, text]) => lineFrom(text)).sort((a, b) => a.at - b.at);
  return { names: kept.map(([name]) => name), lines };
}

function lineFrom(text: string): readonly LogLine[] {
  try {
    const line = JSON.parse(text) as LogLine;
    return typeof line.at === 'number' && typeof line.what === 'string' ? [line] : [];
  } catch {
    return [];
  }
}

/** After they are in the Log; a kill before this logs them once more, under the same key. */
export function forgetAside(app: App, { names }: Aside): void {
  for (const name of names) app.host.documentStore.remove(name);
}
