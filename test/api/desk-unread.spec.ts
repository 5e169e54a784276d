/** A carrier that tells no more what became of messages is seen on its card and under Today, also while nothing is sent. */
import { twilioPeople } from '../../local/vendors/people';
import { ACCOUNT, AUTH_TOKEN, NUMBER, type TwilioState } from '../../local/vendors/twilio/state';
import type { Connection } from '../../src/api/desk/connections';
import type { Today } from '../../src/api/desk/today';
import { askApi, HOUR, leaseOf, smallWorld, type World } from '../worlds';

const card = (world: World): Connection | undefined =>
  askApi<readonly Connection[]>(world, 'connections').find(({ id }) => id === 'twilio');

function connected(): World {
  const world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')] });
  const credentials = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_SECRET: AUTH_TOKEN, TWILIO_SENDER: NUMBER };
  askApi(world, 'connectPlatform', [{ request: 'connect-twilio', platform: 'twilio', credentials }]);
  askApi(world, 'poll');
  return world;
}

function polledAfter(world: World, ms: number): void {
  world.state.nowMs += ms;
  askApi(world, 'poll');
}

describe('a carrier whose news cannot be read', () => {
  it('is connected while they can', () => {
    const seen = card(connected());
    expect([seen?.state, seen?.fault]).toEqual(['connected', undefined]);
  });

  it('needs sign-in where its key is refused, and says so until it is read again', () => {
    const world = connected();
    twilioPeople.suspend(world.vendorState<TwilioState>('twilio'), true);
    polledAfter(world, HOUR);
    const seen = card(world);
    expect([seen?.state, seen?.fault?.what]).toEqual([
      'needs sign-in',
      expect.stringMatching(/^The credentials were refused/),
    ]);
    expect(JSON.stringify(askApi<Today>(world, 'today').needs)).toContain('Twilio');
    twilioPeople.suspend(world.vendorState<TwilioState>('twilio'), false);
    polledAfter(world, 2 * HOUR);
    expect(card(world)?.state).toBe('connected');
  });

  it('is failing where the platform does not answer', () => {
    const world = connected();
    world.faults.atVendor({ vendor: 'api.twilio.com', what: 'timeout', when: 'always' });
    polledAfter(world, HOUR);
    expect([card(world)?.state, card(world)?.fault?.fix]).toEqual(['failing', 'Wait.']);
  });
});
