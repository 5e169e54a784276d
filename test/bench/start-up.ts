/** The server bundle as each trigger meets it: its size, and how long it takes to compile and to run to its last line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, createContext, Script } from 'node:vm';
import { figure, goal, heading, ms, type Times, timesText } from './measure';

const SIZE_MAX = 1_500 * 1024;
const LOAD_MAX_MS = 50;
const LOADS = 50;

const middle = (values: number[]): Times => {
  const sorted = values.sort((a, b) => a - b);
  return { minMs: sorted[0] ?? 0, medianMs: sorted[sorted.length >> 1] ?? 0 };
};

/** A realm of its own, as every execution has one. */
function load(code: string, script: Script | undefined): { readonly ms: number; readonly script: Script } {
  const realm = createContext(constants?.DONT_CONTEXTIFY ?? {});
  const began = performance.now();
  const compiled = script ?? new Script(code, { filename: 'Code.gs' });
  compiled.runInContext(realm);
  return { ms: performance.now() - began, script: compiled };
}

/** Prints the size and the times to load. */
export function benchStartUp(dist: string): void {
  heading('Server bundle');
  const code = readFileSync(join(dist, 'Code.js'), 'utf8');
  const bytes = Buffer.byteLength(code);
  goal('size', `${(bytes / 1024).toFixed(0)} KB`, 'under 1,500 KB', bytes < SIZE_MAX);
  const cold = load(code, undefined);
  goal('first load: compile and run', ms(cold.ms), 'under 50 ms', cold.ms < LOAD_MAX_MS);
  const warm = middle(Array.from({ length: LOADS }, () => load(code, cold.script).ms));
  figure('load when compiled already', timesText(warm));
}
