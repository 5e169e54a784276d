/** The messages story, played once: every platform does all it can, the ledger agrees with each, and the traffic fits what they publish. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Played } from '../../local/story/play';
import { ROOT } from '../simulation/bundle';
import { CommandLine } from '../simulation/cli';

const CHECK = join(ROOT, '../shared/contracts/check.mjs');
const isThere = existsSync(CHECK);
if (!isThere) console.log('skipped: the messages story against published descriptions, because ../shared is absent');

const PLATFORMS = [
  'azure-logic-apps',
  'docusign',
  'gmail',
  'google-sheets',
  'mailgun',
  'sap-concur',
  'sendgrid',
  'slack',
  'twilio',
];

describe('a month with messages, signatures and flows', () => {
  const line = new CommandLine();
  let played: Played & { readonly ok: boolean };
  let exit: number;

  beforeAll(async () => {
    const told = await line.json<Played & { ok: boolean }>('story', 'messages', '--har', 'messages.har');
    played = told.json;
    exit = told.exit;
  }, 600_000);
  afterAll(() => line.close());

  it('see every operation of every connector at least once', () => {
    expect(played.unseen).toEqual([]);
  });

  it('end with the same money in the ledger as at each platform', () => {
    expect(played.apart).toEqual([]);
    expect(played.receipts).toBeGreaterThan(0);
    expect(exit).toBe(0);
  });

  it('leave no effect that failed and none of which nobody knows', () => {
    expect(played.failed).toEqual([]);
    expect(played.effects.sent).toBeGreaterThan(0);
  });

  (isThere ? it : it.skip)(
    'fit what the platforms publish about themselves',
    () => {
      const args = [CHECK, line.path('messages.har')];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
      expect(stdout).toMatch(/\b0 failed/);
      for (const platform of PLATFORMS)
        expect(stdout).toMatch(new RegExp(`^${platform} +[1-9]\\d* fit +0 do not`, 'm'));
    },
    300_000,
  );
});
