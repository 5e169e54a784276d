/** A desk over a small world, saved in a folder of its own, as the page's server has one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenBook } from '../../local/cli/book';
import { Desk } from '../../local/page/server/desk';
import type { World } from '../worlds';

const desks: Desk[] = [];

export function deskOf(world: World): Desk {
  const path = mkdtempSync(join(tmpdir(), 'rent-ledger-desk-'));
  const book: OpenBook = { path, world, touch: () => undefined, save: () => book.world.save(path) };
  const desk = new Desk(book);
  desks.push(desk);
  return desk;
}

/** Takes away what the desks of a test have written. */
export function clearDesks(): void {
  for (const desk of desks.splice(0)) {
    desk.saver.flush();
    rmSync(desk.book.path, { recursive: true, force: true });
  }
}
