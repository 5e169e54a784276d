/** A mail through SendGrid stays one mail: after a lost answer, while it waits there, and when it is taken back. */
import { sendgridInbox, sendgridMailbox, takeSendgridScope } from '../../local/vendors/sendgrid/people';
import { sendgrid } from '../../src/connectors/sendgrid';

import { effectOf } from './drive';
import { ACCOUNT, bench, cancel, given, MINUTE, messagesOf, RITA, START, send } from './sendgrid-bench';

/** The answer to the mail itself is lost, though SendGrid has taken it in. */
function losing(one: ReturnType<typeof bench>, path = '/mail/send'): void {
  one.answer = (request, reply) => {
    const answer = reply();
    return request.url.endsWith(path) ? new Error('Address unavailable') : answer;
  };
}
const hearing = (one: ReturnType<typeof bench>): void => {
  one.answer = (_request, reply) => reply();
};

describe('a repeat', () => {
  it('takes over the mail that the logs have, even when its words have changed', () => {
    const one = bench();
    given(send(one, { name: 'other' }));
    losing(one);
    expect(send(one)).toMatchObject({ fault: { fault: 'down' } });
    hearing(one);
    one.nowMs += 10 * MINUTE;
    const ref = given(send(one, { attempt: 2, mail: { subject: 'Rent is 2 days late' } }));
    const [, ours] = messagesOf(one);
    expect(ours?.sg_message_id.startsWith(`${ref}.`)).toBe(true);
    expect(messagesOf(one)).toHaveLength(2);
  });

  it('waits once while the logs may be behind, and sends when they have nothing then', () => {
    const one = bench();
    one.answer = () => new Error('Address unavailable');
    expect(send(one)).toMatchObject({ fault: { fault: 'down' } });
    hearing(one);
    one.nowMs += MINUTE;
    expect(send(one, { attempt: 2 })).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 300 } });
    expect(messagesOf(one)).toEqual([]);
    one.nowMs += 5 * MINUTE;
    expect(send(one, { attempt: 3 })).toHaveProperty('value');
    expect(messagesOf(one)).toHaveLength(1);
  });

  it('is not sent twice when the logs are slower than the second look', () => {
    const one = bench();
    losing(one);
    send(one);
    hearing(one);
    one.nowMs += 30_000;
    expect(send(one, { attempt: 2 })).toMatchObject({ fault: { fault: 'busy' } });
    one.nowMs += 5 * MINUTE;
    expect(send(one, { attempt: 3 })).toHaveProperty('value');
    expect(messagesOf(one)).toHaveLength(1);
  });

  it('without a look into the logs is left to a person', () => {
    const one = bench();
    losing(one);
    send(one);
    hearing(one);
    takeSendgridScope(one.state, 'email_activity.read');
    one.nowMs += 10 * MINUTE;
    expect(send(one, { attempt: 2 })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/not known whether SendGrid has sent/) },
    });
    expect(messagesOf(one)).toHaveLength(1);
  });

  it('of a scheduled mail takes over its batch too, so that it can still be taken back', () => {
    const one = bench();
    const sendAt = START + 2 * 3_600_000;
    losing(one);
    send(one, { sendAt });
    hearing(one);
    one.nowMs += 10 * MINUTE;
    const ref = given(send(one, { attempt: 2, sendAt }));
    expect(ref.split(' ')).toEqual([expect.any(String), messagesOf(one)[0]?.batchId, String(sendAt / 1000)]);
    expect(cancel(one, ref)).toEqual({ value: 'cancelled' });
  });

  it('of a scheduled mail that was never taken in hands it over again', () => {
    const one = bench();
    const sendAt = START + 2 * 3_600_000;
    one.answer = (request, reply) => (request.url.endsWith('/mail/batch') ? new Error('Address unavailable') : reply());
    send(one, { sendAt });
    hearing(one);
    one.nowMs += 10 * MINUTE;
    expect(send(one, { attempt: 2, sendAt })).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 300 } });
    one.nowMs += 5 * MINUTE;
    expect(send(one, { attempt: 3, sendAt })).toHaveProperty('value');
    expect(messagesOf(one)).toMatchObject([{ batchId: expect.any(String), sendAt: sendAt / 1000 }]);
  });

  it('of a mail that bounced is sent, for nobody has got it', () => {
    const one = bench();
    sendgridMailbox(one.state, RITA, 'refusing', one.nowMs);
    given(send(one));
    one.nowMs += 10 * MINUTE;
    sendgridMailbox(one.state, RITA, 'open', one.nowMs);
    given(send(one, { attempt: 3 }));
    one.nowMs += MINUTE;
    expect(sendgridInbox(one.state, RITA, one.nowMs)).toHaveLength(1);
    given(send(one, { attempt: 4 }));
    expect(messagesOf(one)).toHaveLength(2);
  });

  it('whose moment has come in the meantime goes at once', () => {
    const one = bench();
    given(send(one, { attempt: 3, sendAt: one.nowMs }));
    expect(messagesOf(one)).toMatchObject([{ batchId: null, sendAt: null }]);
  });

  it('after an answer without an id finds it in the logs', () => {
    const one = bench();
    one.answer = (_request, reply) => ({ ...reply(), headers: {} });
    expect(send(one)).toMatchObject({ fault: { fault: 'malformed' } });
    hearing(one);
    one.nowMs += MINUTE;
    expect(send(one, { attempt: 2 })).toHaveProperty('value');
    expect(messagesOf(one)).toHaveLength(1);
  });
});

describe('a scheduled mail', () => {
  const HOURS = 3_600_000;
  const later = (one: ReturnType<typeof bench>, hours = 2, name = 'a') =>
    given(send(one, { name, sendAt: one.nowMs + hours * HOURS }));

  it('waits in a batch of its own, and leaves at its moment', () => {
    const one = bench();
    const ref = later(one);
    expect(ref).toMatch(/^[\w-]{22} \S+ \d{10}$/);
    one.nowMs += 2 * HOURS - MINUTE;
    expect(sendgridInbox(one.state, RITA, one.nowMs)).toEqual([]);
    one.nowMs += 2 * MINUTE;
    expect(sendgridInbox(one.state, RITA, one.nowMs)).toHaveLength(1);
    expect(cancel(one, ref)).toEqual({ value: 'left' });
  });

  it('is taken back when the resident has paid, however often that is asked', () => {
    const one = bench();
    const [ref, other] = [later(one, 2, 'a'), later(one, 2, 'b')];
    one.nowMs += 100 * MINUTE;
    expect([cancel(one, ref), cancel(one, ref)]).toEqual([{ value: 'cancelled' }, { value: 'cancelled' }]);
    one.nowMs += 30 * MINUTE;
    expect(sendgridInbox(one.state, RITA, one.nowMs)).toHaveLength(1);
    expect(cancel(one, other)).toEqual({ value: 'left' });
  });

  it('that leaves within ten minutes is past recall, and SendGrid is not asked', () => {
    const one = bench();
    const ref = later(one);
    one.nowMs += 111 * MINUTE;
    const before = one.sent.length;
    expect(cancel(one, ref)).toEqual({ value: 'left' });
    expect(one.sent).toHaveLength(before);
  });

  it('that a person has paused is cancelled', () => {
    const one = bench();
    const ref = later(one);
    const batch_id = ref.split(' ')[1] ?? '';
    one.state.accounts.global.holds.push({ batch_id, status: 'pause', sinceMs: one.nowMs });
    expect(cancel(one, ref)).toEqual({ value: 'cancelled' });
    expect(one.state.accounts.global.holds).toMatchObject([{ batch_id, status: 'cancel' }]);
  });

  it('is taken back after a lost answer', () => {
    const one = bench();
    const ref = later(one);
    losing(one, '/user/scheduled_sends');
    expect(cancel(one, ref)).toMatchObject({ fault: { fault: 'down' } });
    hearing(one);
    expect(cancel(one, ref)).toEqual({ value: 'cancelled' });
  });

  it('beyond ten that are cancelled waits for a place', () => {
    const one = bench();
    const refs = Array.from({ length: 11 }, (_, at) => later(one, at === 10 ? 6 : 2, `n${at}`));
    const results = refs.map((ref) => cancel(one, ref));
    expect(results.slice(0, 10)).toEqual(Array(10).fill({ value: 'cancelled' }));
    expect(results[10]).toMatchObject({ fault: { fault: 'busy', message: expect.stringMatching(/ten/) } });
    one.nowMs += 3 * HOURS;
    expect(cancel(one, refs[10] ?? '')).toEqual({ value: 'cancelled' });
  });

  it('that was sent at once cannot be taken back', () => {
    const one = bench();
    expect(cancel(one, given(send(one)))).toEqual({ value: 'left' });
  });

  it('is for accounts whose key may cancel, and never longer than SendGrid holds it', () => {
    const { schedule } = effectOf(sendgrid, 'mail');
    expect([schedule?.may(ACCOUNT), schedule?.may({ ...ACCOUNT, SCHEDULES: 'no' }), schedule?.may({})]).toEqual([
      true,
      false,
      false,
    ]);
    for (const ahead of [schedule?.leastMs ?? 0, schedule?.mostMs ?? 0]) {
      const one = bench();
      expect(send(one, { sendAt: one.nowMs + ahead })).toHaveProperty('value');
    }
  });
});
