/** Residents live some months with their page, faults and kills at random: RESIDENTS=1,3 plays those seeds. */
import { liveResidents } from './residents-year/year';

/** In the suite a part of it, which ends with the second rent; the seeds that somebody plays live all of it. */
const LAST = process.env.RESIDENTS ? undefined : '2027-01-09';
const SEEDS = process.env.RESIDENTS ? process.env.RESIDENTS.split(',').map(Number) : [1];

const DEEDS = [
  /^resident pay$/,
  /^resident autopayOn$/,
  /^resident dispute$/,
  /^resident promise$/,
  /^resident planA/,
  /^stripe paid$/,
  /^second click$/,
  /^form without an answer$/,
  /^manager answers/,
  /^manager plan propose$/,
  /^money went back/,
  /^(tick|poll|resume) killed$/,
];

describe('months in which residents use their page, with faults and kills at random', () => {
  const done: Record<string, number> = {};

  it.each(SEEDS)(
    'keep the laws of money, messages and pages (RESIDENTS=%i)',
    (seed) => {
      const { diary, faults } = liveResidents(seed, LAST);
      Object.assign(done, diary.scene.done);
      if (process.env.RESIDENTS) console.log(JSON.stringify([seed, diary.scene.done, diary.scene.world.faults.hits]));
      expect({ seed, faults: faults.slice(0, 12) }).toEqual({ seed, faults: [] });
    },
    300_000,
  );

  it('in which much is done: nothing holds because nobody came', () => {
    const missing = DEEDS.filter((deed) => !Object.keys(done).some((each) => deed.test(each)));
    expect(missing).toEqual([]);
    expect(done['page opened']).toBeGreaterThan(50);
  });
});
