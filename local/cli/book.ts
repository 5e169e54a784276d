/** A BOOK: the folder that holds one world, opened under its lock, saved when something was done, and recorded on wish. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sandboxes } from '../vendors';
import { World, type WorldOptions } from '../world';
import { Refused } from './errors';
import type { Io } from './io';
import { lockBook } from './lock';

/** A world in use. Whoever changes it calls `touch`, so that it is saved even when the work fails half-way. */
export interface OpenBook {
  readonly path: string;
  world: World;
  touch(): void;
  /** Saves at once what was touched. */
  save(): void;
}

export interface BookRequest {
  readonly path: string;
  readonly verb: string;
  /** Where to write the HTTP exchanges of the run. */
  readonly har?: string;
}

/** The absolute path of a file or folder named on the command line. */
export const fromCwd = (io: Io, path: string): string => resolve(io.cwd, path);

export const holdsWorld = (path: string): boolean => existsSync(join(path, 'world.json'));

function requireBundle(io: Io): void {
  if (existsSync(join(io.dist, 'Code.js'))) return;
  throw new Refused(`There is no built add-on in ${io.dist}. Run \`npm run build\` first.`);
}

/** A new world that runs the built add-on with every sandbox. */
export function newWorld(io: Io, options: Omit<WorldOptions, 'bundle' | 'sandboxes'>): World {
  requireBundle(io);
  return World.create({ ...options, bundle: io.dist, sandboxes });
}

function openWorld(io: Io, path: string): World {
  if (!holdsWorld(path)) {
    throw new Refused(
      `${path} holds no book. Make one with \`new --book ${path} --on YYYY-MM-DD\` or \`demo --book ${path}\`.`,
    );
  }
  requireBundle(io);
  try {
    return World.open(path, { bundle: io.dist, sandboxes });
  } catch (error) {
    throw new Refused(
      `The book in ${path} cannot be read (${(error as Error).message}). Restore the folder from a copy.`,
    );
  }
}

function openBook(world: World, path: string): OpenBook & { isTouched(): boolean } {
  let touched = false;
  const book = {
    path,
    world,
    touch: () => {
      touched = true;
    },
    isTouched: () => touched,
    save: () => {
      if (!touched) return;
      book.world.save(path);
      touched = false;
    },
  };
  return book;
}

/** Writes a text file, making its folder. Throws {@link Refused} when it cannot be written. */
export function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new Refused(`${path} cannot be written: ${(error as Error).message}`);
  }
}

/** Works on a book under its lock. `make` gives a world to a folder that has none yet. */
async function withWorld<T>(
  request: BookRequest,
  make: () => World,
  work: (book: OpenBook) => T | Promise<T>,
): Promise<T> {
  const unlock = lockBook(request.path, request.verb);
  try {
    const book = openBook(make(), request.path);
    const recorder = request.har === undefined ? undefined : book.world.record();
    try {
      return await work(book);
    } finally {
      book.save();
      if (request.har !== undefined) writeText(request.har, `${JSON.stringify(recorder, null, 1)}\n`);
    }
  } finally {
    unlock();
  }
}

/** Works on the book that the folder holds. Throws {@link Refused} when it holds none or another process uses it. */
export function withBook<T>(io: Io, request: BookRequest, work: (book: OpenBook) => T | Promise<T>): Promise<T> {
  if (!holdsWorld(request.path)) openWorld(io, request.path);
  return withWorld(request, () => openWorld(io, request.path), work);
}

/** Works on a new book in a folder. Throws {@link Refused} when it holds one already, unless `force` says so. */
export function withNewBook<T>(
  request: BookRequest & { readonly force: boolean },
  make: () => World,
  work: (book: OpenBook) => T | Promise<T>,
): Promise<T> {
  if (holdsWorld(request.path) && !request.force) {
    throw new Refused(`${request.path} holds a book already. Choose another folder, or say --force to replace it.`);
  }
  const fresh = () => {
    // Days of the book that was here before are no past of this one.
    rmSync(join(request.path, 'past'), { recursive: true, force: true });
    return make();
  };
  return withWorld(request, fresh, work);
}
