/** What the docs tell people to type is typed here: each command of the README, and each function for the script editor. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOf, loadBundle } from '../../local/host/bundle';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import { builtBundle, ROOT } from '../simulation/bundle';
import { CommandLine } from '../simulation/cli';
import { askApi, intentOf, leaseOf, smallWorld } from '../worlds';
import { codeOf, tablesOf } from './tables';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const README = read('README.md');

describe('the commands of the README', () => {
  const line = new CommandLine();
  afterAll(() => line.close());

  /** The words after `npm run local --`, with files and books inside the test's folder. */
  const wordsOf = (command: string) =>
    command
      .replace(/\/tmp\//g, '')
      .trim()
      .split(/\s+/);

  it('do what they say, one after the other', async () => {
    const [properties = '', leases = ''] = codeOf(README, 'csv');
    line.file('properties.csv', properties);
    line.file('leases.csv', leases);
    line.file('payments.json', codeOf(README, 'json')[0] ?? '');
    const block = codeOf(README, 'sh').find((code) => code.includes('npm run local')) ?? '';
    const walked = [...block.matchAll(/^npm run local -- (.+)$/gm)].map(([, command = '']) => command);
    const rows = tablesOf(README).find(({ headers }) => headers[0] === 'Verb')?.rows ?? [];
    const shown = rows.map((row) => (row['Example, after `npm run local --`'] ?? '').replace(/`/g, ''));
    // A page is served until Ctrl-C, and the demo has tests of its own.
    const examples = shown.filter((command) => !/^(serve|demo) /.test(command));
    expect([walked.length, examples.length]).toEqual([7, 12]);
    for (const command of [...walked, ...examples]) {
      const { exit, err } = await line.run(...wordsOf(command));
      expect([command, exit, exit === 0 ? '' : err]).toEqual([command, 0, '']);
    }
    const { json } = await line.json<{ leases: number; receipts: number }>('status', '--book', 'book');
    expect([json.leases, json.receipts]).toEqual([2, 1]);
  }, 120_000);
});

// ---------------------------------------------------------------- functions for the script editor

const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same world, its script one file longer. */
function withFile(world: World, file: string): World {
  const dir = builtBundle();
  world.save(folder);
  const code = `${readFileSync(join(dir, 'Code.js'), 'utf8')}\n${file}`;
  return World.open(folder, { bundle: bundleOf(code, loadBundle(dir).manifest), sandboxes });
}

/** Runs a function as the owner does in the editor, and gives what it printed. */
function printed(world: World, name: string): string {
  const { ok, error, log } = world.run(name);
  expect([name, ok, error?.message]).toEqual([name, true, undefined]);
  return log.join('\n');
}

/** A lease whose rent of December is late, and whose final notice waits; a payment waits too. */
function lateWorld(): World {
  const settings = { 'Books open on': '2026-12-01' };
  const world = smallWorld({ on: '2026-12-06', leases: [leaseOf('L-104')], settings });
  world.load('stripe', [intentOf('pi_123', 'nobody', 10_000, '2026-12-05T12:00:00Z', { metadata: {} })]);
  askApi(world, 'daily');
  // Two weeks without a trigger: what happens daily in between has its own tests.
  world.state.nowMs = Date.parse('2026-12-20T15:00:00Z');
  askApi(world, 'daily');
  askApi(world, 'poll');
  return world;
}

describe('the functions for the script editor', () => {
  it('of the README decide what waits for a person', () => {
    const world = withFile(lateWorld(), codeOf(README, 'js').join('\n'));
    expect(printed(world, 'letNoticeGo')).toContain('"state":"ready"');
    // It was sent, so that there is nothing to settle; a wrong key would be told apart.
    expect(printed(world, 'settleUnsure')).toContain('There is nothing to decide about it.');
    const byHand = printed(world, 'byHand');
    expect(byHand.match(/"done":true/g)).toHaveLength(4);
    expect(printed(world, 'makeOpeningsAnew')).toContain('"repaired":true');
    expect(askApi<{ ok: boolean }>(world, 'verify').ok).toBe(true);
  });

  it('of the connection pages connect and take away again', () => {
    const pages = ['stripe', 'slack', 'gmail'].map((id) => codeOf(read(`docs/connect/${id}.md`), 'js').join('\n'));
    // The key that the stand-in knows, where a person puts their own.
    const file = pages.join('\n').replace('rk_test_XXXX', 'sk_test_rentledger');
    const world = withFile(smallWorld({ on: '2026-12-01' }), file);
    expect(printed(world, 'connectStripe')).toContain('"connected":true');
    expect(printed(world, 'connectSlack')).toContain('"connected":true');
    expect(printed(world, 'showWebhookAddress')).toMatch(/platform=stripe&key=\w{64}/);
    printed(world, 'raiseMailQuota');
    expect(printed(world, 'disconnectStripe')).toContain('"removed":true');
    expect(askApi<{ poll: { result: string } }>(world, 'poll').poll.result).toBe('nothing connected');
  });
});
