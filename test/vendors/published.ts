/** Holds recorded traffic against what a vendor publishes about itself, where those descriptions are at hand. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const DESCRIPTIONS = join(ROOT, '../shared/contracts');
const CHECKER = join(DESCRIPTIONS, 'check.mjs');

/** `it`, or a skipped one where the descriptions are absent. */
export const itIfPublished = existsSync(CHECKER) ? it : it.skip;
export const descriptionOf = (platform: string): string => join(DESCRIPTIONS, platform, 'openapi.json');

/**
 * A test that no exchange of the record differs from the vendor's description. `passed` is how many must be described there, and
 * `platform` takes them all for that one's.
 */
export function fitsWhatIsPublished(
  vendor: string,
  har: () => unknown,
  { passed, platform }: { readonly passed?: number; readonly platform?: string } = {},
): void {
  if (!existsSync(CHECKER))
    console.log(`skipped: ${vendor} against its description, because ../shared/contracts/check.mjs is absent`);
  const check = (): void => {
    const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-published-'));
    try {
      const path = join(folder, 'tour.har');
      writeFileSync(path, JSON.stringify(har()));
      const args = [CHECKER, path, '--verbose', ...(platform ? ['--platform', platform] : [])];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
      expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
      expect(stdout).toMatch(passed === undefined ? /\b0 failed/ : new RegExp(`\\b${passed} passed, 0 failed`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  itIfPublished('fits what the vendor publishes: nothing fails', check, 60_000);
}
