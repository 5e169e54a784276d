/** What people and payers could put into mails: headers, addresses, templates, subjects; each tried against the built bundle. */
import PostalMime from 'postal-mime';
import { toldHouse } from '../message-worlds';
import { ELM, HOUR, importRows, leapTo, leaseOf, liveDays, type Row, smallWorld, tabOf, type World } from '../worlds';
import { hostile } from './hostile';

/** December 1 falls due, and what leaves has left by noon. */
function due(
  lease: Row,
  more: { readonly settings?: Row; readonly property?: Row; readonly templates?: readonly Row[] } = {},
): World {
  const world = smallWorld({
    on: '2026-11-30',
    leases: [leaseOf('L-1', lease), leaseOf('L-2')],
    properties: [{ ...ELM, ...more.property }],
    settings: { 'Quiet hours': 'none', Reminders: 'on', ...more.settings },
  });
  if (more.templates) importRows(world, 'Templates', more.templates);
  liveDays(world, '2026-12-01', '2026-12-01');
  leapTo(world, '2026-12-01T17:00:00Z');
  leapTo(world, '2026-12-01T17:30:00Z');
  return world;
}

const mails = (world: World) => world.mailbox.filter(({ labelIds }) => labelIds.includes('SENT'));
const toResidents = (world: World) => mails(world).filter(({ to }) => !to.includes('ann@') && !to.includes('owner@'));
const problems = (world: World) => tabOf(world, 'Rent Roll').map((row) => row.Problem ?? '');
const balances = (world: World) => tabOf(world, 'Rent Roll').map((row) => row.Balance);

describe('headers', () => {
  hostile('email-01', 'names with line breaks add no header and no recipient', async () => {
    const EVIL = 'Bob\r\nBcc: all@evil.example\r\n\r\n<b>x</b>';
    const world = due(
      { Residents: EVIL, Unit: 'A\r\nBcc: all@evil.example' },
      {
        settings: { 'Sender name': EVIL },
        templates: [
          { Template: 'due-today', Language: 'en', Subject: '{{resident_names}} {{unit}}', Body: 'Due {{amount_due}}' },
        ],
      },
    );
    const sent = toResidents(world);
    expect(sent.map(({ to }) => to).sort()).toEqual(['l-1@example.com', 'l-2@example.com']);
    for (const { raw } of sent) {
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
      expect(head).not.toMatch(/^(bcc|cc):/im);
      const { to = [], cc, bcc } = await PostalMime.parse(raw);
      expect([to.length, cc ?? [], bcc ?? []]).toEqual([1, [], []]);
    }
  });
});

describe('addresses', () => {
  hostile('email-02', 'two in a field of one are none; a list of the residents is a list', async () => {
    const world = due({}, { property: { 'Manager email': 'ann@x.example,b@evil.example' } });
    for (const { raw } of toResidents(world)) {
      const { replyTo = [] } = await PostalMime.parse(raw);
      expect(JSON.stringify(replyTo)).not.toContain('evil');
    }
    const list = due({ Email: 'a@x.example;b@y.example' });
    expect(toResidents(list).map(({ to }) => to)).toContain('a@x.example, b@y.example');
    const glued = due({ Email: 'a@x.example<b@evil.example>' });
    expect(toResidents(glued).map(({ to }) => to)).toEqual(['l-2@example.com']);
    expect(problems(glued)[0]).toContain('Email');
    expect(balances(glued)).toEqual(['1000', '1000']);
  });

  hostile('email-03', 'odd ones that are valid are written to, too long ones are shown, and the run goes on', () => {
    for (const [typed, to] of [
      ['"maria, lopez"@example.com', '"maria, lopez"@example.com'],
      ['info@BÜCHER.example', 'info@xn--bcher-kva.example'],
      ['maria+rent@Example.COM', 'maria+rent@example.com'],
    ] as const)
      expect(toResidents(due({ Email: typed })).map((mail) => mail.to)).toContain(to);
    const long = due({ Email: `${'a'.repeat(310)}@example.com` });
    expect(toResidents(long).map(({ to }) => to)).toEqual(['l-2@example.com']);
    expect(problems(long)[0]).toMatch(/Email/);
    expect(balances(long)).toEqual(['1000', '1000']);
  });

  hostile(
    'email-08',
    'one that is gone is shut after the first mail, a person is told, and nothing more is tried',
    () => {
      const world = toldHouse();
      const toGone = () => tabOf(world, 'Outbox').filter((row) => row.To === 'l-3@example.com' && row.State === 'sent');
      expect(tabOf(world, 'Contacts').map((row) => [row.Address, row.State])).toContainEqual([
        'l-3@example.com',
        'bounced',
      ]);
      expect(tabOf(world, 'Tasks').some((row) => row['Lease ID'] === 'L-3' && row.State === 'open')).toBe(true);
      const before = toGone().length;
      expect(before).toBe(1);
      for (let at = world.now; at < Date.parse('2026-12-15T15:00:00Z'); at += 12 * HOUR) leapTo(world, at + 12 * HOUR);
      expect(toGone()).toHaveLength(before);
    },
  );
});

describe('templates', () => {
  hostile(
    'email-05',
    'one with a field that nobody knows is refused before the first mail, and the field is named',
    () => {
      const world = due(
        {},
        { templates: [{ Template: 'due-today', Language: 'en', Subject: 'Rent', Body: 'Pay {{bank_account}} now' }] },
      );
      expect(toResidents(world)).toEqual([]);
      const faults = tabOf(world, 'Outbox')
        .filter((row) => row.Kind === 'due-today')
        .map((row) => row.Fault ?? '');
      expect(faults).toHaveLength(2);
      for (const fault of faults) expect(fault).toContain('{{bank_account}}');
    },
  );

  hostile('email-06', 'a subject of thousands of characters is cut between two of them', async () => {
    const world = due(
      {},
      {
        templates: [
          { Template: 'due-today', Language: 'en', Subject: `x${'😀'.repeat(2000)}`, Body: 'Due {{amount_due}}' },
        ],
      },
    );
    const [mail] = toResidents(world);
    const { subject = '' } = await PostalMime.parse(mail?.raw ?? '');
    expect(subject).toMatch(/^x(😀)+…?$/u);
    expect(subject.length).toBeGreaterThan(100);
    expect(subject.length).toBeLessThanOrEqual(251);
    expect(subject).not.toContain('\ufffd');
  });

  hostile(
    'email-09',
    'what asks for money has no bank details, file or short link, and says how to check who wrote',
    async () => {
      const world = due({ 'Due day': '1' });
      liveDays(world, '2026-12-02', '2026-12-12');
      const sent = toResidents(world);
      expect(sent.length).toBeGreaterThan(3);
      for (const { raw } of sent) {
        const { text = '', html = '', attachments } = await PostalMime.parse(raw);
        expect(attachments).toEqual([]);
        expect(`${text} ${html}`).not.toMatch(
          /IBAN|routing number|sort code|account number|card number:|cvc|bit\.ly|tinyurl|goo\.gl/i,
        );
        expect(html).not.toMatch(/<(form|input|script|iframe|img)/i);
        for (const [link] of `${text} ${html}`.matchAll(/https?:\/\/[^\s"'<>]+/g)) expect(link).toMatch(/^https:\/\//);
        expect(text).toContain('If you are not sure that this message is from us, do not use its link');
      }
    },
  );
});
