/** What a page costs a landlord of hundreds of leases with two years behind them: as much as it costs one of two. */

import { alwaysFresh, loadBundle } from '../../../local/host/bundle';
import { at, leaseName, withHistory } from '../../bench/history';
import { getPage, tokenFor } from '../../resident-worlds';
import { builtBundle } from '../../simulation/bundle';
import { standAt, type World } from '../../worlds';

const LEASES = Number(process.env.PAGE_LEASES ?? 300);
const MONTHS = Number(process.env.PAGE_MONTHS ?? 24);

function large(leases: number, months: number): World {
  const { world } = withHistory({ leases, months }, alwaysFresh(loadBundle(builtBundle())));
  standAt(world, at('2026-12-02'));
  for (let time = 0; time < 5; time++) world.run('tick', [], { trigger: 'time' });
  return world;
}

describe('a page of a large landlord', () => {
  const world = large(LEASES, MONTHS);
  const address = `r${LEASES - 1}@example.com`;
  const token = () => tokenFor(world, address);

  it('takes fewer than ten service calls and two seconds, and shows thirteen months of one lease', () => {
    const { body, run } = getPage(world, token());
    expect(body).toContain(`Resident ${LEASES - 1}`);
    expect(body.match(/Resident \d+/g)?.every((name) => name === `Resident ${LEASES - 1}`)).toBe(true);
    expect(run.totalCalls).toBeLessThan(10);
    expect(run.modelMs).toBeLessThan(2000);
    expect(Buffer.byteLength(body)).toBeLessThan(100_000);
    if (process.env.PAGE_LEASES)
      console.info(`${LEASES} leases, ${MONTHS} months: ${JSON.stringify(run.calls)} ${run.modelMs} ms`);
  });

  it('asks for no column of the closed ledger: its lists stand beside the page', () => {
    const before = getPage(world, token());
    const asked = before.run.calls['Sheets.Spreadsheets.Values.batchGet'];
    expect(asked).toBe(3);
    // Without the lists the same page takes one call more.
    const bare = world.clone();
    const lists = bare.workbook.state.byTitle('Page rows');
    expect(lists?.usedRows).toBeGreaterThan(LEASES);
    bare.workbook.edit('Page rows', 'B2:B9', '-', world.owner);
    const first = getPage(bare, tokenFor(bare, 'r1@example.com'));
    expect(first.run.calls['Sheets.Spreadsheets.Values.batchGet']).toBe(4);
    expect(first.body.replace(/[0-9a-f-]{36}/g, '')).toBe(
      getPage(world.clone(), tokenFor(world, 'r1@example.com')).body.replace(/[0-9a-f-]{36}/g, ''),
    );
  });

  it('shows what the ledger holds: the balance of each of some leases', () => {
    for (const index of [0, 7, 150]) {
      const { body } = getPage(world, tokenFor(world, `r${index + 1}@example.com`));
      expect([leaseName(index), body.includes(`Resident ${index + 1}`)]).toEqual([leaseName(index), true]);
    }
  });
});
