/** What a request says, read with care: numbers, objects, and people who exist. */
import type { Context } from 'hono';
import { UsageError } from '../../cli/errors';
import type { Desk } from './desk';
import { peopleOf } from './people';

export type Body = Readonly<Record<string, unknown>>;

/** A whole number from 0; the fallback for anything else. */
export function whole(text: string | undefined, fallback: number): number {
  const number = Number(text ?? fallback);
  return Number.isInteger(number) && number >= 0 ? number : fallback;
}

/** Throws {@link UsageError} when the body is no JSON object. */
export async function bodyOf(context: Context): Promise<Body> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  throw new UsageError('The request holds no JSON object.');
}

/** Throws {@link UsageError} when the field is no text. */
export function textIn(body: Body, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  throw new UsageError(`The request has no ${name}.`);
}

/** The person who acts; the owner when none is named. Throws {@link UsageError} for a stranger. */
export function personIn(desk: Desk, { user }: Body): string {
  if (user === undefined) return desk.world.owner;
  const person = peopleOf(desk.world).find(({ email }) => email === user);
  if (person !== undefined) return person.email;
  throw new UsageError(`${String(user)} is not among the people of this book. Choose somebody else under "You are".`);
}
