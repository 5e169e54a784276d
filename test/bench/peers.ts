/** The same journal text read by us and by ledger and hledger, each as a whole process, by turns in one session. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { balances } from './journal-reader';
import { journalText } from './journal-text';
import { figure, goal, heading, ms, type Times, times, timesText, wallTimes } from './measure';

const SHA = '088976fa3cd17aabd43e6475d1f7b0c0bbd77ef7a8ccbf72ecae0f6f5c5f8e3c';
const LEASES = 1060;

interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly times: number[];
  out: string;
}

/** Balance and account of each line, whatever the blanks, the total and its rule left out. */
function figuresOf(text: string): string {
  const found = [...text.matchAll(/(-?[\d.]+) USD\s+(Assets:Receivable\S*)/g)].map(
    ([, amount, account]) => `${account} ${amount}`,
  );
  return found.sort().join('\n');
}

function run(peer: Peer): number {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(peer.command, peer.args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`${peer.name}: ${stderr}`);
  peer.out = figuresOf(stdout);
  return took;
}

const isThere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((a, b) => a - b);
  return { minMs: sorted[0] ?? 0, medianMs: sorted[sorted.length >> 1] ?? 0 };
}

function version(command: string): string {
  return spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0] ?? '';
}

/** Ours as a program: the reader alone, bundled, so that its start-up is Node's and nothing else's. */
function buildReader(folder: string): string {
  const outfile = join(folder, 'reader.mjs');
  buildSync({ entryPoints: ['test/bench/journal-program.ts'], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

function compare(whole: Times, running: Times, ours: Peer, peer: Peer): void {
  if (peer.out !== ours.out) throw new Error(`${peer.name} and we differ on a balance`);
  const theirs = timesOf(peer.times);
  figure(version(peer.command), timesText(theirs));
  const wanted = peer.name === 'ledger' ? 8 : 50;
  const tell = (what: string, mine: Times) => {
    const ratio = theirs.minMs / mine.minMs;
    const text = `${times(ratio)} (min/min), ${times(theirs.medianMs / mine.medianMs)} (medians)`;
    goal(`${peer.name} against us, ${what}`, text, `at least ${wanted} times`, ratio >= wanted);
  };
  tell('both whole processes', whole);
  tell('ours in a process that runs already', running);
}

/** Prints the comparison. Programs that are not installed are named and skipped. */
export function benchPeers(runs: number): void {
  heading('Balance per account over a journal of 51,426 transactions (whole processes)');
  const text = journalText(LEASES);
  const sha = createHash('sha256').update(text).digest('hex');
  if (sha !== SHA) throw new Error(`the journal is not the agreed one: ${sha}`);
  figure('journal', `${(text.length / 1e6).toFixed(1)} MB, sha256 ${sha.slice(0, 12)}… as agreed`);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const journal = join(folder, 'j100k.journal');
    writeFileSync(journal, text);
    const reader = buildReader(folder);
    const peer = (name: string, command: string, args: readonly string[]): Peer => ({
      name,
      command,
      args,
      times: [],
      out: '',
    });
    const ours = peer('we', process.execPath, [reader, journal]);
    const others = ['ledger', 'hledger'].filter((name) => {
      if (isThere(name)) return true;
      figure(name, 'skipped: it is not installed');
      return false;
    });
    const rivals = others.map((name) => peer(name, name, ['-f', journal, 'balance', '--flat', 'Assets:Receivable']));
    for (const each of [ours, ...rivals]) run(each);
    for (let turn = 0; turn < runs; turn++) for (const each of [ours, ...rivals]) each.times.push(run(each));
    const empty = peer('node', process.execPath, ['-e', '0']);
    for (let turn = 0; turn < runs; turn++) empty.times.push(run(empty));
    const running = wallTimes(runs, () => balances(text));
    figure(
      `we (Node ${process.version}; an empty program takes ${ms(timesOf(empty.times).minMs)})`,
      timesText(timesOf(ours.times)),
    );
    figure('we, in a process that runs already', timesText(running));
    for (const rival of rivals) compare(timesOf(ours.times), running, ours, rival);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
