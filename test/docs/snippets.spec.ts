/** What the docs tell people to type is typed here: each command of the README, and each function for the script editor. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOf, loadBundle } from '../../local/host/bundle';
import { sandboxes } from '../../local/vendors';
import { World } from '../../local/world';
import { addDays, day } from '../../src/domain/calendar';
import { builtBundle, ROOT } from '../simulation/bundle';
import { CommandLine } from '../simulation/cli';
import { askApi, intentOf, leaseOf, smallWorld, tabOf } from '../worlds';
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
    expect([walked.length, examples.length]).toEqual([7, 14]);
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

/** A lease whose rent of December is late, with a fee; a payment without a name waits too. */
function lateWorld(): World {
  const settings = { 'Books open on': '2026-12-01' };
  const leases = [leaseOf('L-104', { End: '2027-06-30' })];
  const world = smallWorld({ on: '2026-12-06', leases, settings });
  world.load('stripe', [intentOf('pi_123', 'nobody', 10_000, '2026-12-05T12:00:00Z', { metadata: {} })]);
  askApi(world, 'daily');
  askApi(world, 'poll');
  return world;
}

describe('the functions for the script editor', () => {
  it('of the README do what has no button', () => {
    const world = withFile(lateWorld(), codeOf(README, 'js').join('\n'));
    const byHand = printed(world, 'byHand');
    expect(byHand.match(/"done":true/g)).toHaveLength(4);
    // 1000.00 rent and 50.00 fee, less 900.00 by check, the fee waived, 100.00 matched: nothing is left.
    expect(tabOf(world, 'Rent Roll')).toMatchObject([{ 'Lease ID': 'L-104', Balance: '0' }]);
    // A date cell holds the days since the end of 1899.
    const endOf = () => addDays(day('1899-12-30'), Number(tabOf(world, 'Leases')[0]?.End));
    expect(printed(world, 'renewLease')).toContain('"done":true');
    expect(endOf()).toBe('2028-12-31');
    expect(printed(world, 'moveOut')).toContain('"done":true');
    expect(endOf()).toBe('2027-03-31');
    expect(askApi<{ ok: boolean }>(world, 'verify').ok).toBe(true);
  });

  it('of the connection pages connect and take away again', () => {
    const pages = ['stripe', 'slack', 'gmail'].map((id) => codeOf(read(`docs/connect/${id}.md`), 'js').join('\n'));
    const file = pages.join('\n').replace('Maple Court', 'Elm House');
    const world = withFile(smallWorld({ on: '2026-12-01' }), file);
    expect(printed(world, 'connectSlackOfOneProperty')).toContain('"connected":true,"properties":["Elm House"]');
    expect(tabOf(world, 'Properties')[0]?.['Slack webhook']).toBe('stored …XXXX');
    expect(printed(world, 'showWebhookAddress')).toMatch(/platform=stripe&key=\w{64}/);
    printed(world, 'raiseMailQuota');
    expect(printed(world, 'disconnectStripe')).toContain('"removed":true');
    expect(askApi<{ poll: { result: string } }>(world, 'poll').poll.result).toBe('nothing connected');
  });
});

describe('the cards of Connections', () => {
  const connect = (world: World, platform: string, credentials: Readonly<Record<string, string>>) =>
    askApi<{ state?: string }>(world, 'connectPlatform', [{ request: `connect-${platform}`, platform, credentials }])
      .state;

  it('take the key and the address that the connection pages speak of, and leave neither in a cell', () => {
    const world = smallWorld({ on: '2026-12-01' });
    for (const platform of ['stripe', 'slack']) askApi(world, 'disconnect', [{ platform }]);
    expect(tabOf(world, 'Properties')[0]?.['Slack webhook']).not.toContain('stored');
    const [key, url] = ['sk_test_rentledger', 'https://hooks.slack.com/services/T000/B000/rentledger'];
    expect(connect(world, 'stripe', { STRIPE_SECRET_KEY: key })).toBe('connected');
    expect(connect(world, 'slack', { SLACK_WEBHOOK_URL: url })).toBe('connected');
    expect(tabOf(world, 'Properties')[0]?.['Slack webhook']).toBe('stored …dger');
    expect(tabOf(world, 'Connections').find((row) => row.Platform === 'stripe')?.State).toBe('connected');
    const cells = JSON.stringify(world.workbook.toJSON());
    for (const secret of [key, url]) expect(cells).not.toContain(secret);
  });
});
