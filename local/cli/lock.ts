/** One process at a time works on a BOOK: a lock file that says who holds it, and that outlives no process. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Refused } from './errors';

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly verb: string;
  readonly since: string;
}

const lockPath = (book: string): string => join(book, 'in-use.lock');

function isAlive(holder: Holder): boolean {
  // A process on another machine cannot be asked; the file is believed.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function tryTake(path: string, verb: string): boolean {
  const mine: Holder = { pid: process.pid, host: hostname(), verb, since: new Date().toISOString() };
  try {
    writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away the lock of a process that is gone. Renaming first lets only one of two rivals win. */
function clearStale(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Takes the lock and returns how to give it back. Throws {@link Refused} while a living process holds it. */
export function lockBook(book: string, verb: string): () => void {
  const path = lockPath(book);
  mkdirSync(book, { recursive: true });
  const release = () => rmSync(path, { force: true });
  if (tryTake(path, verb)) return release;
  const holder = holderOf(path);
  if (holder !== undefined && !isAlive(holder)) {
    clearStale(path);
    if (tryTake(path, verb)) return release;
  }
  const who = holderOf(path) ?? holder;
  const by = who === undefined ? 'another process' : `\`${who.verb}\` (process ${who.pid}, since ${who.since})`;
  throw new Refused(
    `${book} is in use by ${by}. Wait until it is done or stop it, then run this again. ` +
      `If no such process runs, delete ${path}.`,
  );
}
