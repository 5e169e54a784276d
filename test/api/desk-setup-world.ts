/** The wizard's calls as a person makes them, on the built add-on. */
import type { CallName, Calls } from '../../src/api/desk/contract';
import { OWNER, type World } from '../worlds';

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: string;
  readonly kind?: string;
}

export function answerTo(world: World, name: string, args: object = {}, user: string = OWNER): Answer {
  const run = world.run('api', [name, [args]], { trigger: 'sidebar', user });
  if (!run.ok) throw new Error(`${name}: ${run.error?.message ?? 'it crashed'}`);
  return run.value as Answer;
}

/** The value of a call, whatever kind it is. Throws when the gateway itself refuses. */
export function ask<Name extends CallName>(
  world: World,
  name: Name,
  args: Calls[Name]['args'],
  user: string = OWNER,
): Calls[Name]['value'] {
  const answer = answerTo(world, name, args, user);
  if (!answer.ok) throw new Error(`${name}: ${answer.error}`);
  return answer.value as Calls[Name]['value'];
}

let clicks = 0;
export const click = (): { readonly request: string } => ({ request: `click${++clicks}` });

/** The value where it is no refusal; a refusal fails the test with its words. */
export function given<T extends object>(value: T): Exclude<T, { refused: string }> {
  if ('refused' in value) throw new Error(`refused: ${JSON.stringify(value.refused)}`);
  return value as Exclude<T, { refused: string }>;
}

export const refusal = (value: object): string => ('refused' in value ? String(value.refused) : '');

const PEOPLE = ['Leases', 'Properties', 'Terms', 'Links', 'Ladder', 'Templates', 'Settings'];

/** Every cell, format, note and rule of people's tabs, as the workbook keeps them. */
export function peopleTabs(world: World): string {
  const { sheets } = world.workbook.toJSON() as unknown as { sheets: { title: string }[] };
  return JSON.stringify(sheets.filter((sheet) => PEOPLE.includes(sheet.title)));
}

/** Everything in the world that a script could have changed, but for the record that it ran. */
export const everything = (world: World): string =>
  JSON.stringify([
    world.workbook.toJSON(),
    world.properties,
    world.triggers,
    world.mailbox.length,
    world.state.vendors,
  ]);
