/** What people change in a CRM, through the built bundle: our own echo is no news, a field of ours is reported, mail and phone are offered. */
import * as hubspot from '../../local/vendors/hubspot/people';
import { SANDBOX_TOKEN } from '../../local/vendors/hubspot/state';
import { intentOf, leapTo, loadStripe, MINUTE, tabOf, twisted, verdictOf, type World } from '../worlds';
import { click, mornings, paysByCheque } from './carriers-world';
import {
  ask,
  cellOf,
  contactOf,
  crmHouse,
  differences,
  hubspotState,
  later,
  lines,
  offers,
  reports,
  told,
  types,
} from './crm-world';

const line = twisted();
afterEach(() => delete line.twist);

/** The seventh of December: both are late, and the office has read it. */
const late = (() => {
  const world = crmHouse(line.vendors);
  mornings(world, '2026-12-02', '2026-12-07');
  return world;
})();

const news = (world: World) => [reports(world), offers(world)];
const needs = (world: World) =>
  ask<{ needs: readonly { kind: string; key: string; title: string }[] }>(world, 'today').needs;

describe('what the ledger has written itself', () => {
  it('is never news, over weeks of rents, fees, payments and texts that change', () => {
    const world = late.clone();
    for (const [at, day] of ['2026-12-08', '2026-12-09', '2026-12-14', '2026-12-21', '2027-01-01'].entries()) {
      mornings(world, day);
      paysByCheque(world, at % 2 === 0 ? 'L-1' : 'L-2', `${300 + at}.00`);
      loadStripe(world, [intentOf(`pi_${at}`, 'L-2', 10_000 + at, world.now)]);
      later(world, 11, 22, 33);
    }
    expect(told(world, 'standing', 'L-1').length).toBeGreaterThan(5);
    expect(news(world)).toEqual([[], []]);
    expect(contactOf(world, 'L-1').properties.rent_as_of).toBe('2027-01-01');
  });

  it('is no news while the index of the search still shows what was told before', () => {
    const world = late.clone();
    for (const amount of ['100.00', '200.00', '300.00']) {
      paysByCheque(world, 'L-1', amount);
      ask(world, 'deliver');
      const before = contactOf(world, 'L-1').properties.rent_balance;
      world.run('poll', [], { trigger: 'time' });
      expect(contactOf(world, 'L-1').properties.rent_balance).toBe(before);
    }
    later(world, 12, 24);
    expect(contactOf(world, 'L-1').properties.rent_balance).toBe('450');
    expect(news(world)).toEqual([[], []]);
  });

  it('is no news where the answer to it was lost and the same is told once more', () => {
    const world = late.clone();
    line.twist = ({ url }, reply) => (/batch\/upsert/.test(url) ? { ...reply, status: 502, body: '' } : reply);
    paysByCheque(world, 'L-1', '100.00');
    ask(world, 'deliver');
    delete line.twist;
    expect(contactOf(world, 'L-1').properties.rent_balance).toBe('950');
    later(world, 12, 24, 36, 70);
    expect(told(world, 'standing', 'L-1').at(-1)).toMatchObject({ state: 'sent' });
    expect([news(world), lines(world, /has another/)]).toEqual([[[], []], []]);
  });

  it('is no news where it never got there', () => {
    const world = late.clone();
    world.faults.atVendor({ vendor: 'hubspot', what: 'server-error', when: 'always' });
    paysByCheque(world, 'L-1', '100.00');
    later(world, 12);
    world.faults.clear();
    later(world, 12, 70, 140);
    expect(contactOf(world, 'L-1').properties.rent_balance).toBe('950');
    expect(news(world)).toEqual([[], []]);
  });

  it('costs an idle poll one call there and none to the sheet', () => {
    const world = late.clone();
    later(world, 12, 24);
    const { calls } = world.run('poll', [], { trigger: 'time' });
    const asked = Object.entries(calls as Record<string, number>).filter(([name]) => name.startsWith('Sheets.'));
    expect(asked).toEqual([]);
  });
});

describe('a field of ours that a clerk has typed over', () => {
  const typed = (() => {
    const world = late.clone();
    types(world, 'L-1', { rent_status: 'paid', rent_balance: '0' });
    return later(world, 12);
  })();

  it('is one task and one line of the Log, however often it is read, and is left as it is there', () => {
    const world = later(typed.clone(), 12, 24, 36);
    expect(reports(world)).toEqual([
      expect.objectContaining({
        task: 'HubSpot: L-1 has another rent_status, rent_balance there',
        state: 'open',
        lease: 'L-1',
        detail: expect.stringMatching(/rent_status: here late, there paid\. rent_balance: here 1050, there 0\./),
      }),
    ]);
    expect(lines(world, /has another/).map(({ Kind, Key }) => [Kind, Key])).toEqual(
      ['task', 'connection'].map((kind) => [kind, reports(world)[0]?.key]),
    );
    expect(contactOf(world, 'L-1').properties.rent_status).toBe('paid');
    expect([offers(world), verdictOf(world).problems]).toEqual([[], []]);
  });

  it('stands under Differences of its platform, and under Today', () => {
    expect(differences(typed)).toEqual([
      {
        task: reports(typed)[0]?.key,
        title: 'HubSpot: L-1 has another rent_status, rent_balance there',
        detail: 'rent_status: here late, there paid. rent_balance: here 1050, there 0.',
        fixable: true,
      },
    ]);
    expect(needs(typed).map(({ key }) => key)).toContain(reports(typed)[0]?.key);
  });

  it('is told again and closed by Fix, and nothing is reported of it afterwards', () => {
    const world = typed.clone();
    expect(click<{ says: string }>(world, 'fixDifferences', { platform: 'hubspot' }).says).toBe(
      'HubSpot: differences are put right',
    );
    expect(contactOf(world, 'L-1').properties).toMatchObject({ rent_status: 'late', rent_balance: '1050' });
    world.run('poll', [], { trigger: 'time' });
    later(world, 12, 24);
    expect(reports(world).map(({ state, outcome }) => [state, outcome])).toEqual([['done', 'Told again.']]);
    expect(differences(world)).toEqual([]);
  });

  it('is closed when the ledger has something to tell of the lease and tells it again by itself', () => {
    const world = typed.clone();
    paysByCheque(world, 'L-1', '1050.00');
    later(world, 12, 24);
    expect(contactOf(world, 'L-1').properties).toMatchObject({ rent_status: 'paid', rent_balance: '0' });
    expect(reports(world).map(({ state, outcome }) => [state, outcome])).toEqual([
      ['done', 'It reads there as the ledger has it.'],
    ]);
  });

  it('is closed when the clerk types back what stood there', () => {
    const world = typed.clone();
    types(world, 'L-1', { rent_status: 'late', rent_balance: '1050' });
    later(world, 12);
    expect(differences(world)).toEqual([]);
  });

  it('is reported anew when it is typed over again after all', () => {
    const world = typed.clone();
    click(world, 'fixDifferences', { platform: 'hubspot' });
    later(world, 30);
    types(world, 'L-1', { rent_status: 'paid', rent_balance: '0' });
    later(world, 12);
    expect(reports(world).map(({ state }) => state)).toEqual(['done', 'open']);
  });

  it('is reported where it was typed minutes before the ledger told something else', () => {
    const world = late.clone();
    types(world, 'L-2', { rent_residents: 'Nobody' });
    later(world, 12);
    expect(reports(world)).toHaveLength(1);
    expect(differences(world)[0]?.detail).toBe('rent_residents: here Resident L-2, there Nobody.');
  });
});

describe('a mail or phone that the office has corrected', () => {
  const corrected = (() => {
    const world = late.clone();
    types(world, 'L-1', { phone: '+1 (512) 555-0144', email: 'ana.ruiz@example.com' });
    return later(world, 12, 24);
  })();
  const decide = (world: World, at: number, approve: boolean, reason = '') =>
    click<{ says: string; undo?: string }>(world, 'decideApproval', {
      effect: offers(world)[at]?.key,
      approve,
      reason,
    });

  it('is offered once each, and nothing is changed here', () => {
    expect(offers(corrected).map(({ subject, state }) => [subject, state])).toEqual([
      ['Mail address of L-1 is ana.ruiz@example.com in HubSpot', 'waiting for release'],
      ['Phone of L-1 is +15125550144 in HubSpot', 'waiting for release'],
    ]);
    expect([cellOf(corrected, 'L-1', 'Email'), cellOf(corrected, 'L-1', 'Phone')]).toEqual(['l-1@example.com', '']);
    expect(reports(corrected)).toEqual([]);
    expect(lines(corrected, /it waits for a person/)).toHaveLength(2);
  });

  it('stands under Today as an approval, with what it would change', () => {
    const waiting = needs(corrected).filter(({ kind }) => kind === 'approval');
    expect(waiting.map(({ title }) => title)).toEqual(offers(corrected).map(({ subject }) => subject));
    const shown = ask<{ subject: string; text: string }>(corrected, 'previewEffect', {
      effect: offers(corrected)[1]?.key,
    });
    expect(shown.subject).toBe('Change the phone of L-1 to +15125550144');
    expect(shown.text).toContain('Changed in HubSpot');
  });

  it('is written into the cell where a person approves it, with a line of the Log, and can be undone', () => {
    const world = corrected.clone();
    const { undo } = decide(world, 1, true);
    expect(cellOf(world, 'L-1', 'Phone')).toBe('+15125550144');
    expect(lines(world, /Changed in HubSpot/).length).toBeGreaterThan(0);
    later(world, 12, 24);
    expect([offers(world).length, reports(world)]).toEqual([2, []]);
    const { version } = ask<{ version: string }>(world, 'previewUndo', { what: undo });
    click(world, 'undo', { what: undo, reason: 'a wrong number', before: { version } });
    expect(cellOf(world, 'L-1', 'Phone')).toBe('');
    expect(verdictOf(world).problems).toEqual([]);
  });

  it('is approved mail by mail: other residents of the cell keep theirs', () => {
    const world = corrected.clone();
    decide(world, 0, true);
    expect(cellOf(world, 'L-1', 'Email')).toBe('ana.ruiz@example.com');
    mornings(world, '2026-12-08');
    expect(contactOf(world, 'L-1').properties.email).toBe('ana.ruiz@example.com');
  });

  it('is left as it is on both sides where a person refuses, and is not offered again', () => {
    const world = corrected.clone();
    decide(world, 0, false, 'an old address');
    paysByCheque(world, 'L-1', '100.00');
    later(world, 12, 24);
    types(world, 'L-1', { firstname: 'Ana' });
    later(world, 12, 24);
    expect(offers(world).map(({ state }) => state)).toEqual(['cancelled', 'waiting for release']);
    expect(cellOf(world, 'L-1', 'Email')).toBe('l-1@example.com');
    expect(contactOf(world, 'L-1').properties.email).toBe('ana.ruiz@example.com');
  });

  it('is kept there when only the standing changes, and written again where it changes here', () => {
    const world = corrected.clone();
    paysByCheque(world, 'L-1', '1050.00');
    later(world, 12);
    expect(contactOf(world, 'L-1').properties).toMatchObject({
      rent_status: 'paid',
      email: 'ana.ruiz@example.com',
      phone: '+1 (512) 555-0144',
    });
    const act = { kind: 'contact', lease: 'L-1', header: 'Email', to: 'new@example.com', reason: 'She wrote to us' };
    const { version } = ask<{ version: string }>(world, 'preview', { act });
    click(world, 'apply', { act, before: { version } });
    mornings(world, '2026-12-08');
    expect(contactOf(world, 'L-1').properties.email).toBe('new@example.com');
  });

  it('is not offered where nobody could use it', () => {
    const world = late.clone();
    types(world, 'L-1', { phone: '555-0144' });
    later(world, 12);
    expect(offers(world)).toEqual([]);
  });
});

describe('a contact that was deleted there', () => {
  it('is made anew with the next standing, and nothing breaks meanwhile', () => {
    const world = late.clone();
    hubspot.deleteContact(hubspotState(world), contactOf(world, 'L-1').id, world.now);
    later(world, 12);
    expect(news(world)).toEqual([[], []]);
    paysByCheque(world, 'L-1', '1050.00');
    later(world, 12, 24);
    expect(contactOf(world, 'L-1').properties).toMatchObject({ rent_status: 'paid', email: 'l-1@example.com' });
    expect(news(world)).toEqual([[], []]);
  });
});

describe('a platform that fails while it is read', () => {
  const failing = (world: World) => lines(world, /^HubSpot: (The platform|tells)/);
  const card = (world: World) =>
    ask<readonly { id: string; state: string; fault?: { what: string } }[]>(world, 'connections').find(
      ({ id }) => id === 'hubspot',
    );

  it('is told of once in the Log when it begins and when it ends, and nothing is missed', () => {
    const world = late.clone();
    types(world, 'L-1', { phone: '+15125550144' });
    line.twist = ({ url }, reply) => (/contacts\/search/.test(url) ? { ...reply, status: 502, body: '' } : reply);
    later(world, 12, 24);
    const [during, shown] = [failing(world), card(world)];
    delete line.twist;
    later(world, 80, 160, 400);
    expect(during).toHaveLength(1);
    expect(shown).toMatchObject({ state: 'failing', fault: { what: expect.stringMatching(/502/) } });
    expect(
      failing(world)
        .slice(-1)
        .map(({ What }) => What),
    ).toEqual(['HubSpot: tells again what people change there']);
    expect(offers(world).map(({ subject }) => subject)).toEqual(['Phone of L-1 is +15125550144 in HubSpot']);
  });

  it('is left alone for as long as it asks when it is asked too often', () => {
    const world = late.clone();
    let asked = 0;
    line.twist = ({ url }, reply) => {
      if (!/contacts\/search/.test(url)) return reply;
      asked++;
      return { ...reply, status: 429, headers: { ...reply.headers, 'retry-after': '3000' }, body: '{}' };
    };
    leapTo(world, world.now + 12 * MINUTE);
    const first = asked;
    later(world, 12, 24, 36);
    expect([first > 0, asked]).toEqual([true, first]);
    later(world, 60);
    expect(asked).toBeGreaterThan(first);
  });
});

describe('a platform that is paused', () => {
  it('is not read, and what was changed meanwhile is found when it goes on', () => {
    const world = late.clone();
    click(world, 'pausePlatform', { platform: 'hubspot', paused: true });
    types(world, 'L-1', { phone: '+15125550144' });
    later(world, 12, 24);
    expect(offers(world)).toEqual([]);
    click(world, 'pausePlatform', { platform: 'hubspot', paused: false });
    later(world, 12);
    expect(offers(world)).toHaveLength(1);
    expect(tabOf(world, 'Leases').find((row) => row['Lease ID'] === 'L-1')?.Phone).toBe('');
  });
});

describe('another account', () => {
  it('that is connected in place of the first one is told how every lease stands', () => {
    const world = late.clone();
    hubspotState(world).contacts.splice(0);
    click(world, 'connectPlatform', { platform: 'hubspot', credentials: { HUBSPOT_TOKEN: SANDBOX_TOKEN } });
    later(world, 12);
    for (const lease of ['L-1', 'L-2'])
      expect(contactOf(world, lease).properties).toMatchObject({ rent_status: 'late', rent_balance: '1050' });
    later(world, 12);
    expect(news(world)).toEqual([[], []]);
  });
});
