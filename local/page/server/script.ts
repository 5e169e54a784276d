/** The script as the person at the keyboard meets it: its menus, its questions, and the calls of its sidebar. */
import { failureText } from '../../cli/api';
import { Refused } from '../../cli/errors';
import type { RunResult } from '../../host/state';
import type { World } from '../../world';
import type { GivenAnswer, MenuItem, MenuReply, MenuView, Question, ScriptReply } from '../grid-types';
import type { Desk } from './desk';
import { shownBy, watch } from './shown';

/** Opens the file as that person, which builds the menus; while something runs they stay as they are. */
export function openFile(desk: Desk, user: string): readonly MenuView[] {
  const { world } = desk;
  if (desk.running === undefined) {
    const before = [...world.ui.menus];
    world.ui.menus = [];
    silently(world, () => world.visit(user));
    if (world.ui.menus.length === 0) world.ui.menus = before;
  }
  return world.ui.menus as MenuView[];
}

/** A look moves no clock. */
function silently<T>(world: World, work: () => T): T {
  const { nowMs } = world.state;
  const done = work();
  world.state.nowMs = nowMs;
  return done;
}

function* functionsIn(items: readonly MenuItem[]): Generator<string> {
  for (const item of items) {
    if ('functionName' in item) yield item.functionName;
    if ('submenu' in item) yield* functionsIn(item.submenu.items);
  }
}

const BUTTONS: Readonly<Record<string, readonly string[]>> = {
  OK: ['OK'],
  OK_CANCEL: ['OK', 'CANCEL'],
  YES_NO: ['YES', 'NO'],
  YES_NO_CANCEL: ['YES', 'NO', 'CANCEL'],
};

function questionOf(alert: unknown): Question {
  const { kind, text } = alert as { readonly kind: Question['kind']; readonly text: readonly unknown[] };
  const { title = '', prompt = '', buttons = 'OK' } = (text[0] ?? {}) as Record<string, unknown>;
  return { kind, title: String(title), text: String(prompt), buttons: BUTTONS[String(buttons)] ?? ['OK'] };
}

/**
 * Runs a menu item on a copy of the world. If it asks the person something that is not answered yet, the copy is thrown
 * away and the question is told; otherwise the copy becomes the world. So nothing ever runs with a guessed answer.
 */
export function runMenu(desk: Desk, functionName: string, answers: readonly GivenAnswer[], user: string): MenuReply {
  desk.requireIdle();
  const { world, book } = desk;
  const known = (world.ui.menus as MenuView[]).some(({ items }) => [...functionsIn(items)].includes(functionName));
  if (!known) throw new Refused(`No menu of the script has ${functionName}. Reload the page.`);
  const trial = world.clone();
  if (world.recorder !== undefined) trial.recorder = world.recorder;
  trial.ui.alerts = [];
  trial.ui.answers = answers.map((answer) => ({ ...answer }));
  const seen = watch(trial);
  const result = trial.run(functionName, [], { user });
  const open = trial.ui.alerts[answers.length];
  if (open !== undefined) return { revision: desk.revision, toasts: [], ok: true, question: questionOf(open) };
  trial.ui.answers = [];
  desk.change(() => {
    book.world = trial;
  });
  const error = result.ok ? {} : { error: failureText(result) };
  return { ...shownBy(desk, seen), ok: result.ok, ...error };
}

/** Everything but the cells that a call can change for good, as one text. */
function traces({ workbook, mailbox, properties, triggers }: World): string {
  return JSON.stringify([workbook.state.changes, mailbox.length, properties, triggers]);
}

const asked = (args: readonly unknown[]): string => (typeof args[0] === 'string' ? args[0] : '');

/** A request to a vendor may have changed something there. */
const wentOut = ({ calls }: RunResult): boolean => Object.keys(calls).some((name) => name.startsWith('UrlFetch'));

function moving(desk: Desk): ScriptReply {
  const message = `The clock is moving (${desk.running}). Nothing was done; try again when it stands.`;
  return { revision: desk.revision, toasts: [], ok: false, error: { name: 'Error', message } };
}

/** `google.script.run`: one call of the sidebar as that person. A call that only reads leaves neither trace nor time. */
export function callScript(desk: Desk, functionName: string, args: readonly unknown[], user: string): ScriptReply {
  if (desk.running !== undefined) return moving(desk);
  const { world } = desk;
  const [before, seen, { nowMs }] = [traces(world), watch(world), world.state];
  const result = world.run(functionName, args, { trigger: 'sidebar', user });
  const hadEffect = traces(world) !== before || wentOut(result);
  desk.polls.note(world, asked(args), hadEffect);
  if (hadEffect) desk.changed();
  else world.state.nowMs = nowMs;
  const shown = shownBy(desk, seen);
  if (result.ok) return { ...shown, ok: true, value: result.value ?? null };
  const { name = 'Error', message = failureText(result) } = result.error ?? {};
  return { ...shown, ok: false, error: { name, message } };
}
