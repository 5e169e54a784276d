/** What SendGrid tells of mail: lists read to their end, each mail's own end, and what cannot be read named beside them. */

import {
  reportSendgridSpam,
  sendgridMailbox,
  takeSendgridScope,
  unsubscribeAtSendgrid,
} from '../../local/vendors/people';
import type { SandboxReply, SandboxRequest } from '../../local/vendors/sandbox';
import { suppress } from '../../local/vendors/sendgrid/state';
import type { Delivered } from '../../src/connectors/messages';
import { sendgrid } from '../../src/connectors/sendgrid';
import { instant } from '../../src/domain/values';
import { bench, cancel, given, MINUTE, opened, Reader, RITA, START, send } from './sendgrid-bench';

type Bench = ReturnType<typeof bench>;
const SECONDS = START / 1000;

/** So many rows of one list, a minute apart; ends a while after the last. */
function manyBlocks(one: Bench, count: number): string[] {
  const addresses = Array.from({ length: count }, (_, at) => `r${at}@home.example`);
  for (const email of addresses) {
    const created = one.nowMs / 1000;
    suppress(one.state.accounts.global, 'blocks', { created, email, reason: 'no', status: '5.7.1' });
    one.nowMs += 1000;
  }
  one.nowMs += 10 * MINUTE;
  return addresses;
}

const addressesIn = (delivered: readonly Delivered[]) => delivered.map(({ address }) => address ?? '').sort();
const isFor = (path: string) => (request: SandboxRequest) => request.url.includes(path);

describe('the suppression lists', () => {
  it('tell whose address is bad, who refuses us, who complained and who wants no more', () => {
    const one = bench();
    const to = ['gone', 'far', 'spam', 'out'].map((name) => `${name}@home.example`);
    sendgridMailbox(one.state, 'gone@home.example', 'gone', one.nowMs);
    sendgridMailbox(one.state, 'far@home.example', 'refusing', one.nowMs);
    send(one, { mail: { to: [...to, 'none@home.invalid'] } });
    one.nowMs += 2 * MINUTE;
    reportSendgridSpam(one.state, 'spam@home.example', one.nowMs);
    unsubscribeAtSendgrid(one.state, 'out@home.example', one.nowMs);
    one.nowMs += MINUTE;
    const { delivered, faults } = new Reader(one).drain();
    expect(faults).toEqual([]);
    const at = (seconds: number) => instant((SECONDS + seconds) * 1000);
    expect(delivered).toEqual([
      {
        address: 'none@home.invalid',
        state: 'bounced',
        at: at(0),
        detail: 'Mail domain mentioned in email address is unknown',
      },
      { address: 'gone@home.example', state: 'bounced', at: at(2), detail: expect.stringMatching(/^5\.1\.1 550/) },
      { address: 'far@home.example', state: 'blocked', at: at(2), detail: expect.stringMatching(/^5\.7\.1 550/) },
      { address: 'spam@home.example', state: 'complained', at: at(120), detail: '' },
      { address: 'out@home.example', state: 'opted out', at: at(120), detail: '' },
    ]);
  });

  it('are read to their end over many pages, and quiet ones in one wave', () => {
    const one = bench();
    const addresses = manyBlocks(one, 1203);
    const reader = new Reader(one);
    const { delivered, states } = reader.drain();
    expect(addressesIn(delivered)).toEqual([...addresses].sort());
    expect(states).toHaveLength(4);
    one.nowMs += 2 * 3_600_000;
    reader.drain();
    const before = one.sent.length;
    expect(reader.drain().delivered).toEqual([]);
    expect(one.sent).toHaveLength(before + 5);
  });

  it('read twice give the same news', () => {
    const one = bench();
    manyBlocks(one, 5);
    const [first, second] = [new Reader(one), new Reader(one)];
    expect(first.pull()).toEqual(second.pull());
    one.nowMs += 10 * MINUTE;
    const again = first.drain().delivered;
    for (const each of again) expect(second.drain().delivered).toContainEqual(each);
  });

  it('go on from any page', () => {
    const whole = bench();
    const addresses = manyBlocks(whole, 1203);
    const { states } = new Reader(whole).drain();
    for (const from of states.slice(1, -1)) {
      const reader = new Reader(whole);
      const found: Delivered[] = [];
      while (JSON.stringify(reader.state) !== JSON.stringify(from)) found.push(...reader.pull().delivered);
      const resumed = new Reader(whole);
      resumed.state = reader.state;
      found.push(...resumed.drain().delivered);
      expect(addressesIn(found)).toEqual([...addresses].sort());
    }
  });

  it('are not shaken by rows that come while their pages are read', () => {
    const one = bench();
    const addresses = manyBlocks(one, 1203);
    const reader = new Reader(one);
    const found = [...reader.pull().delivered];
    suppress(one.state.accounts.global, 'blocks', { created: one.nowMs / 1000, email: 'new@home.example' });
    one.nowMs += MINUTE;
    found.push(...reader.drain().delivered, ...reader.drain().delivered);
    expect(new Set(addressesIn(found))).toEqual(new Set([...addresses, 'new@home.example']));
  });

  it('a row that shows late inside the overlap is not lost', () => {
    const one = bench();
    const reader = new Reader(one);
    reader.drain();
    one.nowMs += 40 * MINUTE;
    reader.drain();
    suppress(one.state.accounts.global, 'unsubscribes', { created: one.nowMs / 1000 - 30 * 60, email: RITA });
    one.nowMs += 10 * MINUTE;
    expect(reader.drain().delivered).toMatchObject([{ address: RITA, state: 'opted out' }]);
  });

  it('nothing older than the books is asked for', () => {
    const one = bench();
    suppress(one.state.accounts.global, 'blocks', { created: SECONDS - 40 * 86_400, email: RITA });
    expect(new Reader(one).drain().delivered).toEqual([]);
  });

  it('a row that cannot be read is a named fault, and the others are read', () => {
    const one = bench();
    manyBlocks(one, 3);
    (one.state.accounts.global.lists.blocks as unknown[])[1] = { created: 'yesterday', email: 'r1@home.example' };
    one.answer = (request, reply) => {
      const answer = reply();
      if (!isFor('/blocks')(request)) return answer;
      const rows = [...one.state.accounts.global.lists.blocks];
      return { ...answer, body: JSON.stringify(rows) };
    };
    const { delivered, faults } = new Reader(one).drain();
    expect(addressesIn(delivered)).toEqual(['r0@home.example', 'r2@home.example']);
    expect(faults).toMatchObject([{ about: 'blocks r1@home.example', fault: { fault: 'malformed' } }]);
  });
});

describe('the end of a mail', () => {
  it('is delivered, on its way, blocked, bounced or dropped, each at its own moment', () => {
    const one = bench();
    for (const [name, is] of [
      ['gone', 'gone'],
      ['far', 'refusing'],
      ['slow', 'silent'],
    ] as const)
      sendgridMailbox(one.state, `${name}@home.example`, is, one.nowMs);
    const names = ['rita', 'gone', 'far', 'slow'];
    const open = names.map((name) => opened(one, { name, mail: { to: [`${name}@home.example`] } }));
    one.nowMs += 2 * MINUTE;
    open.push(opened(one, { name: 'again', mail: { to: ['gone@home.example'] } }));
    one.nowMs += 2 * MINUTE;
    const ends = new Reader(one, open).drain().delivered.filter(({ ref }) => ref !== undefined);
    const at = instant(START + 2000);
    expect(ends).toEqual(
      expect.arrayContaining([
        { ref: open[0]?.ref, address: RITA, state: 'delivered', at, detail: '' },
        {
          ref: open[1]?.ref,
          address: 'gone@home.example',
          state: 'bounced',
          at,
          detail: expect.stringMatching(/^550/),
        },
        { ref: open[2]?.ref, address: 'far@home.example', state: 'blocked', at, detail: expect.stringMatching(/^550/) },
        { ref: open[3]?.ref, address: 'slow@home.example', state: 'sent', at, detail: expect.stringMatching(/^451/) },
        {
          ref: open[4]?.ref,
          address: 'gone@home.example',
          state: 'failed',
          at: instant(START + 2 * MINUTE),
          detail: 'Bounced Address',
        },
      ]),
    );
    expect(ends).toHaveLength(5);
  });

  it('of a mail to several is told for each of them', () => {
    const one = bench();
    sendgridMailbox(one.state, 'rob@home.example', 'gone', one.nowMs);
    const open = [opened(one, { mail: { to: [RITA, 'rob@home.example'] } })];
    one.nowMs += 2 * MINUTE;
    const ends = new Reader(one, open).drain().delivered.filter(({ ref }) => ref !== undefined);
    expect(ends.map(({ address, state }) => [address, state]).sort()).toEqual([
      [RITA, 'delivered'],
      ['rob@home.example', 'bounced'],
    ]);
  });

  it('of a scheduled mail comes after its moment; one that was taken back is told as such', () => {
    const one = bench();
    const sendAt = one.nowMs + 3_600_000;
    const open = [opened(one, { sendAt })];
    const reader = new Reader(one, open);
    one.nowMs += 5 * MINUTE;
    expect(reader.drain().delivered).toEqual([]);
    one.nowMs = sendAt + MINUTE;
    expect(reader.drain().delivered).toMatchObject([{ state: 'delivered', at: sendAt + 2000 }]);
    const taken = given(send(one, { name: 'b', sendAt: one.nowMs + 3_600_000 }));
    reader.open = [{ ref: taken, kind: 'mail', to: RITA, sentAt: instant(one.nowMs) }];
    cancel(one, taken);
    one.nowMs += 65 * MINUTE;
    expect(reader.drain().delivered).toMatchObject([
      { ref: taken.split(' ')[0], state: 'failed', detail: 'Cancelled by the account' },
    ]);
  });

  it('is one search for mails that left together, and one more for each that moved', () => {
    const one = bench();
    const open = Array.from({ length: 30 }, (_, at) => opened(one, { name: `n${at}` }));
    one.nowMs += 26 * 3_600_000;
    open.push(opened(one, { name: 'late' }));
    one.nowMs += 2 * MINUTE;
    const before = one.sent.length;
    const { delivered } = new Reader(one, open).drain();
    expect(delivered).toHaveLength(31);
    expect(one.sent.slice(before).filter(({ url }) => url.endsWith('/logs'))).toHaveLength(2);
    expect(one.sent.slice(before).filter(({ url }) => url.includes('/logs/'))).toHaveLength(31);
  });

  it('is found where more mails left than one search gives', () => {
    const one = bench();
    const open = [opened(one, { name: 'ours' })];
    const { messages } = one.state.accounts.global;
    const others = Array.from({ length: 1005 }, (_, at) => ({
      ...structuredClone(messages[0]!),
      sg_message_id: `other${at}.recvd-sandbox-0.0`,
      to: `r${at}@home.example`,
    }));
    messages.push(...others);
    one.nowMs += 2 * MINUTE;
    expect(new Reader(one, open).drain().delivered).toMatchObject([{ ref: open[0]?.ref, state: 'delivered' }]);
  });

  it('of a mail that was held is found for each address, though it is noted as sent when it has left', () => {
    const one = bench();
    const sendAt = one.nowMs + 20 * 3_600_000;
    const held = opened(one, { sendAt, mail: { to: [RITA, 'rob@home.example'] } });
    one.nowMs = sendAt + MINUTE;
    const open = [{ ...held, to: `${RITA}, rob@home.example`, sentAt: instant(one.nowMs) }];
    const { delivered } = new Reader(one, open).drain();
    expect(delivered.map(({ ref, address, state }) => [ref, address, state]).sort()).toEqual([
      [held.ref, RITA, 'delivered'],
      [held.ref, 'rob@home.example', 'delivered'],
    ]);
  });

  it('is not asked for where the key may not read logs', () => {
    const one = bench();
    const open = [opened(one)];
    one.nowMs += 2 * MINUTE;
    const context = {
      since: instant(START),
      now: instant(one.nowMs),
      account: { ...one.account, LOGS: 'no' },
      open,
    };
    expect(one.run(sendgrid.deliveries!.pull(undefined, context))).toMatchObject({
      value: { delivered: [], faults: [] },
    });
    expect(one.sent.some(({ url }) => url.includes('/logs'))).toBe(false);
  });

  it('that SendGrid has no word for here is a named fault, and the others are read', () => {
    const one = bench();
    const open = [opened(one, { name: 'a' }), opened(one, { name: 'b', mail: { to: ['rob@home.example'] } })];
    one.nowMs += 2 * MINUTE;
    one.answer = (request, reply) => {
      const answer = reply();
      const isSpoilt = isFor('/logs')(request) && answer.body.includes(RITA);
      return isSpoilt
        ? { ...answer, body: answer.body.replace(/"status":"delivered"/g, '"status":"vanished"') }
        : answer;
    };
    const { delivered, faults } = new Reader(one, open).drain();
    expect(delivered).toMatchObject([{ address: 'rob@home.example', state: 'delivered' }]);
    expect(faults).toMatchObject([
      {
        about: expect.stringContaining(open[0]?.ref ?? ''),
        fault: { fault: 'malformed', message: expect.stringMatching(/vanished/) },
      },
    ]);
  });

  it('without its event is a named fault', () => {
    const one = bench();
    const open = [opened(one)];
    one.nowMs += 2 * MINUTE;
    one.answer = (_request, reply) => {
      const answer = reply();
      return { ...answer, body: answer.body.replace(/"event":"delivered"/g, '"event":"processed"') };
    };
    expect(new Reader(one, open).drain()).toMatchObject({ delivered: [], faults: [{ fault: { fault: 'malformed' } }] });
  });

  it('is not read where the permission was taken: the connection says so', () => {
    const one = bench();
    const open = [opened(one)];
    takeSendgridScope(one.state, 'email_activity.read');
    one.nowMs += 2 * MINUTE;
    expect(new Reader(one, open).try()).toMatchObject({ fault: { fault: 'auth' } });
  });
});

describe('on the wire', () => {
  const tooMany: SandboxReply = {
    status: 429,
    headers: { 'content-type': 'application/json', 'retry-after': '17' },
    body: JSON.stringify({ errors: [{ field: null, message: 'too many requests' }] }),
  };

  it('429 ends the run as busy, and nothing more leaves', () => {
    const one = bench();
    const open = [opened(one)];
    one.nowMs += 2 * MINUTE;
    const before = one.sent.length;
    one.answer = () => tooMany;
    expect(new Reader(one, open).try()).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 17 } });
    expect(one.sent.length - before).toBeLessThanOrEqual(5);
  });

  it('a platform that is down loses nothing: the place stays', () => {
    const one = bench();
    const reader = new Reader(one);
    reader.drain();
    const before = reader.state;
    suppress(one.state.accounts.global, 'blocks', { created: one.nowMs / 1000, email: RITA });
    one.answer = () => new Error('Address unavailable');
    expect(reader.try()).toMatchObject({ fault: { fault: 'down' } });
    expect(reader.state).toEqual(before);
    one.answer = (_request, reply) => reply();
    one.nowMs += 10 * MINUTE;
    expect(reader.drain().delivered).toMatchObject([{ address: RITA }]);
  });

  it('the key is in no line that is recorded', () => {
    const one = bench();
    const open = [opened(one)];
    one.nowMs += 2 * MINUTE;
    new Reader(one, open).drain();
    const text = JSON.stringify(one.har.toJSON());
    expect(text).toContain('/v3/logs');
    for (const secret of Object.values(one.credentials)) expect(text).not.toContain(secret);
  });
});
