/** Kills a job at service call 1, 2, 3, … of fresh copies of one world, and holds what the ordinary triggers make of each against the uninterrupted one. */
import { leapTo, MINUTE, type World } from '../worlds';
import { type Canon, canonOf, cutOff, differences } from './canon';

export interface Job {
  readonly name: string;
  /** Function of the script that is killed. */
  readonly handler: string;
  readonly world: () => World;
  /** Starts the job; true when it came to its end. */
  readonly start: (world: World) => boolean;
  /** A person whose click was cut off clicks again. */
  readonly again?: boolean;
  /** Minutes after which the triggers fire again; a dead run is known after seven. */
  readonly after?: readonly number[];
}

export const byTrigger = (handler: string) => (world: World) => world.run(handler, [], { trigger: 'time' }).ok;

/** Polls and ticks come as ever; a quarter of an hour apart is enough. */
export function recover(world: World, from: number, after: readonly number[] = [12, 62, 75]): Canon {
  for (const minutes of after) leapTo(world, from + minutes * MINUTE);
  return canonOf(world);
}

/** All that a later run could find, without the clock: two kills that leave the same behind need one recovery. */
const leftBehind = (world: World): string =>
  JSON.stringify([
    world.workbook,
    world.properties,
    world.state.vendors,
    world.mailbox.length,
    world.triggers.map(({ handler, nextMs }) => [handler, nextMs === undefined]),
  ]);

/**
 * Effects that were under way are set aside on both sides: a mail or a post of which nobody can know whether it left, and
 * a charge that left, whose payment a poll then saw before the answer was asked for again. Everything else must be equal.
 */
function apart(canon: Canon, unsure: readonly string[]): Canon {
  const mine = (text: string) => unsure.some((key) => text.includes(JSON.stringify(key)));
  const outbox = Object.fromEntries(Object.entries(canon.outbox).filter(([key]) => !unsure.includes(key)));
  const mails = Object.fromEntries(
    Object.entries(canon.mails).filter(([name]) => !unsure.includes(name.split(' to ')[0] ?? '')),
  );
  return {
    ...canon,
    outbox,
    mails,
    log: canon.log.filter((line) => !mine(line)),
    gotten: canon.gotten.filter((line) => !/Needs you: .*, sent or not\?/.test(line)),
    ends: canon.ends.filter((line) => !unsure.some((key) => line.startsWith(`${key}:`))),
    slack: unsure.some(isSlack) ? {} : canon.slack,
  };
}

/** That nobody knows whether something left is told to the owner; without the kill there is nothing to tell. */
const alertsOf = (canon: Canon): readonly string[] =>
  Object.keys(canon.outbox).filter((key) => /^(email|slack):failure:[^:]+:unsure:/.test(key));

/** Of an effect that was cut off there is no copy or one, never two. */
const copies = (canon: Canon, unsure: readonly string[]): readonly string[] =>
  [
    ...Object.entries(canon.mails).filter(([, count]) => count > 1),
    ...(unsure.some(isSlack) ? Object.entries(canon.slack).filter(([, count]) => count > 1) : []),
  ].map(([name, count]) => `${count} copies of ${name}`);

const isSlack = (key: string) => key.startsWith('slack:');

/**
 * Shows a world for each kill that leaves something else behind; gives how many kills there were. To die before a call is to die
 * after the one before it: nothing that lasts happens in between.
 */
export function everyKill({ handler, start }: Job, base: World, see: (world: World, where: string) => void): number {
  const seen = new Set<string>();
  for (let call = 0; ; call++) {
    const [side, at] = call === 0 ? (['before', 1] as const) : (['after', call] as const);
    const world = base.clone();
    world.faults.killAt(at, side, handler);
    if (start(world)) return call;
    const left = leftBehind(world);
    if (seen.has(left)) continue;
    seen.add(left);
    see(world, `killed ${side} call ${at}`);
  }
}

export function comesToTheSameEnd(job: Job): void {
  const { world: made, start, again, after } = job;
  const base = made();
  const from = base.state.nowMs;
  const whole = base.clone();
  expect(start(whole)).toBe(true);
  const reference = recover(whole, from, after);
  expect(reference.verify).toEqual([]);
  const kills = everyKill(job, base, (world, killed) => {
    if (again) start(world);
    const canon = recover(world, from, after);
    const unsure = cutOff(canon);
    const where = `${killed}, unsure ${unsure.join(', ') || 'nothing'}`;
    const aside = [...unsure, ...alertsOf(canon)];
    expect([where, ...differences(apart(canon, aside), apart(reference, aside))]).toEqual([where]);
    expect([where, ...copies(canon, unsure)]).toEqual([where]);
  });
  expect(kills).toBeGreaterThan(5);
}
