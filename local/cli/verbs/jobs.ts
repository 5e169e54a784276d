/** `poll`, `daily` and `deliver`: one job now, without moving the clock to its next trigger. */
import { type Counts, callApi, failureText } from '../api';
import { withBook } from '../book';
import { Refused } from '../errors';
import { bookRequest, type Verb } from '../verb';
import { aligned, firstOf } from '../words';

export const JOBS = ['poll', 'daily', 'deliver'] as const;
export type JobName = (typeof JOBS)[number];

const ABOUT: Readonly<Record<JobName, string>> = {
  poll: 'asks the connected platforms for payments now',
  daily: "runs every property's day now",
  deliver: 'sends what waits in the Outbox now',
};

/** What a job said, as lines: its result, its counts, its problems. */
export function countLines(name: string, value: Counts): string[] {
  const { result, problems = [], ...rest } = value;
  const counts = Object.entries(rest).filter((entry): entry is [string, number | string] =>
    ['number', 'string'].includes(typeof entry[1]),
  );
  return [
    `${name}: ${result ?? 'done'}`,
    ...aligned(counts),
    ...firstOf(
      problems.map((problem) => `  ${problem}`),
      40,
      'problems',
    ),
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
      const ran = callApi(book.world, name);
      if (!ran.ok) throw new Refused(`${name} failed: ${failureText(ran)}`);
      const value = (ran.value ?? {}) as Counts;
      const { calls, totalCalls, modelMs } = ran;
      return {
        json: { ok: true, ...value, run: { calls, totalCalls, modelMs } },
        lines: [
          ...countLines(name, value),
          `${totalCalls} service calls, about ${(modelMs / 1000).toFixed(1)} s at Google.`,
        ],
      };
    }),
});

export const jobVerbs: readonly Verb[] = JOBS.map(jobVerb);
