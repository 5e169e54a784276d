/** What the command line needs of its surroundings, so that a test can stand in for the terminal. */
import { join } from 'node:path';

export interface Io {
  /** Standard output. */
  out(text: string): void;
  /** Standard error: progress and complaints. */
  err(text: string): void;
  /** The folder that the person stands in; paths on the command line start here. */
  readonly cwd: string;
  /** The folder of the program's own sources. */
  readonly root: string;
  /** The folder that is pushed to Google. */
  readonly dist: string;
  /** Fires at Ctrl-C: long work stops at the next whole step and is saved. */
  readonly stop: AbortSignal;
  /** A terminal, where a progress line may be written over. */
  readonly isTerminal: boolean;
}

/** The terminal of this process; `close` gives Ctrl-C back. */
export function systemIo(): Io & { close(): void } {
  const controller = new AbortController();
  const stop = () => {
    // The second Ctrl-C is meant: no more waiting for a whole step.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const root = process.cwd();
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.env.INIT_CWD ?? root,
    root,
    dist: join(root, 'dist'),
    stop: controller.signal,
    isTerminal: process.stderr.isTTY === true,
    close: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
