/** A year with eight platforms in one ledger, faults and kills at random: in the end everybody agrees. YEAR=n plays another seed. */
import { disagreements } from './money-year/agreement';
import { liveYear } from './money-year/year';

const SEEDS = process.env.YEAR ? process.env.YEAR.split(',').map(Number) : [1];

describe('a year with all eight platforms and faults at random', () => {
  it.each(SEEDS)(
    'ends with every vendor’s total equal to the ledger’s and no receipt twice (YEAR=%i)',
    (seed) => {
      const { world, done, fell, trouble } = liveYear(seed);
      const apart = [...trouble, ...disagreements(world, seed)];
      if (process.env.SAVE) world.save(process.env.SAVE);
      if (process.env.YEAR)
        console.log(JSON.stringify({ done, fell, hits: world.faults.hits, T: (globalThis as any).T }, undefined, 1));
      expect({ seed, apart }).toEqual({ seed, apart: [] });
    },
    300_000,
  );
});
