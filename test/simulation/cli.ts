/** The command line of the local host within a test: the same verbs that a person types, on books in a folder that is swept away. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../local/cli/main';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import { builtBundle, ROOT } from './bundle';

export interface Said<Json> {
  readonly exit: number;
  readonly json: Json;
  readonly err: string;
}

export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), 'rent-ledger-cli-'));
  readonly dist = builtBundle();

  /** Runs one command with `--json`. */
  async json<Json = Record<string, unknown>>(...argv: readonly string[]): Promise<Said<Json>> {
    const { exit, out, err } = await this.run(...argv, '--json');
    return { exit, json: JSON.parse(out) as Json, err };
  }

  async run(...argv: readonly string[]): Promise<{ exit: number; out: string; err: string }> {
    const told = { out: '', err: '' };
    const exit = await main(argv, {
      out: (text) => {
        told.out += text;
      },
      err: (text) => {
        told.err += text;
      },
      cwd: this.folder,
      root: ROOT,
      dist: this.dist,
      stop: new AbortController().signal,
      isTerminal: false,
    });
    return { exit, ...told };
  }

  /** Writes a file beside the books. */
  file(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The world that a book holds, to look into. */
  world(book: string): World {
    return World.open(this.path(book), { bundle: this.dist, sandboxes });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
