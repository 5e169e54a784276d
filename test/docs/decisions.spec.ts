/** The first decision of docs/decisions.md: our own civil dates and zones agree with Temporal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import type { Temporal as TemporalApi } from 'temporal-polyfill';
import { addDays, daysBetween, instantOf, localTime, monthlyAnchor, weekday } from '../../src/domain/calendar';
import { type Day, type Instant, zone } from '../../src/domain/values';

/** The package's plain script, in a context of its own: its modules import one that jest is not told to transform. */
function oracle(): typeof TemporalApi {
  const context = createContext({});
  runInContext(readFileSync(join(__dirname, '../../node_modules/temporal-polyfill/global.js'), 'utf8'), context);
  return runInContext('Temporal', context) as typeof TemporalApi;
}

const Temporal = oracle();
const FIRST = Temporal.PlainDate.from('1999-12-25');
const DAYS = 12_000;
const ZONES = ['America/New_York', 'Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

describe('our dates', () => {
  it('add, count and name weekdays as Temporal does, over thirty years', () => {
    const start = FIRST.toString() as Day;
    const wrong: string[] = [];
    for (let days = 0, at = FIRST; days < DAYS; days++, at = at.add({ days: 1 })) {
      const ours = addDays(start, days);
      const same = ours === at.toString() && daysBetween(start, ours) === days && weekday(ours) === at.dayOfWeek;
      if (!same) wrong.push(`${ours} is ${at.toString()}`);
    }
    expect(wrong).toEqual([]);
  });

  it('clamp a due day to a short month as Temporal does, and never drift', () => {
    for (const date of [28, 29, 30, 31]) {
      const anchor = Temporal.PlainDate.from({ year: 2027, month: 1, day: date });
      const ours = Array.from({ length: 60 }, (_, months) => monthlyAnchor(2027, 1, date, months));
      expect(ours).toEqual(ours.map((_, months) => anchor.add({ months }).toString()));
    }
  });

  it.each(ZONES)('read and find the wall clock of %s as Temporal does, summer time included', (name) => {
    const wrong: string[] = [];
    for (let day = 0; day < 730; day++) {
      const wall = Temporal.PlainDate.from('2026-01-01').add({ days: day });
      for (const [hour, minute] of [
        [0, 0],
        [1, 30],
        [2, 30],
        [9, 0],
      ] as const) {
        // "compatible": a later time in a gap, the first of the two in an overlap.
        const theirs = wall.toPlainDateTime({ hour, minute }).toZonedDateTime(name);
        const ours = instantOf(wall.toString() as Day, hour, minute, zone(name));
        const local = localTime(theirs.epochMilliseconds as Instant, zone(name));
        const clock = [local.day, local.hour, local.minute].join(' ');
        const same = ours === theirs.epochMilliseconds;
        const read = clock === [theirs.toPlainDate().toString(), theirs.hour, theirs.minute].join(' ');
        if (!same || !read)
          wrong.push(`${wall.toString()} ${hour}:${minute}: ${ours - theirs.epochMilliseconds} ms, ${clock}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
