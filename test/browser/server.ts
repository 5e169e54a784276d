/** A served book for the browser tests, and the browser itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withNewBook } from '../../local/cli/book';
import { main } from '../../local/cli/main';
import { bareWorld, setUpWorld } from '../../local/cli/setup';
import { DEMO_BOOK, makeDemo } from '../../local/demo';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import { builtBundle, ROOT } from '../simulation/bundle';

export { chromiumPath, launch } from '../../local/chromium';

export class ServedBook {
  readonly folder = mkdtempSync(join(tmpdir(), 'rent-ledger-page-'));
  url = '';
  private stopping = new AbortController();
  private done: Promise<number> = Promise.resolve(0);

  private get book(): string {
    return join(this.folder, 'book');
  }

  private io(out: (text: string) => void) {
    const { stopping, folder } = this;
    const dist = builtBundle();
    return { out, err: out, cwd: folder, root: ROOT, dist, stop: stopping.signal, isTerminal: false };
  }

  /** The whole demo portfolio, for its first days only. */
  async fill(until: string): Promise<void> {
    const io = this.io(() => undefined);
    const request = { path: this.book, verb: 'demo', force: false };
    await withNewBook(
      request,
      () => bareWorld(io, DEMO_BOOK),
      (book) => makeDemo(book, {}, until),
    );
  }

  /** A set-up book that somebody has filled by hand; no script runs for it. */
  async fillBy(hand: (world: World) => void): Promise<void> {
    const request = { path: this.book, verb: 'new', force: false };
    await withNewBook(
      request,
      () =>
        bareWorld(
          this.io(() => undefined),
          DEMO_BOOK,
        ),
      (book) => {
        setUpWorld(book.world, DEMO_BOOK);
        hand(book.world);
        book.touch();
      },
    );
  }

  /** The world as it was last saved; a copy, so that looking at it changes nothing. */
  world(): World {
    return World.open(this.book, { bundle: builtBundle(), sandboxes });
  }

  /** A world that was lived through elsewhere. */
  fillWith(world: World): void {
    world.save(this.book);
  }

  /** Starts the server as `npm start` does, on a free port. */
  async start(): Promise<void> {
    this.stopping = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string) => {
        if (!text.startsWith('http')) return reject(new Error(text));
        this.url = text.trim();
        resolve();
      };
      this.done = main(['serve', '--book', this.book, '--port', '0'], this.io(hear));
      this.done.then((exit) => exit !== 0 && reject(new Error(`serve ended with ${exit}`)), reject);
    });
  }

  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number> {
    this.stopping.abort();
    return this.done;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
