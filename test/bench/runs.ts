/** One portfolio measured: the first of a month, an ordinary day with new payments and late residents, and idle triggers. */

import type { Bundle } from '../../local/host/bundle';
import type { RunResult } from '../../local/host/state';
import type { World } from '../../local/world';
import { decideDay } from '../../src/domain/day';
import { type Day, instant } from '../../src/domain/values';
import { merged } from '../../src/jobs/daily';
import { loadBook } from '../../src/sheet/load';
import { at, isLate, leaseName, MEASURED, rentCents, setSetting, takePayments, withHistory } from './history';
import { cpuTimes, figure, goal, ms, peakMb, type Times, times, timesText } from './measure';
import { naiveDay } from './naive';
import { nodeApp } from './node-host';

const ENTRIES_AT_ONCE = 2000;
const SHEETS_CALLS_MAX = 6;
const FEWER_CALLS = 500;

export interface Measured {
  readonly leases: number;
  readonly months: number;
  /** CPU time of deciding the first of the month alone, and of the whole execution on an ordinary day. */
  readonly decideFirst: Times;
  readonly decide: Times;
  readonly execution: Times;
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
const callsOf = (result: RunResult, prefix: string): number =>
  sum(Object.entries(result.calls).map(([name, count]) => (name.startsWith(prefix) ? count : 0)));
const commitsOf = (result: RunResult): number => callsOf(result, 'Sheets.Spreadsheets.batchUpdate');

function runAt(world: World, handler: 'poll' | 'tick', atMs: number): RunResult {
  world.state.nowMs = Math.max(world.now, atMs);
  const result = world.run(handler, [], { trigger: 'time' });
  if (!result.ok) throw new Error(`${handler} failed: ${result.error?.message}`);
  return result;
}

interface Daily {
  readonly charges: number;
  readonly fees: number;
  readonly rungs: number;
  readonly result: string;
}

/** A fifth of the leases paid since the last poll, in Stripe's own JSON. */
export const newPayments = (leases: number): object[] =>
  Array.from({ length: leases }, (_, index) => index)
    .filter((index) => index % 5 === 0 && !isLate(index))
    .map((index) => ({
      id: `pi_new${index}`,
      object: 'payment_intent',
      amount: rentCents(index),
      currency: 'usd',
      status: 'succeeded',
      created: at(`${MEASURED}-07`, 10) / 1000,
      customer: `cus_${index}`,
      payment_method_types: ['card'],
      metadata: { lease_id: leaseName(index) },
    }));

function tellDaily(name: string, result: RunResult): void {
  const { charges, fees, rungs } = (result.value as { daily: Daily }).daily;
  const entries = charges + fees + rungs;
  const commits = commitsOf(result);
  const sheets = callsOf(result, 'Sheets.');
  const steps = Math.ceil(entries / ENTRIES_AT_ONCE);
  figure(
    `${name}: ${entries.toLocaleString('en')} entries`,
    `${ms(result.modelMs)} modelled, ${result.totalCalls} service calls`,
  );
  goal(
    '  Sheets calls',
    `${sheets} (${commits} commits), ${callsOf(result, 'UrlFetchApp.')} HTTP waves`,
    `${SHEETS_CALLS_MAX} + one per 2,000 entries (${steps})`,
    sheets <= SHEETS_CALLS_MAX + steps,
  );
}

/** Deciding alone, on a book that is read already: every property's day, nothing written. */
function decideAlone(world: World, day: string, runs: number): Times {
  const app = nodeApp(world, 'tick', at(day, 1));
  const { book } = loadBook(app.host);
  const run = { ...app.run, now: instant(at(day, 1)) };
  return cpuTimes(
    runs,
    // A new book each time: what a run remembers of a book is not carried into the next.
    () => ({ ...book, leases: [...book.leases] }),
    (fresh) =>
      merged(
        [...fresh.properties.values()].map(
          (property) => decideDay(fresh, run, property, day as Day, 0, Number.POSITIVE_INFINITY).decision,
        ),
      ),
  );
}

function benchNaive(leases: number, ours: readonly RunResult[]): void {
  const naive = naiveDay(leases, newPayments(leases));
  const calls = sum(ours.map((each) => each.totalCalls));
  const modelMs = sum(ours.map((each) => each.modelMs));
  figure(
    'the same day cell by cell',
    `${naive.calls.toLocaleString('en')} service calls, ${(naive.modelMs / 1000).toFixed(0)} s modelled, ${naive.executions} executions`,
  );
  figure('our poll and daily run', `${calls} service calls, ${(modelMs / 1000).toFixed(1)} s modelled`);
  const fewer = naive.calls / calls;
  const text = `${times(fewer)} fewer calls, ${times(naive.modelMs / modelMs)} less time`;
  if (leases === 1000)
    goal('cell by cell against ours', text, `at least ${FEWER_CALLS} times fewer`, fewer >= FEWER_CALLS);
  else figure('cell by cell against ours', text);
}

/** Everybody but the late and those whose payment Stripe will tell of has paid; the mail of the 1st is past. */
function ordinaryDay(world: World, leases: number): void {
  const paid = Array.from({ length: leases }, (_, index) => index).filter((index) => !isLate(index) && index % 5 !== 0);
  takePayments(world, MEASURED, '03', paid);
  // The first poll of all reads from the day on which the books opened; it is not what an ordinary day does.
  runAt(world, 'poll', at(`${MEASURED}-06`, 1));
  runAt(world, 'poll', at(`${MEASURED}-06`, 2));
  world.load('stripe', newPayments(leases));
}

function cpuOfExecution(world: World, runs: number): Times {
  return cpuTimes(
    runs,
    () => world.clone(),
    (copy) => runAt(copy, 'tick', at(`${MEASURED}-08`, 3)),
  );
}

/** Measures and prints one size. `naive` says whether the same day is also done cell by cell. */
export function benchSize(leases: number, months: number, bundle: Bundle, runs: number, naive: boolean): Measured {
  const built = withHistory({ leases, months }, bundle);
  const { world } = built;
  if (built.months < months)
    figure('', `${built.months} of ${months} months fit into the ten million cells of a workbook`);
  figure('workbook', `${built.cells.toLocaleString('en')} cells, ${built.months} months`);
  // A few milliseconds each at most sizes: many runs, so that what else the machine does counts for little.
  const decideRuns = leases >= 5000 ? 6 : 40;
  // Nothing is due yet: the first hourly run only finds out where the open tails begin.
  runAt(world, 'tick', at(`${MEASURED}-01`, -1));
  const decideFirst = decideAlone(world, `${MEASURED}-01`, decideRuns);
  const first = runAt(world, 'tick', at(`${MEASURED}-01`, 1));
  tellDaily('daily run on the 1st', first);
  ordinaryDay(world, leases);
  const poll = runAt(world, 'poll', at(`${MEASURED}-08`, 1));
  figure(
    `poll with ${newPayments(leases).length} new payments`,
    `${callsOf(poll, 'Sheets.')} Sheets calls, ${callsOf(poll, 'UrlFetchApp.')} HTTP waves, ${ms(poll.modelMs)} modelled`,
  );
  const idlePoll = runAt(world, 'poll', at(`${MEASURED}-08`, 2));
  figure(
    'idle poll',
    `${callsOf(idlePoll, 'Sheets.')} Sheets calls, ${callsOf(idlePoll, 'UrlFetchApp.')} HTTP waves, ${idlePoll.totalCalls} service calls`,
  );
  const decide = decideAlone(world, `${MEASURED}-08`, decideRuns);
  const before = peakMb();
  const execution = cpuOfExecution(world, runs);
  const ordinary = runAt(world.clone(), 'tick', at(`${MEASURED}-08`, 3));
  tellDaily('daily run on the 8th, one in twenty late', ordinary);
  const idle = runAt(world, 'tick', at(`${MEASURED}-08`, 3)) && runAt(world, 'tick', at(`${MEASURED}-08`, 4));
  figure('idle hourly run', `${callsOf(idle, 'Sheets.')} Sheets calls, ${idle.totalCalls} service calls`);
  const texts = [decideFirst, decide].map(timesText);
  const fastest = leases === 10_000;
  if (fastest) goal('CPU of deciding the 1st, in Node', texts[0] ?? '', 'under 1 s', decideFirst.minMs < 1000);
  else figure('CPU of deciding the 1st, in Node', texts[0] ?? '');
  figure('CPU of deciding the 8th, in Node', texts[1] ?? '');
  figure('CPU of the whole execution on the 8th: read, decide, commit', timesText(execution));
  figure(
    'most memory of the process: with the workbook / with the run',
    `${before.toFixed(0)} MB / ${peakMb().toFixed(0)} MB`,
  );
  if (naive) benchNaive(leases, [poll, ordinary]);
  withMessages(world.clone(), leases);
  return { leases, months: built.months, decideFirst, decide, execution };
}

/** The next day with reminders on: the messages leave in claims of sixty, each with two reads and two commits. */
function withMessages(world: World, leases: number): void {
  setSetting(world, 'Reminders', 'on');
  const result = runAt(world, 'tick', at(`${MEASURED}-13`, 14));
  const { delivery } = result.value as { delivery?: { sent: number } };
  const calls = `${callsOf(result, 'Sheets.')} Sheets calls, ${result.totalCalls} service calls`;
  figure(
    `daily run of the 13th with reminders on, ${leases / 20} late`,
    `${delivery?.sent ?? 0} messages, ${calls}, ${ms(result.modelMs)} modelled`,
  );
}
