/** A resident's link from the mail to the page: who sees what, and that everybody else sees one and the same answer. */
import { getPage, housed, lasting, pageRow, postForm, secretOf, tokenFor, traces } from '../../resident-worlds';
import { bookOf, HOUR, leapTo, MINUTE, mailsOf, tabOf, typeInto, type World } from '../../worlds';

const base = housed();
const DAY = 24 * HOUR;
const bodyOf = (raw: string) => raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
const linkIn = (raw: string) => /[?]page=(rl_[\w-]+)/.exec(bodyOf(raw))?.[1] ?? '';
const mailTo = (world: World, to: string) => mailsOf(world).filter((mail) => mail.to === to);

describe('the Resident pages tab', () => {
  it('gets a row for each address in the night, and one for all mail addresses of a lease together', () => {
    expect(tabOf(base, 'Resident pages').map((row) => [row['Lease ID'], row.Address, row.Version, row.State])).toEqual([
      ['L-1', 'l-1@example.com', '1', 'live'],
      ['L-2', 'bob@example.com', '1', 'live'],
      ['L-2', 'cleo@example.com', '1', 'live'],
      ['L-2', 'bob@example.com, cleo@example.com', '1', 'live'],
    ]);
  });

  it('says that a mail with the link has left, and never holds what opens the page', () => {
    expect(pageRow(base, 'l-1@example.com').Sent).toMatch(/^2026-1/);
    const tokens = base.mailbox.map((mail) => linkIn(mail.raw)).filter((token) => token !== '');
    expect(tokens.length).toBeGreaterThan(1);
    const kept = JSON.stringify([base.workbook, base.executions, base.properties.document, base.caches]);
    for (const token of tokens) expect(kept).not.toContain(token.slice(25, 46));
    expect(kept).not.toContain(secretOf(base));
  });
});

describe('a link in a mail', () => {
  it('opens the page of its own lease, in nine calls at most', () => {
    const world = base.clone();
    const mail = mailTo(world, 'l-1@example.com').pop();
    const { body, run } = getPage(world, linkIn(mail?.raw ?? ''));
    expect(body).toContain('Resident L-1');
    expect(body).toContain('$1,000.00');
    expect(body).not.toMatch(/L-2|1,234|bob@/);
    expect([run.totalCalls < 10, run.modelMs < 2000]).toEqual([true, true]);
  });

  it('is that of both where it went to both', () => {
    const mail = mailTo(base, 'bob@example.com, cleo@example.com').pop();
    expect(getPage(base.clone(), linkIn(mail?.raw ?? '')).body).toContain('$1,234.00');
  });

  it('shows a statement, a year and a file of the same lease', () => {
    const token = tokenFor(base, 'l-1@example.com');
    for (const show of ['statement', 'year']) {
      const { body } = getPage(base.clone(), token, { show });
      expect([show, body.includes('Resident L-1'), body.includes('1,234')]).toEqual([show, true, false]);
    }
    const csv = getPage(base.clone(), token, { show: 'csv' });
    expect(csv.contentType).toBe('text/csv; charset=utf-8');
    expect(csv.body).toContain('1000.00');
  });

  it('is counted when it is opened, and the next poll writes that down once', () => {
    const world = base.clone();
    const before = traces(world);
    for (let time = 0; time < 3; time++) getPage(world, tokenFor(world, 'l-1@example.com'));
    expect(traces(world)).toBe(before);
    leapTo(world, world.now + 15 * MINUTE);
    expect(pageRow(world, 'l-1@example.com').Opened).toMatch(/^3 times, last 2026-12-01T15:/);
    leapTo(world, world.now + 15 * MINUTE);
    expect(pageRow(world, 'l-1@example.com').Opened).toMatch(/^3 times/);
    expect(pageRow(world, 'bob@example.com').Opened).toBe('');
  });
});

describe('a link that is none any more', () => {
  const world = base.clone();
  const good = tokenFor(world, 'l-1@example.com');
  const old = tokenFor(world, 'l-1@example.com', world.now - 31 * DAY);
  const revoked = world.clone();
  typeInto(revoked, 'Resident pages', pageRow(revoked, 'l-1@example.com').Link ?? '', 'Version', '2');
  const kinds: [string, World, string][] = [
    ['made up', world, 'rl_nothing'],
    ['empty', world, ''],
    ['changed in its seal', world, `${good.slice(0, 30)}${good[30] === 'A' ? 'B' : 'A'}${good.slice(31)}`],
    ['over', world, old],
    ['revoked', revoked, good],
  ];
  const first = getPage(world.clone(), 'rl_unknown');

  it.each(kinds)('(%s) gets the one answer, for the same calls', (_name, where, token) => {
    const { body, status, run } = getPage(where.clone(), token);
    expect(lasting(body)).toBe(lasting(first.body));
    expect([status, run.ok]).toEqual([200, true]);
    expect(run.calls).toEqual(first.run.calls);
    expect(run.modelMs).toBe(first.run.modelMs);
  });

  it('names nobody, and no lease', () => {
    expect(first.body).not.toMatch(/Resident L|L-1|Elm House|example\.com/);
  });
});

describe('the wish for a fresh link', () => {
  const wish = (world: World, fields: Record<string, string>) =>
    postForm(world, { act: 'newLink', request: 'x'.repeat(36), ...fields });
  const old = (world: World) => tokenFor(world, 'l-1@example.com', world.now - 31 * DAY);
  const later = (world: World) => {
    const before = world.mailbox.length;
    leapTo(world, world.now + 15 * MINUTE);
    return mailsOf(world)
      .slice(before)
      .map(({ to, raw }) => [to, linkIn(raw) !== ''] as const);
  };

  it('of an old link mails one to the address on file within a quarter of an hour, and it opens', () => {
    const world = base.clone();
    for (let time = 0; time < 3; time++) wish(world, { page: old(world) });
    expect(later(world)).toEqual([['l-1@example.com', true]]);
    const { body } = getPage(world, linkIn(world.mailbox[world.mailbox.length - 1]?.raw ?? ''));
    expect(body).toContain('Resident L-1');
    expect(bookOf(world).outbox.filter((row) => row.kind === 'account-link')).toHaveLength(1);
  });

  it('of an address that is typed goes to that address only where it stands on a lease', () => {
    const world = base.clone();
    wish(world, { address: 'Cleo@Example.com' });
    wish(world, { address: 'mallory@example.com' });
    expect(later(world)).toEqual([['cleo@example.com', true]]);
  });

  it('is answered alike whoever asks, for the same calls, and writes nothing at once', () => {
    const asked = (
      [
        { page: old(base) },
        { page: 'rl_nothing' },
        { address: 'l-1@example.com' },
        { address: 'nobody@example.com' },
        { address: 'x'.repeat(5000) },
        {},
      ] as Record<string, string>[]
    ).map((fields) => {
      const world = base.clone();
      const before = traces(world);
      const { body, run } = wish(world, fields);
      return [lasting(body), JSON.stringify(run.calls), run.modelMs, traces(world) === before];
    });
    expect(new Set(asked.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(asked[0]?.[3]).toBe(true);
  });
});
