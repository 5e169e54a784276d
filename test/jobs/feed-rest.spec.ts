/** Feeds that rest between polls: an account of a thousand calls a day is not asked every ten minutes, others are. */
import { stageOf } from '../../local/story/stage';
import { zohoBookkeeperBills, zohoBookkeeperTypes, zohoWorkflowPosts } from '../../local/vendors/people';
import type { ZohoState } from '../../local/vendors/zoho-books';
import { CLIENT } from '../../local/vendors/zoho-books/state';
import { askApi, MINUTE, smallWorld, type World } from '../worlds';

const POLLS = 13;

function connected(plan: string): World {
  const world = smallWorld({ on: '2026-12-01' });
  stageOf(world, 'zoho-books', '2026-12-01').signIn({
    ZOHO_CLIENT_ID: CLIENT.id,
    ZOHO_CLIENT_SECRET: CLIENT.secret,
    ZOHO_DATA_CENTRE: 'US',
    ZOHO_PLAN: plan,
  });
  return world;
}

/** Polls every ten minutes for two hours, a little unpunctually; gives the minutes at which changed invoices were asked for. */
function asked(world: World): number[] {
  const recorder = world.record();
  const startMs = world.now;
  for (let at = 0; at < POLLS; at++) {
    world.state.nowMs = startMs + at * 10 * MINUTE + (at % 3) * 20_000;
    world.run('poll', [], { trigger: 'time' });
  }
  return recorder
    .toJSON()
    .log.entries.filter((entry) => /\/invoices\?.*last_modified_time/.test(String(entry.request.url)))
    .map((entry) => Math.round((Date.parse(entry.startedDateTime) - startMs) / MINUTE));
}

describe('a feed that rests', () => {
  it('is asked about every thirty minutes on the free plan', () => {
    expect(asked(connected('Free'))).toEqual([0, 30, 60, 90, 120]);
  });

  it('is asked at every poll on a plan that bears it', () => {
    expect(asked(connected('Premium'))).toHaveLength(POLLS);
  });

  it('is woken by a hint', () => {
    const world = connected('Free');
    world.run('poll', [], { trigger: 'time' });
    const state = world.vendorState<ZohoState>('zoho-books');
    const bill = { customer: 'Resident L-1', reference: 'Lease L-1', amountCents: 100_000 };
    const invoice = zohoBookkeeperBills(state, bill, world.now);
    world.state.nowMs += MINUTE;
    const payment = zohoBookkeeperTypes(state, { invoice }, world.now);
    const { query } = askApi<{ query: string }>(world, 'webhookAddress', [{ platform: 'zoho-books' }]);
    const parameters = Object.fromEntries(new URLSearchParams(query));
    const body = zohoWorkflowPosts(state, invoice, world.now);
    world.doPost({ parameters, body, type: 'application/json' });
    world.advanceTo(world.now + 2 * MINUTE);
    const { receipts } = askApi<{ receipts: readonly { id: string; lease: string }[] }>(world, 'exportBook');
    expect(receipts.map(({ id, lease }) => [id, lease])).toContainEqual([payment, 'L-1']);
  });
});
