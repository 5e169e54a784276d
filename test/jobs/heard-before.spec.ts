/** What residents said while a carrier was not connected is heard once it is: nobody is texted who wants no texts. */
import { twilioPeople } from '../../local/vendors/people';
import { ACCOUNT, KEY_SECRET, KEY_SID, NUMBER, type TwilioState } from '../../local/vendors/twilio/state';
import { askApi, HOUR, leaseOf, rowsOf, smallWorld, type World } from '../worlds';

const PHONE = '+14155550151';
const DAY = 24 * HOUR;

const texted = (world: World, body: string): string =>
  twilioPeople.textBack(world.vendorState<TwilioState>('twilio'), PHONE, body, world.now, NUMBER);

function connect(world: World, request: string): void {
  const credentials = {
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_KEY_SID: KEY_SID,
    TWILIO_SECRET: KEY_SECRET,
    TWILIO_SENDER: NUMBER,
  };
  const { state } = askApi<{ state?: string }>(world, 'connectPlatform', [
    { request, platform: 'twilio', credentials },
  ]);
  expect(state).toBe('connected');
}

const later = (world: World, ms: number): void => {
  world.state.nowMs += ms;
};

const contacts = (world: World): string[] =>
  [...rowsOf(world, 'Contacts')].map(({ Address, State }) => `${Address} ${State}`);

const opened = (): World =>
  smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('L-1', { Phone: PHONE, 'Notify by': 'sms', 'SMS consent': 'lease, clause 12' })],
    settings: { 'Texts by': 'twilio' },
  });

describe('a resident who wants no texts', () => {
  it('is heard if that was said before the carrier was connected', () => {
    const world = opened();
    texted(world, 'Please stop texting me');
    later(world, 3 * DAY);
    connect(world, 'first');
    askApi(world, 'poll');
    expect(contacts(world)).toEqual([`${PHONE} opted out`]);
  });

  it('is heard if that was said while the carrier was disconnected', () => {
    const world = opened();
    connect(world, 'first');
    askApi(world, 'poll');
    askApi(world, 'disconnect', [{ platform: 'twilio' }]);
    later(world, DAY);
    texted(world, 'Please stop texting me');
    later(world, 3 * DAY);
    connect(world, 'again');
    askApi(world, 'poll');
    expect(contacts(world)).toEqual([`${PHONE} opted out`]);
  });

  it('is not shut out for what was said before the books opened', () => {
    const world = opened();
    const before = world.now - 40 * DAY;
    twilioPeople.textBack(world.vendorState<TwilioState>('twilio'), PHONE, 'no more messages', before, NUMBER);
    connect(world, 'first');
    askApi(world, 'poll');
    expect(contacts(world)).toEqual([]);
  });
});
