/** `poll`, `daily` and `deliver`: one job now, without moving the clock to its next trigger. */
import { callApi } from '../api';
import { withBook } from '../book';
import { Refused } from '../errors';
import { type Report, readReport } from '../report';
import { bookRequest, type Verb } from '../verb';
import { aligned, firstOf } from '../words';

export const JOBS = ['poll', 'daily', 'deliver'] as const;
export type JobName = (typeof JOBS)[number];

const ABOUT: Readonly<Record<JobName, string>> = {
  poll: 'asks the connected platforms for payments now',
  daily: "runs every property's day now",
  deliver: 'sends what waits in the Outbox now',
};
const PROBLEMS_SHOWN = 40;

function reportLines({ results, counts, problems }: Report): string[] {
  const told = problems.map((problem) => `  ${problem}`);
  return [
    ...results,
    ...aligned(counts),
    ...(problems.length === 0 ? [] : ['Problems:']),
    ...firstOf(told, PROBLEMS_SHOWN, 'problems'),
  ];
}

const jobVerb = (name: JobName): Verb => ({
  name,
  usage: `${name} --book BOOK`,
  about: ABOUT[name],
  operands: [0, 0],
  options: [],
  run: async (call) =>
    withBook(call.io, bookRequest(call), (book) => {
      book.touch();
      const called = callApi(book.world, name);
      if (!called.ok) throw new Refused(`${name} failed: ${called.error}`);
      const { calls, totalCalls, modelMs } = called.run;
      const report = readReport(name, called.value);
      return {
        json: { ok: true, ...(called.value as object), ...report, run: { calls, totalCalls, modelMs } },
        lines: [
          ...reportLines(report),
          `${totalCalls} service calls, about ${(modelMs / 1000).toFixed(1)} s at Google.`,
        ],
      };
    }),
});

export const jobVerbs: readonly Verb[] = JOBS.map(jobVerb);
