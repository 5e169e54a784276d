/** What came of a run, in a few words, and whether there was anything at all. */
import type { RunReport } from './run';

/** Nothing was seen, decided or sent, and nothing went wrong. */
export function isIdle({ poll, daily, delivery, agreed, rosters, told, pictures, links }: RunReport): boolean {
  const heard = [told, pictures].every(
    (each) => each === undefined || (each.result === 'done' && each.news === 0 && each.faults.length === 0),
  );
  const read = poll === undefined || (poll.result !== 'busy' && poll.seen === 0 && poll.faults.length === 0);
  return read && heard && [daily, delivery, agreed, rosters, links].every((each) => each === undefined);
}

const counted = (count: number | undefined, one: string, many: string): readonly string[] =>
  count ? [`${count} ${count === 1 ? one : many}`] : [];

/** `3 charges, 2 payments, 5 sent`; what went wrong comes first. */
export function resultWords(report: RunReport): string {
  const { poll, daily, delivery, agreed, told, pictures } = report;
  const [problem] = problemsOf(report);
  if (problem !== undefined) return problem.slice(0, 200);
  const words = [
    ...counted(daily?.charges, 'charge', 'charges'),
    ...counted(daily?.fees, 'late fee', 'late fees'),
    ...counted(daily?.rungs, 'step of the ladder', 'steps of the ladder'),
    ...counted(poll?.posted, 'payment', 'payments'),
    ...counted(poll?.waiting, 'payment waits', 'payments wait'),
    ...counted(delivery?.sent, 'sent', 'sent'),
    ...counted(delivery?.cancelled, 'no longer wanted', 'no longer wanted'),
    ...counted(told?.news, 'word of what was sent', 'words of what was sent'),
    ...counted(pictures?.news, 'change elsewhere', 'changes elsewhere'),
    ...counted(agreed?.drifts, 'difference', 'differences'),
    ...(daily?.result === 'goes on' ? ['goes on in a minute'] : []),
    ...([poll, daily, delivery, told, pictures].some((each) => each?.result === 'busy')
      ? ['another run was at work']
      : []),
  ];
  return words.length > 0 ? words.join(', ') : 'nothing to do';
}

/** What a person should look at. Problems in cells are told elsewhere: a run goes well beside them. */
export function problemsOf({ poll, delivery, agreed, rosters, told, pictures, trouble }: RunReport): readonly string[] {
  return [
    ...(trouble === undefined ? [] : [trouble]),
    ...(poll?.faults ?? []),
    ...(told?.faults ?? []),
    ...(pictures?.faults ?? []),
    ...(agreed?.faults ?? []),
    ...(rosters?.faults ?? []),
    ...counted(delivery?.failed, 'message or charge failed', 'messages or charges failed'),
    ...counted(delivery?.unsure, 'message or charge may have left', 'messages or charges may have left'),
  ];
}
