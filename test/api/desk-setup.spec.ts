/** The setup wizard: what it shows before and after, what it saves and refuses, and the two switches. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare, bookOf, ELM, leaseOf, OWNER, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { answerTo, ask, click, given, peopleTabs, refusal } from './desk-setup-world';

const ON = '2026-12-01';
const MANAGER = 'mia@example.com';
const view = (world: World, user?: string) => ask(world, 'setupView', {}, user);
const setting = (world: World, name: string) => tabOf(world, 'Settings').find((row) => row.Setting === name)?.Value;
const property = (world: World, name: string) => tabOf(world, 'Properties').find((row) => row.Property === name);

describe('the wizard before any set-up', () => {
  it('shows what it would choose, makes nothing, and begins with the first step', () => {
    const world = bare(ON, 'Europe/London');
    const seen = view(world);
    expect(seen).toMatchObject({ setUp: false, owner: '', mine: true, step: 'choose', leases: 0, demo: false });
    expect(seen.facts).toMatchObject({ zone: 'Europe/London', booksOpenOn: ON, digestTo: OWNER });
    expect(world.workbook.state.sheets.map((sheet) => sheet.title)).toEqual(['Sheet1']);
  });

  it('makes the tabs with the facts of the first step, once', () => {
    const world = bare(ON);
    const facts = { zone: 'America/Chicago', currency: 'cad', booksOpenOn: '2026-11-15', done: 'choose' as const };
    const seen = given(ask(world, 'saveFacts', { ...click(), facts }));
    expect(seen).toMatchObject({ setUp: true, owner: OWNER, mine: true, step: 'leases', schedule: true });
    expect(seen.facts).toMatchObject({ zone: 'America/Chicago', currency: 'CAD', booksOpenOn: '2026-11-15' });
    expect(world.triggers).toHaveLength(3);
  });

  it('refuses what it cannot read, field by field, and makes no tab', () => {
    const world = bare(ON);
    const facts = { zone: 'Mars/Crater', currency: 'gold', done: 'choose' as const };
    expect(ask(world, 'saveFacts', { ...click(), facts })).toEqual({
      refused: expect.any(String),
      fields: {
        zone: '"Mars/Crater" is not a time zone. Write one such as America/New_York.',
        currency: '"GOLD" is not a currency. Write a code such as USD.',
      },
    });
    expect(world.workbook.state.sheets).toHaveLength(1);
  });
});

describe('the steps', () => {
  it('are told by the workbook: what is there already is not asked for', () => {
    const world = smallWorld({ on: ON, settings: { Reminders: 'off' } });
    expect(view(world).steps.map(({ step, done }) => [step, done])).toEqual([
      ['choose', true],
      ['leases', true],
      ['facts', true],
      ['connect', true],
      ['messages', false],
      ['dry run', false],
    ]);
    expect(view(world).step).toBe('messages');
  });

  it('that only a person can end are remembered, so that the wizard is taken up where it was left', () => {
    const world = smallWorld({ on: ON, settings: { Reminders: 'off' } });
    given(ask(world, 'saveFacts', { ...click(), facts: { done: 'messages' } }));
    expect(view(world.clone()).step).toBe('dry run');
    expect(given(ask(world, 'saveFacts', { ...click(), facts: { done: 'dry run' } })).step).toBe('done');
  });

  it('are done where reminders are on: such a ledger is past its trial', () => {
    expect(view(smallWorld({ on: ON })).step).toBe('done');
  });
});

describe('facts', () => {
  const base = smallWorld({ on: ON, settings: { Managers: MANAGER } });

  it('are written in the person’s name, with before and after in the Log', () => {
    const world = base.clone();
    const facts = { senderName: 'Elm Office', quietHours: '20:00-09:00', approvalLimit: '500' };
    expect(given(ask(world, 'saveFacts', { ...click(), facts })).facts).toMatchObject(facts);
    const lines = tabOf(world, 'Log').filter((row) => row.Kind === 'setting');
    expect(lines.map((row) => [row.Who, row.What, row.Before, row.After])).toEqual([
      [OWNER, 'Settings: Sender name', '', 'Elm Office'],
      [OWNER, 'Settings: Approval limit', '', '500'],
      [OWNER, 'Settings: Quiet hours', '21:00-08:00', '20:00-09:00'],
    ]);
  });

  it.each([
    ['quietHours', 'late', /cannot be read\. Write full hours/],
    ['approvalLimit', 'much', /is not an amount\. Write a number/],
    ['approvalLimit', '-5', /must not be below nothing/],
    ['booksOpenOn', '31 February', /is not a date\. Write the first day/],
    ['digestTo', 'nobody', /@/],
    ['managers', 'ann@example.com, bob', /"bob"/],
    ['viewers', 'ann@example.com (Oak Court)', /"oak court" in brackets is not on the Properties tab/],
    ['currency', 'EUR', /books are in USD already/],
  ])('that are wrong (%s: %s) are refused, and nothing beside them is written', (field, value, words) => {
    const world = base.clone();
    world.run('api', ['daily', [{}]], { trigger: 'sidebar' });
    const before = peopleTabs(world);
    const facts = { senderName: 'Half written', [field]: value };
    const answer = ask(world, 'saveFacts', { ...click(), facts }) as { fields: Record<string, string> };
    expect(answer.fields[field]).toMatch(words);
    expect(peopleTabs(world)).toBe(before);
  });

  it('of the whole file are the owner’s, and those of a property a manager’s who may see it', () => {
    const world = base.clone();
    expect(refusal(ask(world, 'saveFacts', { ...click(), facts: { zone: 'Etc/UTC' } }, MANAGER))).toMatch(
      /for the owner/,
    );
    typeInto(world, 'Settings', 'Managers', 'Value', `${MANAGER} (Elm House)`);
    const save = (name: string) =>
      ask(world, 'saveFacts', { ...click(), facts: { property: { name, address: '2 New Street' } } }, MANAGER);
    given(save('elm house'));
    expect(refusal(save('Oak Court'))).toBe('There is no property "Oak Court" that you act on.');
    expect(property(world, 'Elm House')?.Address).toBe('2 New Street');
    expect(property(world, 'Oak Court')).toBeUndefined();
  });

  it('sent a second time with the same click change nothing and give the same answer', () => {
    const world = base.clone();
    const args = { ...click(), facts: { senderName: 'Once' } };
    const first = given(ask(world, 'saveFacts', args));
    typeInto(world, 'Settings', 'Sender name', 'Value', 'By hand');
    expect(given(ask(world, 'saveFacts', args)).says).toBe(first.says);
    expect(setting(world, 'Sender name')).toBe('By hand');
  });
});

describe('fee terms', () => {
  const world = smallWorld({ on: ON });
  const save = (more: object) =>
    ask(world, 'saveFacts', { ...click(), facts: { property: { name: 'Elm House', ...more } } });

  it('are confirmed by name and day', () => {
    given(save({ jurisdiction: 'US-TX', lateFee: '60.00', confirm: true }));
    expect(property(world, 'Elm House')).toMatchObject({
      'Late fee': '60.00',
      Jurisdiction: 'US-TX',
      'Fee terms confirmed': `${OWNER}, ${ON}`,
    });
  });

  it('show the rule of the jurisdiction with its source, and how they read', () => {
    const [elm] = view(world).properties;
    expect(elm?.law).toMatch(/^US-TX: .*Tex\. Prop\. Code.* Source: /);
    expect(elm?.law).toMatch(/Verified|Not verified/);
    expect(elm?.terms).toMatch(/^due \+ 5: rent due on the 1st can carry a fee from the 6th; late fee 60\.00/);
    expect(view(world).jurisdictions).toContain('UK-ENG');
  });

  it('that change wait to be confirmed anew', () => {
    expect(given(save({ graceDays: '7' })).says).toMatch(/changed, so they wait to be confirmed/);
    expect(property(world, 'Elm House')?.['Fee terms confirmed']).toBe('');
  });

  it('that cannot be read are refused with the column’s own words', () => {
    const answer = save({ lateFee: 'a lot', graceDays: 'some', managerEmail: 'ann' });
    expect(Object.keys((answer as { fields: object }).fields).sort()).toEqual(['graceDays', 'lateFee', 'managerEmail']);
    expect(property(world, 'Elm House')?.['Late fee']).toBe('60.00');
  });

  it('of an unknown place are taken, and the person is told', () => {
    expect(given(save({ jurisdiction: 'US-ZZ' })).says).toMatch(/No late-fee rule is on file for "US-ZZ"/);
  });

  it('of a new property make its row', () => {
    const facts = { property: { name: 'Oak Court', zone: 'Europe/Paris', currency: 'eur', returnedFee: '12,50' } };
    given(ask(world, 'saveFacts', { ...click(), facts }));
    expect(property(world, 'Oak Court')).toMatchObject({ 'Time zone': 'Europe/Paris', Currency: 'EUR' });
    expect(property(world, 'Oak Court')?.['Returned payment fee']).toMatch(/12[.,]50?/);
  });

  it('keep a text that looks like a formula a text', () => {
    given(save({ address: '=HYPERLINK("http://evil.example")' }));
    expect(property(world, 'Elm House')?.Address).toBe('=HYPERLINK("http://evil.example")');
  });
});

describe('the switches', () => {
  it('turn reminders on with what is doubtful about it, and off again', () => {
    const leases = [leaseOf('L-1'), leaseOf('L-2', { Email: '' })];
    const world = smallWorld({ on: ON, leases, settings: { Reminders: 'off' } });
    const on = given(ask(world, 'turnOn', { ...click(), on: true }));
    expect(on.reminders).toBe(true);
    expect(on.says).toMatch(
      /^Reminders are on.*Nobody has looked at a dry run yet\. 1 problem in cells: .* 1 lease cannot be written to\./,
    );
    expect(given(ask(world, 'turnOn', { ...click(), on: false })).reminders).toBe(false);
    const lines = tabOf(world, 'Log').filter((row) => row.What === 'Settings: Reminders');
    expect(lines.map((row) => [row.Before, row.After])).toEqual([
      ['off', 'on'],
      ['on', 'off'],
    ]);
  });

  it('turn the clock off and on; edits are told in the Log all the while', () => {
    const world = smallWorld({ on: ON });
    expect(given(ask(world, 'schedule', { ...click(), on: false })).schedule).toBe(false);
    expect(world.triggers.map((trigger) => trigger.handler)).toEqual(['edited']);
    expect(view(world, 'someone@example.com').schedule).toBe(false);
    expect(given(ask(world, 'schedule', { ...click(), on: true })).schedule).toBe(true);
    expect(world.triggers.map((trigger) => trigger.handler).sort()).toEqual(['edited', 'poll', 'tick']);
  });

  it('turn by the click that was made last: one that arrives late a second time changes nothing', () => {
    const world = smallWorld({ on: ON });
    const off = { ...click(), on: false };
    given(ask(world, 'schedule', off));
    given(ask(world, 'schedule', { ...click(), on: true }));
    expect(given(ask(world, 'schedule', off)).schedule).toBe(true);
  });

  it.each(['turnOn', 'schedule', 'demoPortfolio'])('are the owner’s alone: %s', (name) => {
    const world = smallWorld({ on: ON, settings: { Managers: MANAGER } });
    const args = name === 'demoPortfolio' ? { put: true } : { on: false };
    expect(answerTo(world, name, { ...click(), ...args }, MANAGER)).toMatchObject({ ok: false, kind: 'role' });
  });
});

describe('what a person may see', () => {
  const OAK = { ...ELM, Property: 'Oak Court' };
  const world = smallWorld({
    on: ON,
    properties: [ELM, OAK],
    leases: [leaseOf('L-1'), leaseOf('L-2', { Property: 'Oak Court' }), leaseOf('L-3', { Property: 'Oak Court' })],
    settings: { Managers: `${MANAGER} (Elm House)` },
  });
  typeInto(world, 'Leases', 'L-3', 'Rent', 'seventeen');

  it('is what belongs to their properties: nothing of the others is named or counted', () => {
    const seen = view(world, MANAGER);
    expect(seen.leases).toBe(1);
    expect(seen.properties.map((each) => each.name)).toEqual(['Elm House']);
    expect(JSON.stringify(seen)).not.toMatch(/Oak Court|seventeen/);
    expect(view(world).problems.join()).toMatch(/seventeen/);
  });
});

describe('time zones', () => {
  it('that differ between spreadsheet and settings are told, names for the same clock are not', () => {
    const world = smallWorld({ on: ON });
    expect(view(world).zoneWarning).toBeUndefined();
    typeInto(world, 'Settings', 'Time zone', 'Value', 'America/Detroit');
    expect(view(world).zoneWarning).toBeUndefined();
    typeInto(world, 'Settings', 'Time zone', 'Value', 'America/Chicago');
    expect(view(world).zoneWarning).toMatch(/spreadsheet's clock is America\/New_York.*says America\/Chicago/);
  });
});

describe('permissions', () => {
  it('have one line each, as the manifest asks for them', () => {
    const manifest = JSON.parse(readFileSync(join(__dirname, '../../appsscript.json'), 'utf8')) as {
      oauthScopes: string[];
    };
    const { scopes } = view(bare(ON));
    expect(scopes.map((each) => each.scope)).toEqual(manifest.oauthScopes);
    expect(scopes.filter((each) => each.why.length < 20)).toEqual([]);
  });
});

describe('a repaired ledger', () => {
  it('is still whole after all of it', () => {
    const world = smallWorld({ on: ON });
    given(ask(world, 'saveFacts', { ...click(), facts: { senderName: 'Elm', done: 'facts' } }));
    given(ask(world, 'turnOn', { ...click(), on: false }));
    expect(answerTo(world, 'verify').value).toMatchObject({ ok: true });
    expect(bookOf(world).log.filter((line) => line.kind === 'act')).toHaveLength(2);
  });
});
