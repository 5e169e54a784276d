/** Runs a piece of work several times and tells its least and middle time; prints figures beside their goals. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Times {
  readonly minMs: number;
  readonly medianMs: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Frees what nobody holds, so that a run does not pay for the one before it. */
export const collectGarbage = (): void => collect();

function middle(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  return { minMs: sorted[0] ?? 0, medianMs: sorted[sorted.length >> 1] ?? 0 };
}

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** CPU time of this process, all threads, garbage collection included. `prepare` is not timed. */
export function cpuTimes<T>(runs: number, prepare: () => T, work: (input: T) => unknown): Times {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const input = prepare();
    collectGarbage();
    const before = process.cpuUsage();
    work(input);
    // The first run warms the compiler up and is not counted.
    if (run > 0) times.push(cpuMs(before));
  }
  return middle(times);
}

/** Time on the wall, for other programs as well as for ours. */
export function wallTimes(runs: number, work: () => unknown): Times {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const before = performance.now();
    work();
    if (run > 0) times.push(performance.now() - before);
  }
  return middle(times);
}

/** The most memory that this process has held so far, in megabytes. */
export const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

export const ms = (value: number): string => (value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`);
export const timesText = ({ minMs, medianMs }: Times): string => `min ${ms(minMs)}, median ${ms(medianMs)}`;
export const times = (ratio: number): string => `${ratio < 20 ? ratio.toFixed(2) : ratio.toFixed(0)} times`;

export function heading(text: string): void {
  console.log(`\n${text}`);
}

export function figure(name: string, value: string): void {
  console.log(`  ${name.padEnd(62)} ${value}`);
}

/** A figure with its goal; `reached` says whether it was met. */
export function goal(name: string, value: string, wanted: string, reached: boolean): void {
  figure(name, `${value.padEnd(36)} goal ${wanted}: ${reached ? 'ok' : 'MISSED'}`);
}
