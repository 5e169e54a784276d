/** What a person writes into the grid: typed, pasted, cleared, undone; with the questions that Sheets asks. */
import { signal } from '@preact/signals';
import type { EditReply } from '../../grid-types';
import { askPerson } from '../dialog';
import { ask } from '../net';
import { takeShown } from '../script';
import { acting } from '../store';
import { showDone, showTrouble } from '../toast';

type Rows = readonly (readonly string[])[];
export type Typed = { readonly text: string } | { readonly rows: Rows };

interface Step {
  readonly sheet: string;
  readonly a1: string;
  readonly before: Rows;
  readonly after: Typed;
}

const MOST_STEPS = 100;
const QUIET_MS = 5 * 60_000;
export const undone = signal<readonly Step[]>([]);
export const done = signal<readonly Step[]>([]);
/** Until when the warning of a tab is not shown again, in epoch ms. */
const quietUntil = new Map<string, number>();

async function confirmed(sheet: string, text: string): Promise<boolean> {
  const { button, isChecked } = await askPerson({
    title: 'Heads up!',
    text,
    buttons: ['OK', 'Cancel'],
    check: 'Do not show this again for 5 minutes',
  });
  if (button === 'OK' && isChecked) quietUntil.set(sheet, performance.now() + QUIET_MS);
  return button === 'OK';
}

async function send(sheet: string, a1: string, typed: Typed): Promise<EditReply | undefined> {
  const entry = { sheet, a1, ...typed, user: acting() };
  const isConfirmed = (quietUntil.get(sheet) ?? 0) > performance.now();
  const reply = await ask<EditReply>('/api/enter', { ...entry, isConfirmed });
  if (reply.asks === undefined) return reply;
  if (!(await confirmed(sheet, reply.asks))) return undefined;
  return ask<EditReply>('/api/enter', { ...entry, isConfirmed: true });
}

/** Tells what became of an entry; true when it was taken. */
async function take(reply: EditReply): Promise<boolean> {
  takeShown(reply);
  for (const failure of reply.failures)
    showTrouble(`The edit is in the sheet; the script behind it failed: ${failure}`);
  if (reply.accepted) return true;
  await askPerson({ title: 'There was a problem', text: reply.message ?? 'Sheets did not take it.', buttons: ['OK'] });
  return false;
}

async function write(sheet: string, a1: string, typed: Typed): Promise<EditReply | undefined> {
  try {
    const reply = await send(sheet, a1, typed);
    return reply !== undefined && (await take(reply)) ? reply : undefined;
  } catch (error) {
    showTrouble((error as Error).message);
    return undefined;
  }
}

/** Types a text (into each cell of a block) or pastes rows; true when Sheets took it. */
export async function enter(sheet: string, a1: string, typed: Typed): Promise<boolean> {
  const reply = await write(sheet, a1, typed);
  if (reply === undefined) return false;
  done.value = [...done.value.slice(1 - MOST_STEPS), { sheet, a1: reply.a1, before: reply.before, after: typed }];
  undone.value = [];
  return true;
}

/** One cell goes back as typed text, so that the script sees its value; a block as a paste. */
const former = (rows: Rows): Typed =>
  rows.length === 1 && rows[0]?.length === 1 ? { text: rows[0][0] ?? '' } : { rows };

/** Writes back what stood there before one's last edit. */
export async function undo(): Promise<void> {
  const step = done.value.at(-1);
  if (step === undefined) return;
  done.value = done.value.slice(0, -1);
  if ((await write(step.sheet, step.a1, former(step.before))) === undefined) return;
  undone.value = [...undone.value, step];
  showDone(`Undone: ${step.sheet} ${step.a1}`);
}

export async function redo(): Promise<void> {
  const step = undone.value.at(-1);
  if (step === undefined) return;
  undone.value = undone.value.slice(0, -1);
  if ((await write(step.sheet, step.a1, step.after)) === undefined) return;
  done.value = [...done.value, step];
  showDone(`Done again: ${step.sheet} ${step.a1}`);
}

/** After another world has come in, former texts belong to none of its cells. */
export function forgetSteps(): void {
  done.value = [];
  undone.value = [];
}
