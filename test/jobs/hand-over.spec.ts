/** Messages handed to a platform that holds them until the morning, and taken back while that is of use. */
import { textBack } from '../../local/vendors/twilio/people';
import { POOL } from '../../local/vendors/twilio/state';
import { bookOf, sheetsCalls, standAt, tabOf, typeInto, type World } from '../worlds';
import { click, effect, effects, newYork, paysByCheque, poll, twilioState } from './carriers-world';
import {
  eve,
  FIRST,
  heldMails,
  heldTexts,
  hourInNewYork,
  line,
  MAIL,
  mailsTo,
  night,
  TEXT,
  TINA,
  textsTo,
  until,
} from './hand-over-world';

describe('a message that waits for the morning', () => {
  it('lies at its platform from the night on, and here it says so', () => {
    for (const key of [MAIL, TEXT]) expect([key, effect(night, key)?.state]).toEqual([key, 'scheduled']);
    expect([heldTexts(night).length, heldMails(night).length]).toEqual([1, 1]);
    expect([textsTo(night), mailsTo(night)]).toEqual([[], []]);
  });

  it('arrives once, at eight', () => {
    const world = until(night.clone(), '07:50', '08:10', '09:00', '10:00');
    expect(textsTo(world).map(({ atMs }) => hourInNewYork(atMs))).toEqual([8]);
    expect(mailsTo(world)).toHaveLength(1);
    for (const key of [MAIL, TEXT]) expect([key, effect(world, key)?.state]).toEqual([key, 'sent']);
    const told = tabOf(world, 'Outbox').filter((row) => row.Kind === 'due-today' && row.Channel !== 'mailgun');
    expect(told.map((row) => row.Delivery?.split(' ')[0])).toEqual(['delivered', 'delivered']);
  });

  it('speaks of the day on which it arrives', () => {
    const world = until(night.clone(), '09:00');
    expect(textsTo(world)[0]?.body).toContain('1,000.00');
    expect(mailsTo(world)[0]?.content[0]?.value).not.toMatch(/November 30/);
  });

  it('is handed over by a platform that can hold it only: no other is looked at until it is time', () => {
    const world = eve.clone();
    typeInto(world, 'Settings', 'Mail by', 'Value', 'mailgun');
    typeInto(world, 'Leases', 'T-1', 'Notify by', 'none');
    until(world, '00:20', '00:40', '01:10', '01:40');
    expect(effect(world, MAIL)).toMatchObject({ channel: 'mailgun', state: 'ready' });
    const calls = [2, 3, 4].map((hour) => poll(standAt(world, newYork(FIRST, `0${hour}:05`))).calls);
    // One look at what is open is what news cost: the Outbox itself is not asked.
    expect(calls.map(sheetsCalls)).toEqual([2, 2, 2]);
    expect(calls.map((each) => each['Sheets.Spreadsheets.batchUpdate'])).toEqual([undefined, undefined, undefined]);
  });
});

describe('a message that is held', () => {
  it('is taken back when the rent is paid, here and there', () => {
    const world = night.clone();
    for (const lease of ['E-1', 'T-1']) paysByCheque(world, lease, '1000.00');
    until(world, '01:00', '07:50', '08:10', '09:00');
    for (const key of [MAIL, TEXT])
      expect(effect(world, key)).toMatchObject({
        state: 'cancelled',
        fault: 'It was paid in the meantime. It was taken back.',
      });
    expect(textsTo(world).filter(({ body }) => /due today/i.test(body))).toEqual([]);
    expect(mailsTo(world).filter(({ categories }) => categories.includes('due-today'))).toEqual([]);
    expect([heldTexts(world), heldMails(world)]).toEqual([[], []]);
  });

  it('stays sent when that comes too late', () => {
    const world = until(night.clone(), '07:40');
    standAt(world, newYork(FIRST, '07:52'));
    paysByCheque(world, 'E-1', '1000.00');
    until(world, '07:53', '08:10', '09:00');
    expect(effect(world, MAIL)).toMatchObject({ state: 'sent' });
    expect(mailsTo(world).filter(({ categories }) => categories.includes('due-today'))).toHaveLength(1);
  });

  it('is taken back when the resident has answered STOP', () => {
    const world = night.clone();
    textBack(twilioState(world), TINA, 'STOP', world.now, POOL[0]);
    until(world, '01:00', '08:10');
    expect(effect(world, TEXT)).toMatchObject({
      state: 'cancelled',
      fault: expect.stringMatching(/opted out.*taken back/),
    });
    expect(textsTo(world).filter(({ body }) => /rent/.test(body))).toEqual([]);
  });

  it('says what holds when it arrives: after part of the rent has come it is written anew', () => {
    const world = night.clone();
    for (const lease of ['E-1', 'T-1']) paysByCheque(world, lease, '400.00');
    until(world, '01:00');
    // The receipts of that part wait there by now, and the reminders do not.
    expect(heldTexts(world)).toEqual([expect.stringMatching(/received/)]);
    expect(heldMails(world)).toHaveLength(1);
    for (const key of [MAIL, TEXT]) expect(effect(world, key)).toMatchObject({ state: 'ready', attempts: 0 });
    until(world, '01:20');
    expect([heldTexts(world).length, heldMails(world).length]).toEqual([2, 2]);
    until(world, '08:10', '09:00');
    const reminders = textsTo(world).filter(({ body }) => /due today/i.test(body));
    expect(reminders.map(({ body }) => [body.includes('600.00'), body.includes('1,000.00')])).toEqual([[true, false]]);
    const mails = mailsTo(world).filter(({ categories }) => categories.includes('due-today'));
    expect(mails.map(({ content }) => content[0]?.value.includes('600.00'))).toEqual([true]);
  });
});

describe('everything paused', () => {
  it('takes back what is held, lets nothing leave, and what was overtaken meanwhile never leaves', () => {
    const world = night.clone();
    click(world, 'pauseAll', { paused: true });
    until(world, '01:00');
    expect([heldTexts(world), heldMails(world)]).toEqual([[], []]);
    for (const key of [MAIL, TEXT])
      expect(effect(world, key)).toMatchObject({ state: 'ready', fault: 'Everything is paused. It was taken back.' });
    paysByCheque(world, 'E-1', '1000.00');
    until(world, '08:10', '09:00', '12:00');
    expect([textsTo(world), mailsTo(world), world.mailbox]).toEqual([[], [], []]);
    expect(effect(world, MAIL)).toMatchObject({ state: 'cancelled' });
    expect(effect(world, MAIL)?.fault).toMatch(/^It was paid in the meantime\./);
    // The ledger went on.
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
    click(world, 'pauseAll', { paused: false });
    until(world, '13:00', '14:00');
    expect(textsTo(world).filter(({ body }) => /due today/i.test(body))).toHaveLength(1);
    expect(mailsTo(world).map(({ categories }) => categories.includes('due-today'))).not.toContain(true);
  });

  it('charges the rents of a month, and keeps its messages', () => {
    const world = eve.clone();
    click(world, 'pauseAll', { paused: true });
    until(world, '00:20', '00:40', '09:00', '12:00');
    expect(bookOf(world).entries.filter((row) => row.type === 'rent' && row.key.includes('2026-12'))).toHaveLength(3);
    expect(
      effects(world)
        .filter((row) => row.kind === 'due-today')
        .map((row) => row.state),
    ).toEqual(['ready', 'ready', 'ready']);
    expect([textsTo(world), mailsTo(world), world.mailbox]).toEqual([[], [], []]);
  });
});

describe('a platform that is paused', () => {
  it('gives back what it holds, and the others go on', () => {
    const world = night.clone();
    click(world, 'pausePlatform', { platform: 'twilio', paused: true });
    until(world, '01:00', '08:10', '09:00');
    expect(effect(world, TEXT)).toMatchObject({ state: 'ready', fault: 'twilio is paused. It was taken back.' });
    expect(textsTo(world)).toEqual([]);
    expect(mailsTo(world)).toHaveLength(1);
  });
});

describe('a hand-over whose answer is lost', () => {
  /** The platforms take what they get, and what they say to it is lost. */
  const lost = (): World => {
    const world = eve.clone();
    line.twist = ({ method, url }, reply) =>
      method === 'POST' && /mail\/send$|\/Messages\.json$/.test(url) ? { ...reply, status: 503, body: '' } : reply;
    until(world, '00:20');
    delete line.twist;
    for (const key of [MAIL, TEXT]) expect([key, effect(world, key)?.state]).toEqual([key, 'ready']);
    expect([heldTexts(world).length, heldMails(world).length]).toEqual([1, 1]);
    return world;
  };

  it('is found again, and the message arrives once', () => {
    const world = until(lost(), '00:50', '01:10', '01:40', '08:10', '09:00');
    expect([textsTo(world).length, mailsTo(world).length]).toEqual([1, 1]);
    for (const key of [MAIL, TEXT]) expect([key, effect(world, key)?.state]).toEqual([key, 'sent']);
  });

  it('is found again and taken back when the rent was paid in between', () => {
    const world = lost();
    for (const lease of ['E-1', 'T-1']) paysByCheque(world, lease, '1000.00');
    until(world, '00:50', '01:10', '01:40', '08:10', '09:00');
    expect(textsTo(world).filter(({ body }) => /due today/i.test(body))).toEqual([]);
    expect(mailsTo(world).filter(({ categories }) => categories.includes('due-today'))).toEqual([]);
    for (const key of [MAIL, TEXT]) expect([key, effect(world, key)?.state]).toEqual([key, 'cancelled']);
  });
});
