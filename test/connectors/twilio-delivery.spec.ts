/** What Twilio tells of texts that have left, and what residents answer. */
import { readFileSync } from 'node:fs';
import * as people from '../../local/vendors/twilio/people';
import type { PhoneKind } from '../../local/vendors/twilio/state';
import { wishOf } from '../../src/connectors/twilio/words';
import { descriptionOf, itIfPublished } from '../vendors/published';
import { ADA, NUMBER, phone, SERVICE, TwilioBench } from './twilio-bench';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('a text on its way', () => {
  it('is no news while it waits, then sent, then delivered, and is asked for no more', () => {
    const one = new TwilioBench(NUMBER);
    people.fillQueue(one.state, NUMBER, 60, one.nowMs);
    const ref = one.ref();
    expect(one.news()).toEqual([]);
    one.wait(62);
    expect(one.news()).toEqual([[ref, 'sent', '']]);
    one.wait(60);
    expect(one.news()).toEqual([[ref, 'delivered', '']]);
    const asked = one.sent.length;
    one.wait(60);
    expect(one.news()).toEqual([]);
    // The answers to the number, and nothing else.
    expect(one.sent.length - asked).toBe(1);
  });

  it.each<[PhoneKind, string, string]>([
    ['off', 'failed', '30003 Unreachable destination handset'],
    ['gone', 'bounced', '30005 Unknown destination handset'],
    ['hidden landline', 'bounced', '30006 Landline or unreachable carrier'],
    ['filtered', 'blocked', '30007 Carrier violation'],
  ])('to a phone that is %s is %s', (kind, state, detail) => {
    const one = new TwilioBench(SERVICE);
    people.turnPhone(one.state, ADA, kind, one.nowMs);
    const ref = one.ref();
    one.wait(HOUR);
    expect(one.news()).toEqual([[ref, state, detail]]);
  });

  it('of which no carrier tells anything is unknown after three days', () => {
    const one = new TwilioBench(SERVICE);
    people.turnPhone(one.state, ADA, 'silent', one.nowMs);
    const ref = one.ref();
    one.wait(2 * DAY);
    expect(one.news()).toEqual([[ref, 'sent', '']]);
    one.wait(2 * DAY);
    expect(one.news()).toEqual([[ref, 'unknown', 'No carrier has said whether it arrived.']]);
  });

  it('that somebody has deleted at Twilio is unknown', () => {
    const one = new TwilioBench(SERVICE);
    const ref = one.ref();
    delete one.state.messages[ref];
    expect(one.news()).toEqual([[ref, 'unknown', 'It is no longer at Twilio.']]);
  });

  it('that was cancelled in the console has failed', () => {
    const one = new TwilioBench(SERVICE);
    const ref = one.ref({}, { sendAt: (one.nowMs + 5 * DAY * 1000) as never });
    one.wait(4 * DAY);
    expect(one.news()).toEqual([]);
    one.cancel(ref);
    one.wait(2 * HOUR);
    expect(one.news()).toEqual([[ref, 'failed', 'It was cancelled at Twilio.']]);
  });

  it('and old is asked after once an hour only', () => {
    const one = new TwilioBench(NUMBER);
    people.turnPhone(one.state, ADA, 'silent', one.nowMs);
    one.ref();
    one.wait(2 * HOUR);
    const counts = Array.from({ length: 7 }, () => {
      const before = one.sent.length;
      one.news();
      one.wait(600);
      return one.sent.length - before;
    });
    expect(counts).toEqual([2, 1, 1, 1, 1, 1, 2]);
  });

  it('is looked for in the list where many are open: the calls are few', () => {
    const one = new TwilioBench(NUMBER);
    const refs = Array.from({ length: 150 }, (_, at) => one.wait(0.1).ref({ to: phone(at) }));
    one.wait(600);
    const before = one.sent.length;
    const news = one.news();
    expect(news.map(([ref, state]) => [ref, state])).toEqual(refs.reverse().map((ref) => [ref, 'delivered']));
    expect(one.sent.length - before).toBe(2);
  });

  it('that never left stands in no list by date, and is found all the same', () => {
    const one = new TwilioBench(NUMBER);
    people.fillQueue(one.state, NUMBER, 7200, one.nowMs);
    const expired = one.ref({ until: (one.nowMs + 60_000) as never });
    one.state.numbers[0]!.busyUntilMs = one.nowMs;
    for (let at = 0; at < 12; at++) one.ref({ to: phone(at) });
    one.wait(1800);
    expect(one.news()).toContainEqual([expired, 'failed', '30036 Validity Period Expired']);
  });
});

itIfPublished('no state that Twilio describes is unknown here', () => {
  const description = JSON.parse(readFileSync(descriptionOf('twilio'), 'utf8')) as {
    components: { schemas: { message_enum_status: { enum: readonly string[] } } };
  };
  for (const status of description.components.schemas.message_enum_status.enum) {
    const one = new TwilioBench(NUMBER);
    const message = one.state.messages[one.ref()];
    Object.assign(message ?? {}, { status, sentMs: one.nowMs, next: null });
    one.wait(60);
    expect([status, one.pullNews().faults]).toEqual([status, []]);
  }
});

describe('answers', () => {
  it('come in the order in which they were written, with their moment', () => {
    const one = new TwilioBench(SERVICE);
    one.ref();
    one.wait(60);
    const texts = ['STOP', 'when is the plumber coming?', 'start'];
    const moments = texts.map((body) => {
      people.textBack(one.state, ADA, body, one.nowMs);
      one.wait(60);
      return one.nowMs - 60_000;
    });
    const { delivered } = one.pullNews();
    expect(delivered.filter(({ ref }) => ref === undefined)).toEqual([
      { address: ADA, state: 'opted out', at: moments[0], detail: 'STOP' },
      { address: ADA, state: 'opted in', at: moments[2], detail: 'start' },
    ]);
  });

  it('before the account was connected are read too: who has said STOP is not texted', () => {
    const one = new TwilioBench(NUMBER);
    people.textBack(one.state, ADA, 'STOP', one.nowMs - 20 * DAY * 1000, NUMBER);
    expect(one.news()).toEqual([[ADA, 'opted out', 'STOP']]);
  });

  it('are read anew from the first page where the next one is gone', () => {
    const one = new TwilioBench(NUMBER);
    for (let at = 0; at < 850; at++) people.textBack(one.state, phone(at), 'Stop.', one.nowMs + at * 1000, NUMBER);
    one.wait(HOUR);
    expect(one.pullNews().more).toBe(true);
    const [, sid = ''] = /PA(SM\w+)/.exec(String(one.feed?.next)) ?? [];
    delete one.state.messages[sid];
    const { told, faults } = one.drainNews();
    expect([told.size, faults]).toEqual([849, []]);
  });

  it.each([
    ['STOP', 'opted out'],
    ['stop!', 'opted out'],
    ['Unsubscribe', 'opted out'],
    ['REVOKE', 'opted out'],
    ['opt-out', 'opted out'],
    ['Stop please', 'opted out'],
    ['please stop', 'opted out'],
    ['Stop texting me!!', 'opted out'],
    ['no more messages', 'opted out'],
    ['Don’t text me again', 'opted out'],
    ['Do not contact me', 'opted out'],
    ['remove my number', 'opted out'],
    ['take me off your list', 'opted out'],
    ['Please opt me out of these', 'opted out'],
    ['ARRÊT', 'opted out'],
    ['Baja', 'opted out'],
    ['aufhören', 'opted out'],
    ['START', 'opted in'],
    ['yes', 'opted in'],
    ['Unstop', 'opted in'],
    ['yes, I have paid', undefined],
    ['HELP', undefined],
    ['stop by at six', undefined],
    ['Can you stop the leak?', undefined],
    ['End of the month I pay', undefined],
    ['I want to cancel my lease', undefined],
    ['start of the month', undefined],
    ['', undefined],
    ['🛑', undefined],
  ])('%j is %s', (text, wish) => {
    expect(wishOf(text)).toBe(wish);
  });
});
