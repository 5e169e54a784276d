/** What a move of the clock and a job did, as sentences and figures for the page. */
import type { Advanced } from '../../cli/advance';
import type { Called } from '../../cli/api';
import { readReport } from '../../cli/report';
import { clockText } from '../../cli/words';
import type { ActionResult } from '../types';

export function advancedResult(title: string, advanced: Advanced, zone: string): ActionResult {
  const { toMs, stopped, problems, fromMs: _from, ...counts } = advanced;
  const clock = `The clock stands at ${clockText(toMs, zone)}.`;
  return {
    title,
    ok: true,
    lines: stopped ? ['Stopped before the last day; what was done is saved.', clock] : [clock],
    facts: Object.entries(counts).map(([name, value]) => [name, String(value)] as const),
    problems,
    log: [],
  };
}

export function jobResult(job: string, { ok, value, error, run }: Called): ActionResult {
  const { results, counts, problems } = readReport(job, value);
  const how = [
    ['service calls', String(run.totalCalls)],
    ['time at Google', `${(run.modelMs / 1000).toFixed(1)} s`],
  ] as const;
  return {
    title: job,
    ok,
    lines: ok ? results : [error],
    facts: [...counts.map(([name, number]) => [name, String(number)] as const), ...how],
    problems: ok ? problems : [],
    log: run.log,
  };
}

/** The world is as it was: what the page says of it. */
export const restoredResult = (moment: string): ActionResult => ({
  title: 'Back to yesterday',
  ok: true,
  lines: [`Everything is as it was: workbook, mailbox, Slack, platforms and clock. The clock stands at ${moment}.`],
  facts: [],
  problems: [],
  log: [],
});
