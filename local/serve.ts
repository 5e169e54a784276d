/** Serves one book in the browser, on this machine only, until it is told to stop. */
import type { OpenBook } from './cli/book';
import { Refused } from './cli/errors';
import { buildAssets } from './page/server/assets';
import { Desk } from './page/server/desk';
import { type Listening, listen } from './page/server/listen';
import { newDoor, pageApp } from './page/server/routes';

export interface Served {
  readonly url: string;
  /** Closes every connection; a run that is under way stops after its day and is saved. */
  close(): Promise<void>;
}

async function listenAt(app: Parameters<typeof listen>[0], port: number): Promise<Listening> {
  try {
    return await listen(app, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Refused(
      `Port ${port} is taken by another program. Choose another one with --port N, or --port 0 for any.`,
    );
  }
}

/** `root` is the folder of the sources; port 0 takes any free one. Throws {@link Refused} when the port is taken. */
export async function serveBook(book: OpenBook, root: string, port: number): Promise<Served> {
  const [desk, door] = [new Desk(book), newDoor()];
  const app = pageApp(desk, door, await buildAssets(root));
  const listening = await listenAt((request) => app.fetch(request), port);
  door.host = `127.0.0.1:${listening.port}`;
  return {
    url: `http://${door.host}/`,
    close: async () => {
      desk.stop();
      await listening.close();
      await desk.idle();
      desk.saver.flush();
      book.save();
    },
  };
}
