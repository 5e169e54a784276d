/** Former moments of a whole world, kept in folders beside it, so that a person can go back a day. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { World } from '../../world';

/** Older ones are thrown away. */
const MOST = 7;
const MOMENT = /^\d+$/;

export class Past {
  private readonly folder: string;

  /** `book` is the folder of the world; its past lies in a folder of its own inside. */
  constructor(book: string) {
    this.folder = join(book, 'past');
  }

  /** Keeps the world as it is now. Whole before it is named, because a crash may come at any time. */
  keep(world: World): void {
    world.save(join(this.folder, String(world.now)));
    const moments = this.moments();
    for (const atMs of moments.slice(0, Math.max(0, moments.length - MOST))) this.drop(atMs);
  }

  /** The last moment that was kept before `nowMs`; undefined when there is none. */
  before(nowMs: number): number | undefined {
    return this.moments()
      .filter((atMs) => atMs < nowMs)
      .at(-1);
  }

  /** The world as it was at a kept moment; that moment is the present from now on, and later ones are dropped. */
  restore(atMs: number, today: World): World {
    const { bundle, sandboxes } = today;
    const world = World.open(join(this.folder, String(atMs)), { bundle, sandboxes });
    world.webAppUrl = today.webAppUrl;
    if (today.recorder !== undefined) world.recorder = today.recorder;
    for (const kept of this.moments()) if (kept >= atMs) this.drop(kept);
    return world;
  }

  /** Kept moments in epoch ms, the earliest first. */
  private moments(): number[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => MOMENT.test(name) && existsSync(join(this.folder, name, 'world.json')))
      .map(Number)
      .sort((one, other) => one - other);
  }

  private drop(atMs: number): void {
    rmSync(join(this.folder, String(atMs)), { recursive: true, force: true });
  }
}
