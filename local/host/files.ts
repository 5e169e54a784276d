/** A world on disk: plain JSON, written beside the old files and put in place by one rename. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostState } from './state';

const WORLD = 'world.json';
const WORKBOOK = /^workbook-(\d+)\.json$/;

interface WorldFile {
  readonly workbook: string;
  readonly state: HostState;
}

function workbookFiles(dir: string): string[] {
  return readdirSync(dir).filter((name) => WORKBOOK.test(name));
}

/**
 * Writes both parts. The workbook gets a new name each time and `world.json` names the one it belongs to, so a crash
 * between the two leaves the old pair whole.
 */
export function writeWorld(dir: string, state: HostState, workbook: unknown): void {
  mkdirSync(dir, { recursive: true });
  const numbers = workbookFiles(dir).map((name) => Number(WORKBOOK.exec(name)?.[1]));
  const name = `workbook-${Math.max(0, ...numbers) + 1}.json`;
  writeFileSync(join(dir, name), JSON.stringify(workbook));
  const file: WorldFile = { workbook: name, state };
  const temporary = join(dir, `${WORLD}.tmp`);
  writeFileSync(temporary, JSON.stringify(file));
  renameSync(temporary, join(dir, WORLD));
  for (const old of workbookFiles(dir)) if (old !== name) rmSync(join(dir, old));
}

/** Reads what {@link writeWorld} wrote. Throws when the folder holds no world, or one of another version. */
export function readWorld(dir: string): { readonly state: HostState; readonly workbook: unknown } {
  const file = JSON.parse(readFileSync(join(dir, WORLD), 'utf8')) as WorldFile;
  if (file.state.version !== 1) throw new Error(`${dir} holds a world of version ${file.state.version}, not 1`);
  return { state: file.state, workbook: JSON.parse(readFileSync(join(dir, file.workbook), 'utf8')) };
}
