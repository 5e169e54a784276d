/** What a person at the desk waits for and what is computed here: the leases proposed for payments that wait. */
import { candidateIndex, proposalsFor } from '../../src/domain/candidates';
import { largePortfolio, places } from '../domain/large-portfolio';
import { cpuTimes, goal, heading, timesText } from './measure';

const LEASES = 10_000;
const PAYMENTS = 50;

/** Prints the time to propose leases for fifty payments at once. */
export function benchDesk(runs: number): void {
  heading(`The desk: leases proposed for ${PAYMENTS} payments among ${LEASES.toLocaleString('en')} leases (in Node)`);
  const { book, rows } = largePortfolio(LEASES, PAYMENTS);
  const took = cpuTimes(
    runs,
    () => undefined,
    () => {
      const index = candidateIndex(book, places(book));
      for (const row of rows) proposalsFor(index, row);
    },
  );
  goal('CPU time, index and proposals', timesText(took), 'under 1 s', took.minMs < 1000);
}
