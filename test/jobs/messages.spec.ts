/** The messages of a month, in the mailboxes of those who get them; and every reason for which one does not leave. */
import { decodeWords } from '../../local/host/mime';
import {
  askApi,
  bookOf,
  HOUR,
  importRows,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  MINUTE,
  mailsOf,
  type Row,
  slackTexts,
  smallWorld,
  typeInto,
  type World,
} from '../worlds';

/** Morning of a day in New York, in winter: nine o'clock. */
const nine = (day: string) => Date.parse(`${day}T14:00:00Z`);

function mornings(world: World, ...days: readonly string[]): void {
  for (const day of days) {
    leapTo(world, nine(day));
    leapTo(world, nine(day) + 20 * MINUTE);
  }
}

/** The world at the start of November, with the rent of November paid: December is the month that is watched. */
const quietMonth = (leases: readonly Row[], settings: Row = {}): World => {
  const world = smallWorld({ on: '2026-11-25', leases, settings });
  mornings(world, '2026-11-26');
  return world;
};

const sentTo = (world: World, to: string) => mailsOf(world).filter((mail) => mail.to.includes(to));
/** Kinds of the mails that left to a lease, in order. */
const kinds = (world: World, lease: string) =>
  bookOf(world)
    .outbox.filter((row) => row.channel === 'gmail' && row.lease === lease && row.state === 'sent')
    .map((row) => row.kind);
const rowOf = (world: World, key: string) => bookOf(world).outbox.find((row) => row.key === key);
const headerOf = (raw: string, name: string) =>
  decodeWords(
    new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1]?.replace(/\r?\n[ \t]+/g, ' ') ?? '',
  );

describe('the message set of a month', () => {
  const world = quietMonth([leaseOf('L-1'), leaseOf('L-2')]);
  loadStripe(world, [
    intentOf('pi_Paid', 'L-2', 100_000, nine('2026-12-01') + HOUR),
    intentOf('pi_Bad', 'L-1', 100_000, nine('2026-12-07'), {
      status: 'requires_payment_method',
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        message: 'No funds.',
      },
    }),
  ]);
  mornings(
    world,
    '2026-11-28',
    '2026-12-01',
    '2026-12-02',
    '2026-12-06',
    '2026-12-07',
    '2026-12-13',
    '2026-12-20',
    '2026-12-22',
  );

  it('reaches the resident who does not pay, and the final notice waits for a person', () => {
    expect(kinds(world, 'L-1')).toEqual(['before-due', 'due-today', 'late', 'payment-failed', 'late-second']);
    expect(rowOf(world, 'email:final-notice:L-1:2026-12')?.state).toBe('waiting for release');
    expect(sentTo(world, 'l-1@example.com')).toHaveLength(5);
  });

  it('thanks the one who pays, and leaves them alone', () => {
    expect(kinds(world, 'L-2')).toEqual(['before-due', 'due-today', 'receipt']);
  });

  it('lets the final notice go once a person releases it', () => {
    const copy = world.clone();
    expect(askApi(copy, 'release', [{ effect: 'email:final-notice:L-1:2026-12' }])).toMatchObject({ done: true });
    leapTo(copy, nine('2026-12-22') + HOUR);
    expect(kinds(copy, 'L-1').at(-1)).toBe('final-notice');
    expect(bookOf(copy).entries.filter((row) => row.kind === 'release')).toHaveLength(1);
  });

  it('gives the manager one digest a day, and Slack no names', () => {
    expect(sentTo(world, 'ann@example.com')).toHaveLength(9);
    expect(slackTexts(world).length).toBeGreaterThan(8);
    expect(slackTexts(world).join('\n')).not.toMatch(/Resident|@example/);
    expect(slackTexts(world).join('\n')).toMatch(/1 late/);
  });

  it('gives the digest in the language that Settings name, figures and all', () => {
    const copy = quietMonth([leaseOf('L-1')], { 'Digest language': 'es' });
    mornings(copy, '2026-12-02');
    const [mail] = sentTo(copy, 'ann@example.com').slice(-1);
    expect(decodeWords(mail?.subject ?? '')).toMatch(/^Resumen 2 dic 2026: 0 atrasados, 0,00/);
  });

  it('carries List-Unsubscribe, the manager as reply address, text and HTML, and no unfilled field', () => {
    for (const { raw, subject } of sentTo(world, 'l-1@example.com')) {
      expect(headerOf(raw, 'List-Unsubscribe')).toMatch(/^<mailto:ann@example\.com/);
      expect(headerOf(raw, 'Reply-To')).toContain('ann@example.com');
      expect(raw).toMatch(/multipart\/alternative/);
      expect(raw).toMatch(/text\/plain[\s\S]*text\/html/);
      expect(subject).not.toMatch(/\{\{|undefined/);
    }
  });

  it('keeps the threads of two leases apart', () => {
    const threads = (lease: string) =>
      new Set(
        bookOf(world)
          .outbox.filter((row) => row.lease === lease && row.channel === 'gmail')
          .map((row) => String(row.reference).split(' ')[1]),
      );
    const [one, two] = [threads('L-1'), threads('L-2')];
    expect([...one].filter((thread) => thread !== undefined && two.has(thread))).toEqual([]);
  });
});

describe('a message that is no longer wanted', () => {
  const decided = () => {
    const world = quietMonth([leaseOf('L-1'), leaseOf('L-2')]);
    // At midnight the day decides; until eight it is quiet, so the messages wait.
    leapTo(world, '2026-12-01T05:20:00Z');
    return world;
  };

  it('does not reach a resident who pays between the decision and the delivery', () => {
    const world = decided();
    expect(rowOf(world, 'email:due-today:L-1:2026-12')?.state).toBe('ready');
    loadStripe(world, [intentOf('pi_Early', 'L-1', 100_000, '2026-12-01T11:00:00Z')]);
    leapTo(world, '2026-12-01T13:05:00Z');
    leapTo(world, '2026-12-01T13:20:00Z');
    expect(rowOf(world, 'email:due-today:L-1:2026-12')).toMatchObject({
      state: 'cancelled',
      fault: 'It was paid in the meantime.',
    });
    expect(kinds(world, 'L-1')).not.toContain('due-today');
    expect(kinds(world, 'L-2')).toContain('due-today');
  });

  it('does not reach one whose payment is under way', () => {
    const world = decided();
    loadStripe(world, [
      intentOf('pi_Bank', 'L-1', 100_000, '2026-12-01T11:00:00Z', {
        status: 'processing',
        payment_method_types: ['us_bank_account'],
      }),
    ]);
    leapTo(world, '2026-12-01T13:20:00Z');
    leapTo(world, '2026-12-01T13:40:00Z');
    expect(rowOf(world, 'email:due-today:L-1:2026-12')).toMatchObject({
      state: 'cancelled',
      fault: 'A payment is under way.',
    });
  });

  it.each([
    ['is put on hold', (world: World) => void typeInto(world, 'Leases', 'L-1', 'Hold until', '2026-12-31'), /on hold/],
    ['wants no mail', (world: World) => void typeInto(world, 'Leases', 'L-1', 'Notify by', 'none'), /none/],
    [
      'has no address any more',
      (world: World) => void typeInto(world, 'Leases', 'L-1', 'Email', ''),
      /no e-mail address/,
    ],
    [
      'agrees on a plan',
      (world: World) => void askApi(world, 'pause', [{ lease: 'L-1', type: 'plan', begins: true, reason: 'agreed' }]),
      /plan/,
    ],
  ])('does not reach one who %s before it leaves', (_name, act, words) => {
    const world = decided();
    act(world);
    leapTo(world, '2026-12-01T13:05:00Z');
    leapTo(world, '2026-12-01T13:20:00Z');
    expect(rowOf(world, 'email:due-today:L-1:2026-12')).toMatchObject({
      state: 'cancelled',
      fault: expect.stringMatching(words),
    });
    expect(kinds(world, 'L-1')).not.toContain('due-today');
    expect(kinds(world, 'L-2')).toContain('due-today');
  });

  it('does not leave when reminders are switched off', () => {
    const world = decided();
    const before = sentTo(world, 'l-').length;
    importRows(world, 'Settings', [{ Setting: 'Reminders', Value: 'off' }]);
    leapTo(world, '2026-12-01T13:05:00Z');
    mornings(world, '2026-12-06', '2026-12-13');
    expect(sentTo(world, 'l-').length).toBe(before);
  });
});

describe('the quiet hours', () => {
  it('let nothing out until they end, and then at once', () => {
    const world = quietMonth([leaseOf('L-1')]);
    const before = world.mailbox.length;
    for (const at of ['2026-12-01T05:20:00Z', '2026-12-01T09:00:00Z', '2026-12-01T12:50:00Z']) leapTo(world, at);
    expect(world.mailbox.length).toBe(before);
    leapTo(world, '2026-12-01T13:11:00Z');
    expect(world.mailbox.length).toBeGreaterThan(before);
    expect(kinds(world, 'L-1')).toContain('due-today');
  });
});

describe('a mail quota that is short', () => {
  it('lets the most urgent leave first, and the rest the next day', () => {
    const world = quietMonth([leaseOf('L-1'), leaseOf('L-2'), leaseOf('L-3', { 'Due day': '7' })]);
    mornings(world, '2026-12-01');
    const owner = `user:${world.owner}`;
    leapTo(world, '2026-12-06T05:20:00Z');
    const spent = { since: nine('2026-12-06') - 2 * HOUR, recipients: 98 };
    Object.assign(world.properties[owner] ?? {}, { 'mail-sent': JSON.stringify(spent) });
    const before = world.mailbox.length;
    for (const minutes of [0, 20, 40, 60]) leapTo(world, nine('2026-12-06') + minutes * MINUTE);
    expect(
      mailsOf(world)
        .slice(before)
        .map((mail) => mail.to)
        .sort(),
    ).toEqual(['l-1@example.com', 'l-2@example.com']);
    expect(
      bookOf(world)
        .outbox.filter((row) => row.state === 'ready')
        .map((row) => row.kind),
    ).toEqual(['before-due', 'digest']);
    mornings(world, '2026-12-07');
    leapTo(world, nine('2026-12-07') + HOUR);
    expect(bookOf(world).outbox.filter((row) => row.state === 'ready')).toEqual([]);
    expect(sentTo(world, 'ann@example.com').length).toBeGreaterThan(0);
  });
});

describe('the language of a message', () => {
  it.each([
    ['de', /Miete/],
    ['es', /alquiler|renta/i],
    ['fr', /loyer/i],
  ])('is the lease’s own: %s', (language, words) => {
    const world = quietMonth([leaseOf('L-1', { Language: language })]);
    mornings(world, '2026-12-01');
    const mail = sentTo(world, 'l-1@example.com').at(-1);
    expect(decodeWords(mail?.subject ?? '')).toMatch(words);
  });
});
