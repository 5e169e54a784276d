/** The dry run, in which nothing leaves and nothing is written, and messages looked at or sent to oneself. */
import { bookOf, ELM, leapTo, leaseOf, OWNER, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { answerTo, ask, click, everything, given, refusal } from './desk-setup-world';

const MANAGER = 'mia@example.com';
const OAK = { ...ELM, Property: 'Oak Court', 'Time zone': 'America/Los_Angeles' };
const base = smallWorld({
  on: '2026-11-28',
  properties: [ELM, OAK],
  leases: [
    leaseOf('L-1'),
    leaseOf('L-2', { Email: '' }),
    leaseOf('L-3', { 'Notify by': 'none' }),
    leaseOf('L-4', { Property: 'Oak Court', Language: 'es' }),
  ],
  settings: { Reminders: 'off', Managers: `${MANAGER} (Elm House)` },
});

describe('the dry run', () => {
  const DAYS = 16;
  const told = given(ask(base.clone(), 'dryRun', { days: DAYS }));

  it('writes nothing, sends nothing, and leaves the world as it was', () => {
    const world = base.clone();
    const before = everything(world);
    const run = world.run('api', ['dryRun', [{ days: 31 }]], { trigger: 'sidebar' });
    expect(run.ok).toBe(true);
    expect(everything(world)).toBe(before);
    expect(
      Object.keys(run.calls).filter((name) => /batchUpdate|send|setProperty|newTrigger|fetch/i.test(name)),
    ).toEqual([]);
  });

  it('tells each day: charges, fees, sums and tasks', () => {
    const first = told.days.find((each) => each.day === '2026-12-01');
    expect(first).toMatchObject({ charges: 4, fees: 0, sums: [{ cents: 400_000, currency: 'USD' }] });
    expect(told.days.find((each) => each.day === '2026-12-06')).toMatchObject({ fees: 4 });
    expect(told.days).toHaveLength(DAYS);
    expect(told.days.flatMap((each) => each.tasks).join()).toMatch(/Call the resident/);
  });

  it('shows the messages in full, in the resident’s language, with the figures of their day', () => {
    const messages = told.days.flatMap((each) => each.messages.map((message) => ({ day: each.day, ...message })));
    const late = messages.find((each) => each.lease === 'L-1' && each.template === 'late');
    expect(late).toMatchObject({ day: '2026-12-06', to: 'l-1@example.com', waits: false });
    expect(late?.text).toContain('$1,050.00');
    expect(messages.find((each) => each.lease === 'L-4')?.text).toMatch(/renta|alquiler/i);
    expect(messages.map((each) => each.lease)).not.toContain('L-2');
  });

  it('names who would get nothing, and why', () => {
    expect(told.unreachable).toEqual([
      'L-2, Resident L-2: there is no e-mail address on the lease',
      'L-3, Resident L-3: Notify by is "none"',
    ]);
  });

  it('comes true: what the days then charge and send is what was told', () => {
    const world = base.clone();
    typeInto(world, 'Settings', 'Reminders', 'Value', 'on');
    for (let hours = 0; hours < (DAYS - 1) * 24 + 12; hours += 3) leapTo(world, world.now + 3 * 3_600_000 - 60_000);
    const { entries } = bookOf(world);
    const charged = entries.filter((row) => row.kind === 'charge').length;
    expect(told.days.reduce((all, each) => all + each.charges + each.fees, 0)).toBe(charged);
    const mails = world.mailbox.filter((mail) => /^l-\d@/.test(mail.to)).map((mail) => mail.subject);
    const subjects = told.days.flatMap((each) => each.messages.map((message) => message.subject));
    expect(subjects.slice().sort()).toEqual(mails.slice().sort());
  });

  it('of a person with some properties tells of those alone', () => {
    const seen = given(ask(base.clone(), 'dryRun', { days: 15 }, MANAGER));
    expect(JSON.stringify(seen)).not.toMatch(/L-4|Oak Court/);
    expect(seen.days.find((each) => each.day === '2026-12-01')?.charges).toBe(3);
  });

  it('tells fifty messages in full, and counts the others', () => {
    const leases = Array.from({ length: 30 }, (_, index) => leaseOf(`L-${index + 1}`));
    const { days } = given(ask(smallWorld({ on: '2026-11-28', leases }), 'dryRun', { days: 10 }));
    expect(days.reduce((all, each) => all + each.messages.length, 0)).toBe(50);
    expect(days.reduce((all, each) => all + each.more, 0)).toBe(40);
  });

  it('names a template that cannot be filled', () => {
    const world = base.clone();
    typeInto(world, 'Templates', 'due-today', 'Body', 'Pay {{nonsense}}');
    expect(given(ask(world, 'dryRun', { days: 5 })).problems.join()).toMatch(/Template due-today.*nonsense/);
  });

  it.each([0, 32, 1.5, '3'])('of %p days is refused', (days) => {
    expect(answerTo(base, 'dryRun', { days: days as number })).toMatchObject({ ok: false, kind: 'arguments' });
  });
});

describe('a message looked at', () => {
  const look = (template: string, more: object = {}, user?: string) =>
    ask(base, 'previewMessage', { template, language: 'en', ...more }, user);

  it('shows a real lease’s data, and says where it supposes something', () => {
    const seen = given(look('late', { lease: 'l-1' }));
    expect(seen).toMatchObject({
      lease: 'L-1',
      subject: expect.stringMatching(/\S/),
      html: expect.stringMatching(/^<!doctype/i),
    });
    expect(seen.text).toMatch(/Resident L-1[\s\S]*Elm House/);
    expect(seen.problems).toEqual([expect.stringMatching(/^Nothing is unpaid now.*Dec 1, 2026 were not paid/)]);
  });

  it.each([
    'before-due',
    'due-today',
    'late',
    'late-second',
    'final-notice',
    'receipt',
    'payment-failed',
    'request-answered',
    'digest',
    'plan-news',
  ])('can be each of ours: %s', (template) => {
    for (const language of ['en', 'es', 'fr', 'de']) {
      const seen = given(look(template, { language }));
      expect(seen.subject).not.toBe('');
      expect(`${seen.subject} ${seen.text}`).not.toMatch(/\{\{|undefined|NaN/);
    }
  });

  it('shows the owner what a failure would say, in the language asked for', () => {
    const seen = given(ask(base, 'previewMessage', { template: 'failure', language: 'fr' }));
    expect(seen).toMatchObject({ subject: 'À voir : Stripe, reconnectez-vous', problems: [] });
    expect(seen.text).toContain('https://docs.google.com/spreadsheets/d/');
  });

  it('shows a household that does not exist while there is no lease', () => {
    const world = smallWorld({ on: '2026-11-28', leases: [], properties: [] });
    const seen = given(ask(world, 'previewMessage', { template: 'late', language: 'fr' }));
    expect(seen).toMatchObject({ lease: '', text: expect.stringContaining('Sam Sample') });
  });

  it('is refused for a lease that is not there, in the same words as for one that the person may not see', () => {
    expect(refusal(look('late', { lease: 'L-77' }, MANAGER))).toMatch(/^There is no lease "L-77" that runs/);
    expect(refusal(look('late', { lease: 'L-4' }, MANAGER))).toMatch(/^There is no lease "L-4" that runs/);
    expect(refusal(look('nonsense'))).toMatch(/no template "nonsense"/);
  });
});

describe('a test to oneself', () => {
  const test = (world: World, user: string, args = click()) =>
    ask(world, 'testMessage', { ...args, template: 'late', language: 'en', lease: 'L-1' }, user);

  it('leaves at once when the owner asks, even at night, and takes nothing else along', () => {
    const world = base.clone();
    leapTo(world, '2026-11-29T04:00:00Z');
    const others = world.mailbox.length;
    const args = click();
    expect(given(test(world, OWNER, args)).says).toBe(`The test was sent to ${OWNER}.`);
    const sent = world.mailbox.slice(others);
    expect(sent.map((mail) => [mail.to, mail.subject])).toEqual([[OWNER, expect.stringMatching(/^Test: /)]]);
    given(test(world, OWNER, args));
    expect(world.mailbox).toHaveLength(others + 1);
    expect(ask(world, 'setupView', {}).steps.find((each) => each.step === 'messages')?.done).toBe(true);
  });

  it('of anybody else goes through the Outbox, to them, from the owner’s address', () => {
    const world = base.clone();
    expect(given(test(world, MANAGER)).says).toMatch(/to mia@example\.com is in the Outbox.*within ten minutes/);
    expect(world.mailbox.filter((mail) => mail.to === MANAGER)).toEqual([]);
    world.advanceTo(world.now + 11 * 60_000);
    expect(world.mailbox.filter((mail) => mail.to === MANAGER)).toHaveLength(1);
    expect(tabOf(world, 'Outbox').find((row) => row.Kind === 'test')).toMatchObject({ State: 'sent', 'Lease ID': '' });
  });

  it('of a template with a fault is refused with the fault', () => {
    const world = base.clone();
    typeInto(world, 'Templates', 'late', 'Body', 'Pay {{nonsense}}');
    expect(refusal(test(world, OWNER))).toMatch(/nonsense/);
  });
});
