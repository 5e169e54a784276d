/** Who can sit at the keyboard: the owner, and the managers and viewers whom the Settings tab names. */
import { OWNER } from '../../cli/setup';
import { rowsOf } from '../../cli/tabs';
import type { World } from '../../world';
import type { Person } from '../types';

/** While the Settings tab names nobody, one of each can be tried. */
const STRANGERS: readonly Person[] = [
  { email: 'manager@example.com', role: 'manager' },
  { email: 'viewer@example.com', role: 'viewer' },
];
const ROLES = { managers: 'manager', viewers: 'viewer' } as const;

const emailsIn = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word.includes('@'));

function named(world: World): Person[] {
  return [...rowsOf(world, 'Settings')].flatMap(({ Setting = '', Value = '' }) => {
    const role = ROLES[Setting.trim().toLowerCase() as keyof typeof ROLES];
    return role === undefined ? [] : emailsIn(Value).map((email): Person => ({ email, role }));
  });
}

/** The owner first; nobody twice. */
export function peopleOf(world: World): Person[] {
  const found = named(world);
  const others = [...found, ...STRANGERS.filter(({ role }) => !found.some((each) => each.role === role))];
  const owner: Person = { email: world.owner || OWNER, role: 'owner' };
  const seen = new Set([owner.email]);
  return [owner, ...others.filter(({ email }) => !seen.has(email) && seen.add(email))];
}
