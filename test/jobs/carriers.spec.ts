/** Messages by carriers of one's own: who carries what, together where that is possible, once, and each to be proved from the Log. */
import { createHash } from 'node:crypto';
import { inbox } from '../../local/vendors/mailgun/people';
import { sendgridInbox } from '../../local/vendors/people';
import { textsOn } from '../../local/vendors/twilio/people';
import {
  askApi,
  ELM,
  leapTo,
  leaseOf,
  MINUTE,
  smallWorld,
  standAt,
  tabOf,
  twisted,
  typeInto,
  type World,
} from '../worlds';
import {
  connectTo,
  effect,
  effects,
  mailgunState,
  mornings,
  newYork,
  OAK,
  oakLease,
  paysByCheque,
  poll,
  sendgridState,
  texted,
  twilioState,
} from './carriers-world';

const TINA = '+14155550142';

const line = twisted();

/** The eve of December: one house by SendGrid, one by Mailgun, and a resident who takes texts. */
const eve = (() => {
  const world = smallWorld({
    on: '2026-11-25',
    properties: [ELM, OAK],
    leases: [leaseOf('E-1'), leaseOf('T-1', texted(TINA)), ...['O-1', 'O-2', 'O-3', 'O-4'].map((id) => oakLease(id))],
    settings: { 'Mail by': 'sendgrid', 'Texts by': 'twilio' },
    vendors: line.vendors,
  });
  connectTo(world, 'sendgrid', 'mailgun', 'twilio');
  leapTo(world, newYork('2026-11-25', '10:00'));
  return world;
})();

/** The first of December until the evening, at which every carrier has told how it ended. */
function firstOfDecember(world: World): World {
  mornings(world, '2026-12-01');
  for (const time of ['10:00', '10:40', '12:00', '13:00']) leapTo(world, newYork('2026-12-01', time));
  return world;
}
const first = firstOfDecember(eve.clone());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const dueToday = (way: string, lease: string) => `${way}:due-today:${lease}:2026-12`;

describe('a message', () => {
  it('goes by the carrier of its property, or by the one for all, and not by Gmail', () => {
    const sent = (lease: string) => effect(first, dueToday('email', lease));
    expect([sent('E-1')?.channel, sent('E-1')?.state]).toEqual(['sendgrid', 'sent']);
    expect([sent('O-1')?.channel, sent('O-1')?.state]).toEqual(['mailgun', 'sent']);
    expect(sendgridInbox(sendgridState(first), 'e-1@example.com', first.now)).toHaveLength(1);
    expect(inbox(mailgunState(first), 'o-1@example.com', first.now)).toHaveLength(1);
    expect(first.mailbox).toEqual([]);
  });

  it('goes as a text to a resident who wants texts, and as no mail', () => {
    expect(effect(first, dueToday('sms', 'T-1'))).toMatchObject({ channel: 'twilio', state: 'sent', to: TINA });
    expect(effect(first, dueToday('email', 'T-1'))).toBeUndefined();
    expect(textsOn(twilioState(first), TINA, first.now)).toHaveLength(1);
  });

  it('names the platform, and its id there, on the Outbox tab with what became of it', () => {
    const rows = tabOf(first, 'Outbox').filter((row) => row.Kind === 'due-today');
    expect(rows).toHaveLength(6);
    for (const row of rows)
      expect([row.Key, row.Reference !== '', row.Delivery?.split(' ')[0]]).toEqual([row.Key, true, 'delivered']);
  });

  it('is shown with that among the notices of its lease', () => {
    const view = askApi<{ notices: { sent: readonly { delivery?: { state: string } }[] } }>(first, 'lease', [
      { lease: 'T-1' },
    ]);
    expect(view.notices.sent.map(({ delivery }) => delivery?.state)).toEqual(['delivered']);
  });
});

describe('mail of one kind', () => {
  const posts = (world: World, act: (world: World) => void) => {
    const recorder = world.record();
    act(world);
    return recorder
      .toJSON()
      .log.entries.filter(
        ({ request }) => request.method === 'POST' && /mailgun\.net\/v3\/[^/]+\/messages$/.test(`${request.url}`),
      )
      .map(({ request, response }) => {
        const { text } = request.postData as { text: string };
        return { to: [...text.matchAll(/name="to"\s+([^\r\n]+)/g)].map(([, to]) => to), status: response.status };
      });
  };
  const all = ['o-1@example.com', 'o-2@example.com', 'o-3@example.com', 'o-4@example.com'];

  it('leaves Mailgun in one call for a whole house, and nobody sees the others', () => {
    const world = eve.clone();
    const calls = posts(world, firstOfDecember);
    const reminders = calls.filter(({ to }) => to.length > 1);
    expect(reminders).toEqual([{ to: all, status: 200 }]);
    const letters = all.map((address) => inbox(mailgunState(world), address, world.now)[0]);
    expect(
      letters.map((letter) => [
        letter?.to,
        letter?.text.includes(`Resident ${letter.recipient.slice(0, 3).toUpperCase()}`),
      ]),
    ).toEqual(all.map((address) => [address, true]));
    expect(letters.every((letter) => all.filter((address) => letter?.text.includes(address)).length <= 1)).toBe(true);
  });

  it('fails for one bad address alone, and leaves for all others', () => {
    const world = eve.clone();
    typeInto(world, 'Leases', 'O-3', 'Email', 'o-3@home.c0m');
    const calls = posts(world, firstOfDecember).filter(({ to }) => to.some((address) => address?.startsWith('o-')));
    expect(calls.map(({ to, status }) => [to.length, status])).toEqual([
      [4, 400],
      [1, 200],
      [1, 200],
      [1, 400],
      [1, 200],
    ]);
    expect(
      effects(world)
        .filter((row) => row.kind === 'due-today' && row.channel === 'mailgun')
        .map((row) => [row.lease, row.state]),
    ).toEqual([
      ['O-1', 'sent'],
      ['O-2', 'sent'],
      ['O-3', 'failed'],
      ['O-4', 'sent'],
    ]);
    expect(
      tabOf(world, 'Tasks')
        .filter((row) => row['Lease ID'] === 'O-3')
        .map((row) => row.Task),
    ).toEqual(['Reach the resident another way: a message did not arrive']);
  });
});

describe('the Log', () => {
  /** What each vendor got for a lease, as the add-on takes its digest. */
  const gotten: Readonly<Record<string, () => string>> = {
    'E-1': () => {
      const mail = sendgridInbox(sendgridState(first), 'e-1@example.com', first.now)[0];
      const part = (type: string) => mail?.content.find((each) => each.type === type)?.value;
      return `${mail?.subject}\n${part('text/plain')}\n${part('text/html')}`;
    },
    'O-1': () => {
      const mail = inbox(mailgunState(first), 'o-1@example.com', first.now)[0];
      return `${mail?.subject}\n${mail?.text}\n${mail?.html}`;
    },
    'T-1': () => textsOn(twilioState(first), TINA, first.now)[0]?.body ?? '',
  };

  it.each(Object.keys(gotten))(
    'says in which version of which template, and with what content, %s was written to',
    (lease) => {
      const line = tabOf(first, 'Log').find(
        (row) => row['Lease ID'] === lease && row.Kind === 'effect sent' && /due-today/.test(row.Key ?? ''),
      );
      const template = tabOf(first, 'Templates').find((row) => row.Template === 'due-today' && row.Language === 'en');
      const version = sha256(JSON.stringify([template?.Subject, template?.Body, template?.SMS])).slice(0, 8);
      expect(line?.What).toContain(`(template due-today/en ${version}, content ${sha256(gotten[lease]?.() ?? '')})`);
    },
  );

  it('has such a line for every message that left', () => {
    const keys = effects(first)
      .filter((row) => /^(?:email|sms):/.test(row.key) && row.state === 'sent')
      .map((row) => row.key);
    const stamped = tabOf(first, 'Log')
      .filter((row) => / content [0-9a-f]{64}\)$/.test(row.What ?? ''))
      .map((row) => row.Key);
    expect(keys.length).toBeGreaterThan(8);
    expect([...stamped].sort()).toEqual([...keys].sort());
  });
});

describe('a message whose answer is lost', () => {
  it.each([
    ['api.sendgrid.com', 'E-1', (world: World) => sendgridInbox(sendgridState(world), 'e-1@example.com', world.now)],
    ['api.mailgun.net', 'O-1', (world: World) => inbox(mailgunState(world), 'o-1@example.com', world.now)],
    ['api.twilio.com', 'T-1', (world: World) => textsOn(twilioState(world), TINA, world.now)],
  ])('by %s arrives once', (vendor, lease, arrived) => {
    const world = eve.clone();
    leapTo(world, newYork('2026-12-01', '07:30'));
    // News are asked for first; what follows is the message itself.
    world.faults.atVendor({ vendor, what: 'timeout', side: 'after', when: 'always' });
    poll(standAt(world, newYork('2026-12-01', '08:05')));
    world.faults.clear();
    firstOfDecember(world);
    expect(arrived(world)).toHaveLength(1);
    const way = lease === 'T-1' ? 'sms' : 'email';
    expect(effect(world, dueToday(way, lease))).toMatchObject({ state: 'sent' });
  });
});

describe('a text whose answer is lost', () => {
  it('is not sent again in other words because part of the rent has come meanwhile', () => {
    const world = eve.clone();
    leapTo(world, newYork('2026-12-01', '07:30'));
    line.twist = ({ method, url }, reply) =>
      method === 'POST' && url.endsWith('/Messages.json') ? { ...reply, status: 503, body: '' } : reply;
    poll(standAt(world, newYork('2026-12-01', '08:05')));
    delete line.twist;
    expect(effect(world, dueToday('sms', 'T-1'))).toMatchObject({ state: 'ready', attempts: 1 });
    paysByCheque(world, 'T-1', '400.00');
    firstOfDecember(world);
    const texts = textsOn(twilioState(world), TINA, world.now).filter(({ body }) => /due today/.test(body));
    expect(texts.map(({ body }) => body.includes('1,000.00'))).toEqual([true]);
    const told = tabOf(world, 'Log').find((row) => row.Key === dueToday('sms', 'T-1') && row.Kind === 'effect sent');
    expect(told?.What).toContain(` or ${sha256(texts[0]?.body ?? '')})`);
  });
});

describe('a key that was revoked', () => {
  it('keeps the messages of a morning until somebody has connected the carrier again', () => {
    const world = eve.clone();
    const state = sendgridState(world);
    const { keys } = state;
    state.keys = [];
    mornings(world, '2026-12-01');
    expect(effect(world, dueToday('email', 'E-1'))).toMatchObject({ state: 'ready' });
    state.keys = keys;
    // It is looked for twice before it is sent again: SendGrid's logs may be behind.
    for (const time of ['10:30', '10:50'] as const) leapTo(world, newYork('2026-12-01', time));
    expect(effect(world, dueToday('email', 'E-1'))).toMatchObject({ state: 'sent' });
    expect(tabOf(world, 'Tasks')).toEqual([]);
  });

  it('is given up after some hours, and a person is told', () => {
    const world = eve.clone();
    sendgridState(world).keys = [];
    mornings(world, '2026-12-01');
    for (let at = newYork('2026-12-01', '10:00'); at < newYork('2026-12-01', '16:00'); at += 30 * MINUTE)
      leapTo(world, at);
    expect(effect(world, dueToday('email', 'E-1'))).toMatchObject({ state: 'failed' });
    expect(tabOf(world, 'Tasks').map((row) => row['Lease ID'])).toContain('E-1');
  });
});

describe('a receipt', () => {
  it('goes by the same carrier within the same run', () => {
    const world = first.clone();
    paysByCheque(world, 'O-2', '1000.00');
    leapTo(world, world.now + 12 * MINUTE);
    const mail = inbox(mailgunState(world), 'o-2@example.com', world.now).at(-1);
    expect(mail?.tags).toContain('receipt');
  });
});
