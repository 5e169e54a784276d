/** The one door for a browser or the command line: what may be called, by whom, and the answer in words. Nothing else is reachable. */

import { logLine } from '../domain/wishes';
import type { Answer } from '../ports';
import { type App, errorText, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { atLeast, type Person } from '../run/person';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import { BOOK_CALLS } from './book-calls';
import type { Call } from './call';
import { DESK_CALLS } from './desk/calls';
import { personOf } from './person';
import { trouble } from './trouble';

export type { Answer } from '../ports';

/** Every function that may be called, with the role that may. A test holds the names against the docs. */
export const CALLS: Readonly<Record<string, Call>> = { ...BOOK_CALLS, ...DESK_CALLS };

/** The answer of every call: a value, or a refusal in words. Never an exception's own text, never a stack. */
export function answer(app: App, name: string, args: readonly unknown[]): Answer {
  const known = Object.keys(CALLS).includes(name) ? CALLS[name] : undefined;
  if (!known) return trouble(app, 'unknown', `There is nothing called "${String(name).slice(0, 60)}".`);
  const person = personOf(app);
  if (!atLeast(person.role, known.role)) return refused(app, name, known, person);
  if (known.whole && person.properties)
    return trouble(app, 'role', 'This tells of the whole book, and you see some properties only.');
  try {
    const value = known.run({ ...app, person }, args[0] ?? {});
    return value === 'busy' ? trouble(app, 'busy', 'Another run is at work on this ledger.') : { ok: true, value };
  } catch (error) {
    if (error instanceof Error && error.name === 'BookBroken') return trouble(app, 'book', errorText(error));
    if (error instanceof Error && error.name === 'BadArguments') return trouble(app, 'arguments', errorText(error));
    throw error;
  }
}

/** An attempt to change something without the role is told in the Log, as far as the Log can be written. */
function refused(app: App, name: string, known: Call, person: Person): Answer {
  const who = person.mail || 'an unknown user';
  app.host.note(`refused ${name} for ${who} (${person.role})`);
  if (known.changes) tellRefusal(app, `${name} refused: it needs the ${known.role}, and ${who} is ${person.role}`);
  const owner = app.host.documentStore.get('owner') ?? 'the person who set it up';
  return trouble(app, 'role', `This needs the ${known.role} of this ledger. Ask ${owner}.`);
}

function tellRefusal(app: App, what: string): void {
  try {
    withLock(app, () =>
      commit(app.host, loadBook(app.host), runNow(app), { log: [logLine(runNow(app), 'refused', what)] }),
    );
  } catch (error) {
    app.host.note(`The refusal is not in the Log: ${errorText(error)}`);
  }
}

/** An answer as one line for a person. */
export function answerText(answer: Answer): string {
  if (!answer.ok) return answer.error;
  const report = (answer.value ?? {}) as {
    trouble?: string;
    problems?: readonly string[];
    ok?: boolean;
    connected?: boolean;
    reason?: string;
    account?: string;
  };
  if (report.connected === false) return report.reason ?? 'It could not be connected.';
  if (report.connected) return `Connected${report.account ? `: ${report.account}` : ''}.`;
  if (report.trouble) return report.trouble;
  if (report.ok === true) return 'Ledger and log are whole.';
  const [first] = report.problems ?? [];
  return first ? `${report.problems?.length} to look at: ${first}` : 'Done. The Log tells what changed.';
}
