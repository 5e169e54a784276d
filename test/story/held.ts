/** What every story must come to: all operations seen, the same money everywhere, nothing failed, and traffic as the vendors publish it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Played } from '../../local/story/play';
import { ROOT } from '../simulation/bundle';
import { CommandLine } from '../simulation/cli';

const CHECK = join(ROOT, '../shared/contracts/check.mjs');
const isThere = existsSync(CHECK);

/** `published` are platforms whose descriptions the checker has, `effects` those that must have been sent: `square adopt`. */
export function holdsTheStory(name: string, published: readonly string[], effects: readonly string[] = []): void {
  if (!isThere) console.log(`skipped: the story ${name} against published descriptions, because ../shared is absent`);
  const line = new CommandLine();
  let played: Played & { readonly ok: boolean };
  let exit: number;

  beforeAll(async () => {
    const told = await line.json<Played & { ok: boolean }>('story', name, '--har', `${name}.har`);
    played = told.json;
    exit = told.exit;
  }, 600_000);
  afterAll(() => line.close());

  it('sees every operation of every connector at least once', () => {
    expect(played.unseen).toEqual([]);
  });

  it('ends with the same money in the ledger as at each platform', () => {
    expect(played.apart).toEqual([]);
    expect(played.receipts).toBeGreaterThan(0);
    expect(exit).toBe(0);
  });

  it('leaves no effect that failed and none of which nobody knows', () => {
    expect(played.failed).toEqual([]);
    expect(played.effects.sent).toBeGreaterThan(0);
    expect(effects.filter((each) => !played.sent.includes(each))).toEqual([]);
  });

  (isThere ? it : it.skip)(
    'fits what the platforms publish about themselves',
    () => {
      const args = [CHECK, line.path(`${name}.har`)];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
      expect(stdout).toMatch(/\b0 failed/);
      for (const platform of published)
        expect(stdout).toMatch(new RegExp(`^${platform} +[1-9]\\d* fit +0 do not`, 'm'));
    },
    300_000,
  );
}
