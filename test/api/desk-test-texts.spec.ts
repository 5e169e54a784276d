/** Messages looked at and tried as texts: their words and parts in each language, and a test to a phone. */
import { textsOn } from '../../local/vendors/twilio/people';
import type { TwilioState } from '../../local/vendors/twilio/state';
import { segmentsOf } from '../../src/domain/sms';
import { connectTwilio } from '../message-worlds';
import { leaseOf, OWNER, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { ask, click, given, refusal } from './desk-setup-world';

const PHONE = '+14155550177';
const MANAGER = 'mia@example.com';
const base = smallWorld({
  on: '2026-11-28',
  leases: [leaseOf('L-1')],
  settings: { 'Texts by': 'twilio', Managers: MANAGER },
});
connectTwilio(base);

const look = (world: World, template: string, language = 'en') =>
  given(ask(world, 'previewMessage', { template, language }));
const test = (world: World, more: object = {}, user = OWNER) =>
  ask(world, 'testMessage', { ...click(), template: 'late', language: 'en', phone: '+1 415 555 0177', ...more }, user);
const arrived = (world: World): readonly string[] =>
  textsOn(world.vendorState<TwilioState>('twilio'), PHONE, world.now + 60_000).map(({ body }) => body);

describe('a message looked at as a text', () => {
  const resident = ['before-due', 'due-today', 'late', 'late-second', 'final-notice', 'receipt', 'payment-failed'];

  it.each(resident)('has its words and its parts in each language: %s', (template) => {
    for (const language of ['en', 'es', 'fr', 'de']) {
      const { sms } = look(base, template, language);
      if (!sms) throw new Error(`${template} ${language} has no text`);
      expect(sms.text).not.toMatch(/\{\{|undefined|NaN/);
      expect(sms).toEqual({ text: sms.text, ...partsOf(sms.text) });
      expect(sms.segments).toBeGreaterThan(0);
    }
  });

  const partsOf = (text: string) => {
    const { segments, encoding } = segmentsOf(text);
    return { segments, encoding };
  };

  it('is not there where only managers read it', () => {
    expect(look(base, 'digest').sms).toBeUndefined();
  });

  it('says that letters beyond the plain alphabet make it longer', () => {
    const world = base.clone();
    const plain = look(world, 'late').sms;
    typeInto(world, 'Templates', 'late', 'SMS', `${'Miete überfällig – bitte zahlen. '.repeat(3)}\u4f60`);
    const dear = look(world, 'late').sms;
    expect([plain?.encoding, dear?.encoding]).toEqual(['GSM-7', 'UCS-2']);
    expect(dear?.segments).toBe(segmentsOf(dear?.text ?? '').segments);
  });
});

describe('a test to a phone', () => {
  it('leaves at once as a text that says that it is a test, and no mail does', () => {
    const world = base.clone();
    const mails = world.mailbox.length;
    expect(given(test(world)).says).toBe(`The test was sent to ${PHONE}.`);
    expect(arrived(world)).toEqual([expect.stringMatching(/^Test: /)]);
    expect(world.mailbox).toHaveLength(mails);
  });

  it('is sent once by a request that comes twice', () => {
    const world = base.clone();
    const args = click();
    test(world, args);
    test(world, args);
    expect(arrived(world)).toHaveLength(1);
  });

  it('of a manager goes through the Outbox and leaves with the owner’s next run', () => {
    const world = base.clone();
    expect(given(test(world, {}, MANAGER)).says).toMatch(/is in the Outbox.*within ten minutes/);
    expect(arrived(world)).toEqual([]);
    world.advanceTo(world.now + 11 * 60_000);
    expect(arrived(world)).toHaveLength(1);
    expect(tabOf(world, 'Outbox').find((row) => row.Kind === 'test')).toMatchObject({ State: 'sent', To: PHONE });
  });

  it('is refused for what is no phone number, and while texts are off', () => {
    const world = base.clone();
    expect(refusal(test(world, { phone: '415 555 0177' }))).toMatch(/^The country code is missing/);
    expect(refusal(test(world, { phone: 'my phone' }))).toMatch(/^Write the phone number alone/);
    typeInto(world, 'Settings', 'Texts by', 'Value', '');
    expect(refusal(test(world))).toMatch(/^Text messages are off: write twilio under "Texts by"/);
    expect(arrived(world)).toEqual([]);
  });

  it('that Twilio does not take says why, and the next click is another try', () => {
    const world = base.clone();
    world.vendorState<TwilioState>('twilio').regions = ['+44'];
    expect(test(world)).toMatchObject({ refused: expect.stringMatching(/\S/), over: true });
  });
});
