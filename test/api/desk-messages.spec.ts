/** What is told of messages: how each goes and how it ended, what is known of an address, and what a person says of it. */
import { reportSendgridSpam } from '../../local/vendors/sendgrid/people';
import type { SendgridState } from '../../local/vendors/sendgrid/state';
import type { Effect } from '../../src/api/desk/acts';
import type { LeaseView } from '../../src/api/desk/lease';
import type { Today } from '../../src/api/desk/today';
import type { EffectLine, Refusal } from '../../src/api/desk/told';
import { acted, type Came, connectDocusign, DEAD, fresh, STOPPED, toldHouse, WELL } from '../message-worlds';
import { answerAs, askApi, bookOf, HOUR, leapTo, tabOf, typeInto, type World } from '../worlds';

const base = toldHouse();
const fork = (): World => base.clone();
const leaseOf = (world: World, lease: string): LeaseView => askApi<LeaseView>(world, 'lease', [{ lease }]);
const sentTo = (world: World, lease: string): readonly EffectLine[] => leaseOf(world, lease).notices.sent;
const marked = (world: World, lease: string) => leaseOf(world, lease).contacts.marked;
const setContact = (world: World, kind: string, address: string, as: string): Came =>
  acted(world, 'setContact', { kind, address, as });

describe('a message that was sent', () => {
  it('tells its way, what carried it and how it ended', () => {
    const world = fork();
    expect(sentTo(world, 'L-1')[0]).toMatchObject({ way: 'email', by: 'SendGrid', delivery: { state: 'delivered' } });
    expect(sentTo(world, 'L-2')[0]).toMatchObject({
      way: 'sms',
      by: 'Twilio',
      to: WELL,
      delivery: { state: 'delivered' },
    });
    expect(sentTo(world, 'L-3')[0]?.delivery).toMatchObject({
      state: 'bounced',
      detail: expect.stringMatching(/^550 5\.1\.1/),
    });
    expect(sentTo(world, 'L-3')[0]?.awaits).toBeUndefined();
  });

  it('waits for news as long as its platform has told no end', () => {
    const world = fork();
    typeInto(world, 'Leases', 'L-2', 'Notify by', 'none');
    acted(world, 'recordOne', { lease: 'L-1', amount: '100.00', method: 'check', reference: '9' });
    acted(world, 'startRun', { job: 'daily' });
    const [receipt] = sentTo(world, 'L-1');
    expect(receipt).toMatchObject({ kind: 'receipt', state: 'sent', awaits: true });
    leapTo(world, world.now + 2 * HOUR);
    expect(sentTo(world, 'L-1')[0]).not.toHaveProperty('awaits');
    expect(sentTo(world, 'L-1')[0]?.delivery?.state).toBe('delivered');
  });

  it('that its platform holds says until when', () => {
    const world = toldHouse({ 'Quiet hours': '21:00-08:00', 'Hand over hours': '12' });
    leapTo(world, '2026-12-13T11:15:00Z');
    const held = sentTo(world, 'L-1').find(({ kind }) => kind === 'late-second');
    expect(held).toMatchObject({ state: 'scheduled', by: 'SendGrid', at: '2026-12-13 08:00 (America/New_York)' });
  });

  it('can be read in its words, a text with its parts', () => {
    const world = fork();
    const read = (lease: string) => askApi<Effect>(world, 'previewEffect', [{ effect: sentTo(world, lease)[0]?.key }]);
    expect(read('L-1').text).toContain('outstanding');
    expect(read('L-1').sms).toBeUndefined();
    expect(read('L-2')).toMatchObject({ subject: '', sms: { segments: expect.any(Number), encoding: 'GSM-7' } });
    expect(read('L-2').text).toMatch(/^Elm House: \$1,050\.00 is outstanding/);
  });

  it('has its way also while it waits to leave', () => {
    const world = fork();
    acted(world, 'pauseAll', { paused: true });
    acted(world, 'recordOne', { lease: 'L-2', amount: '100.00', method: 'check', reference: '9' });
    acted(world, 'startRun', { job: 'daily' });
    const { sending, paused } = askApi<Today>(world, 'today');
    expect(paused).toBe(true);
    expect(sending.find(({ lease }) => lease === 'L-2')).toMatchObject({ way: 'sms', by: 'Twilio', state: 'ready' });
  });
});

describe('the contacts of a lease', () => {
  it('say how residents are told, with whose consent, and what is known of each address', () => {
    const world = fork();
    expect(leaseOf(world, 'L-1').contacts).toMatchObject({ notifyBy: 'email', smsConsent: '', marked: [] });
    expect(leaseOf(world, 'L-2').contacts).toMatchObject({ notifyBy: 'sms', number: WELL, marked: [] });
    expect(leaseOf(world, 'L-2').contacts.smsConsent).toBe('lease, clause 12, 2026-06-01');
    expect(marked(world, 'L-3')).toEqual([
      {
        kind: 'email',
        address: 'l-3@example.com',
        state: 'bounced',
        by: 'SendGrid',
        detail: expect.stringMatching(/550/),
        since: '2026-12-01',
        final: false,
      },
    ]);
    expect(marked(world, 'L-4')).toMatchObject([{ address: STOPPED, state: 'opted out', by: 'Twilio', final: true }]);
    expect(marked(world, 'L-5')).toMatchObject([{ kind: 'sms', address: DEAD, state: 'bounced', final: false }]);
    expect(leaseOf(world, 'L-5').contacts.unreachable).toBeUndefined();
  });

  it('name no number where the phone is none', () => {
    const world = fork();
    typeInto(world, 'Leases', 'L-2', 'Phone', 'ask the neighbour');
    expect(leaseOf(world, 'L-2').contacts).not.toHaveProperty('number');
  });
});

describe('a person’s word on an address', () => {
  it('lets one be tried again of which a platform said that it is bad', () => {
    const world = fork();
    expect(leaseOf(world, 'L-3').contacts.unreachable).toMatch(/takes no messages/);
    expect(setContact(world, 'email', 'L-3@example.com', 'good').says).toBe('l-3@example.com is tried again.');
    expect(marked(world, 'L-3')).toEqual([]);
    expect(leaseOf(world, 'L-3').contacts.unreachable).toBeUndefined();
    expect(tabOf(world, 'Contacts').find((row) => row.Address === 'l-3@example.com')).toMatchObject({
      State: 'good',
      By: world.owner,
    });
  });

  it('ends everything that would go there, and is told in the Log', () => {
    const world = fork();
    expect(setContact(world, 'sms', '+1 (415) 555-0151', 'opted out').says).toBe(
      `Nothing is sent to ${WELL} any more.`,
    );
    expect(marked(world, 'L-2')).toMatchObject([{ address: WELL, state: 'opted out', by: world.owner, final: true }]);
    expect(leaseOf(world, 'L-2').contacts.unreachable).toMatch(/has opted out/);
    expect(
      bookOf(world)
        .log.filter(({ kind }) => kind === 'contact')
        .at(-1)?.what,
    ).toBe(`Nothing is sent to ${WELL} any more.`);
  });

  it('never takes back that a resident has opted out', () => {
    const world = fork();
    const stop = setContact(world, 'sms', STOPPED, 'good').refused;
    expect(stop).toBe(`${STOPPED} has opted out. Only the resident can take that back, by answering START.`);
    setContact(world, 'email', 'l-1@example.com', 'opted out');
    expect(setContact(world, 'email', 'l-1@example.com', 'good').refused).toMatch(/wants no mail.*on the Contacts tab/);
  });

  it('lets one be tried again that has called a mail spam', () => {
    const world = fork();
    reportSendgridSpam(world.vendorState<SendgridState>('sendgrid'), 'l-1@example.com', world.now);
    leapTo(world, world.now + 2 * HOUR);
    expect(marked(world, 'L-1')).toMatchObject([{ state: 'complained', final: false }]);
    expect(setContact(world, 'email', 'l-1@example.com', 'good').done).toBe(true);
    expect(marked(world, 'L-1')).toEqual([]);
  });

  it('is refused where it says nothing new, and about an address of nobody', () => {
    const world = fork();
    expect(setContact(world, 'email', 'l-1@example.com', 'good').refused).toBe('l-1@example.com is "good" already.');
    expect(setContact(world, 'email', 'x@example.com', 'opted out').refused).toBe(
      'No lease has the address x@example.com.',
    );
  });

  it('is for those who may see a lease that has the address', () => {
    const world = fork();
    const say = (user: string, address: string) =>
      answerAs(world, user, 'setContact', { request: fresh(), kind: 'email', address, as: 'opted out' });
    expect(say('vera@example.com', 'l-1@example.com').ok).toBe(false);
    expect(say('meg@example.com', 'o-1@example.com').value as Refusal).toEqual({
      refused: 'No lease has the address o-1@example.com.',
    });
    expect(say('meg@example.com', 'l-1@example.com').value).toMatchObject({ done: true });
    expect(marked(world, 'L-1')).toMatchObject([{ by: 'meg@example.com' }]);
  });
});

describe('an offer that asks for a note', () => {
  const ask = (world: World, kind: string, note?: string): Came & { link?: string } =>
    acted(world, 'askPlatform', { lease: 'L-1', platform: 'docusign', kind, ...(note === undefined ? {} : { note }) });

  it('says what it asks for, and that it is about a document', () => {
    const world = fork();
    connectDocusign(world);
    const plan = leaseOf(world, 'L-1').offers.find(({ kind }) => kind === 'plan');
    expect(plan).toMatchObject({ document: true, asks: { label: 'The plan' } });
    expect(leaseOf(world, 'L-1').offers.find(({ platform }) => platform === 'stripe')?.document).toBeUndefined();
  });

  it('is refused without one, and takes it along', () => {
    const world = fork();
    connectDocusign(world);
    expect(ask(world, 'plan').refused).toMatch(/needs The plan/);
    expect(ask(world, 'plan', '   ').refused).toMatch(/needs The plan/);
    const came = ask(world, 'plan', '525.00 on the 10th and the 20th');
    expect(came.link).toMatch(/^https:\/\//);
    expect(JSON.stringify(world.vendorState('docusign'))).toContain('525.00 on the 10th and the 20th');
  });

  it('that failed is another try when it is asked for again', () => {
    const world = fork();
    connectDocusign(world);
    acted(world, 'platformFields', { platform: 'docusign', values: { DOCUSIGN_PLAN_TEMPLATE: '' } });
    expect(ask(world, 'plan', '525.00 on the 10th')).toMatchObject({ refused: expect.any(String), over: true });
  });
});
