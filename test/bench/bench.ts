/** `npm run bench`: the figures of docs/performance.md, measured now on this machine. `-- --quick` leaves 10,000 leases out. */
import { cpus } from 'node:os';
import { alwaysFresh, loadBundle } from '../../local/host/bundle';
import { benchDesk } from './desk';
import { figure, goal, heading, times } from './measure';
import { benchPeers } from './peers';
import { benchRent } from './rent';
import { benchSize, type Measured } from './runs';
import { benchStartUp } from './start-up';
import { benchWaves } from './waves';

const DIST = 'dist';
/** Google starts every execution cold, so here each pays for its start. */
const BUNDLE = alwaysFresh(loadBundle(DIST));
const MONTHS = 24;
const quick = process.argv.includes('--quick');
const RUNS = quick ? 3 : 7;

function compare(name: string, small: Measured, large: Measured, most: number): void {
  const pairs = [
    ['deciding the 1st', large.decideFirst.minMs / small.decideFirst.minMs],
    ['the whole execution', large.execution.minMs / small.execution.minMs],
  ] as const;
  for (const [what, ratio] of pairs) goal(`${name}: ${what}`, times(ratio), `at most ${most} times`, ratio <= most);
}

function sizes(): void {
  const measured = new Map<string, Measured>();
  const measure = (leases: number, months: number, naive: boolean) => {
    heading(`${leases.toLocaleString('en')} leases, ${months} months of history`);
    measured.set(`${leases}x${months}`, benchSize(leases, months, BUNDLE, leases >= 5000 ? 3 : RUNS, naive));
  };
  measure(100, MONTHS, true);
  measure(1000, MONTHS, true);
  measure(1000, MONTHS / 2, false);
  measure(2000, MONTHS / 2, false);
  if (!quick) measure(10_000, MONTHS, true);
  heading('Growth');
  const of = (name: string) => measured.get(name) as Measured;
  compare('twice the leases (1,000 to 2,000)', of('1000x12'), of('2000x12'), 2.2);
  compare('twice the history (12 to 24 months)', of('1000x12'), of('1000x24'), 1.2);
}

heading(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`);
figure('times', 'CPU time of the process, all threads; one warm-up, then the least and the middle of several runs');
figure('modelled', "Google's time, by the costs of local/host/costs.ts; calls are counted");
benchStartUp(DIST);
benchRent(RUNS);
benchDesk(RUNS);
benchWaves(BUNDLE);
benchPeers(RUNS);
sizes();
