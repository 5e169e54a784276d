/** Phones and mail of the local page: what Twilio, SendGrid and Mailgun hold, read without a change, and answers of residents. */

import { carriedCount } from '../../local/page/server/carried';
import { htmlOf, mailList, mailView } from '../../local/page/server/post-view';
import { answerAs, phoneList, textCount, textsOf } from '../../local/page/server/texts';
import { API_KEY, US_DOMAIN } from '../../local/vendors/mailgun/state';
import type { LeaseView } from '../../src/api/desk/lease';
import { acted, DEAD, STOPPED, toldHouse, WELL } from '../message-worlds';
import { askApi, HOUR, leapTo, smallWorld, type World } from '../worlds';

const base = toldHouse();
const fork = (): World => base.clone();
const markedOf = (world: World, lease: string) => askApi<LeaseView>(world, 'lease', [{ lease }]).contacts.marked;

describe('the phones', () => {
  it('are those that were texted, the last one first, each with whose it is', () => {
    expect(phoneList(fork()).map(({ phone, who, count }) => [phone, who, count])).toEqual([
      [WELL, 'Resident L-2, 2', 2],
      [STOPPED, 'Resident L-4, 4', 3],
      [DEAD, 'Resident L-5, 5', 1],
    ]);
  });

  it('hold what was texted, what became of it, and what the resident and Twilio have said', () => {
    const world = fork();
    expect(textsOf(world, STOPPED).map(({ by, state }) => [by, state])).toEqual([
      ['Rent Ledger', 'delivered'],
      ['resident', ''],
      ['Twilio', 'delivered'],
    ]);
    expect(textsOf(world, DEAD)[0]).toMatchObject({ state: 'undelivered: error 30005', parts: 1 });
    expect(textsOf(world, '+19999999999')).toEqual([]);
  });

  it('are looked at without anything changing, and none are there where nobody uses Twilio', () => {
    const world = fork();
    const before = JSON.stringify(world.state.vendors);
    phoneList(world);
    textsOf(world, WELL);
    mailList(world, '');
    expect(JSON.stringify(world.state.vendors)).toBe(before);
    const bare = smallWorld({ on: '2026-12-01' });
    expect([phoneList(bare), textCount(bare), carriedCount(bare)]).toEqual([[], 0, 0]);
    expect(Object.keys(bare.state.vendors)).not.toContain('twilio');
  });
});

describe('an answer', () => {
  it('stands on the phone, and STOP is heard by the ledger with its next read', () => {
    const world = fork();
    answerAs(world, WELL, 'I pay on Friday');
    answerAs(world, WELL, ' stop ');
    expect(textsOf(world, WELL).map(({ by }) => by)).toEqual([
      'Rent Ledger',
      'Rent Ledger',
      'resident',
      'resident',
      'Twilio',
    ]);
    leapTo(world, world.now + 2 * HOUR);
    expect(markedOf(world, 'L-2')).toMatchObject([{ state: 'opted out', by: 'Twilio' }]);
    answerAs(world, WELL, 'START');
    leapTo(world, world.now + 2 * HOUR);
    expect(markedOf(world, 'L-2')).toEqual([]);
  });

  it('is refused where there is nothing to send, and nothing to answer to', () => {
    const world = fork();
    expect(() => answerAs(world, WELL, '  ')).toThrow('There is nothing to send: write something first.');
    expect(() => answerAs(world, '+14155550199', 'Hello')).toThrow(
      'Nobody has texted +14155550199 yet, so that it cannot answer.',
    );
  });
});

describe('the mailbox', () => {
  it('holds the mail of all carriers, the newest first, each with what became of it', () => {
    const world = fork();
    acted(world, 'testMessage', { template: 'late', language: 'en' });
    const mails = mailList(world, '');
    expect(mails).toHaveLength(world.mailbox.length + carriedCount(world));
    expect(mails.map(({ at }) => at)).toEqual(
      mails
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(mails.find(({ to }) => to === 'l-3@example.com')).toMatchObject({
      by: 'SendGrid',
      state: expect.stringMatching(/^bounced: 550 5\.1\.1/),
    });
    expect(mails.find(({ to, by }) => to === 'l-1@example.com' && by === 'SendGrid')?.state).toBe('delivered');
    expect(mailList(world, 'sendgrid l-3')).toEqual([]);
    expect(new Set(mailList(world, 'SendGrid').map(({ by }) => by))).toEqual(new Set(['SendGrid']));
  });

  it('shows one of them with its text, its HTML and its headers', () => {
    const world = fork();
    const [first] = mailList(world, 'l-1@example.com');
    const view = mailView(world, first?.id ?? '');
    expect(view).toMatchObject({ subject: 'Rent is late: $1,050.00 is outstanding', hasHtml: true, thread: 1 });
    expect(view?.text).toContain('outstanding');
    expect(htmlOf(world, first?.id ?? '')).toMatch(/<!doctype html/i);
    expect(new Map(view?.headers).get('To')).toBe('l-1@example.com');
    expect(mailView(world, 'sendgrid nothing')).toBeUndefined();
  });

  it('says until when a mail waits at its carrier', () => {
    const world = toldHouse({ 'Quiet hours': '21:00-08:00', 'Hand over hours': '12' });
    leapTo(world, '2026-12-13T11:15:00Z');
    expect(mailList(world, 'Second reminder')[0]?.state).toBe('waits until 2026-12-13 08:00');
  });

  it('has what Mailgun was given, marked where it is in test mode', () => {
    const world = smallWorld({ on: '2026-12-01' });
    const credentials = {
      MAILGUN_API_KEY: API_KEY,
      MAILGUN_DOMAIN: US_DOMAIN,
      MAILGUN_REGION: 'US',
      MAILGUN_FROM: 'rent@maple.example',
      MAILGUN_TEST_MODE: 'yes',
    };
    acted(world, 'connectPlatform', { platform: 'mailgun', credentials });
    acted(world, 'platformAct', { platform: 'mailgun', kind: 'test', value: 'ann@example.com' });
    expect(mailList(world, 'mailgun')).toMatchObject([
      { to: 'ann@example.com', by: 'Mailgun', state: expect.stringMatching(/, in test mode$/) },
    ]);
    expect(mailView(world, mailList(world, 'mailgun')[0]?.id ?? '')?.hasHtml).toBe(true);
  });
});
