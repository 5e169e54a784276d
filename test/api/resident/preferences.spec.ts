/** How a resident wants to be reached: written in the resident's name, honoured at once, and never so that nothing would arrive. */
import { contactView } from '../../../src/api/resident/contact-view';
import { reachOf } from '../../../src/domain/reach';
import { leaseId } from '../../../src/domain/values';
import { loadBook } from '../../../src/sheet/load';
import { bookOf, tabOf, typeInto, verdictOf, type World } from '../../worlds';
import { lateHouse, MEG, undone } from '../desk-acts-world';
import { oneLease, pageApp, posted } from './requests-world';

const base = lateHouse({ 'Texts by': 'twilio' });
const PHONE = '+15125550123';
const FORM = { notifyBy: 'email', language: 'en', smsConsent: '', phone: '' };
const cell = (world: World, header: string, lease = 'L-1') =>
  tabOf(world, 'Leases').find((row) => row['Lease ID'] === lease)?.[header];
const ways = (world: World, lease = 'L-1') => {
  const { book } = loadBook(pageApp(world).host);
  const own = book.leases.find(({ id }) => id === leaseId(lease));
  return own && reachOf(book, own).ways;
};

describe('a consent to texts', () => {
  const world = base.clone();

  it('is recorded with the day, the page and the end of the number', () => {
    const form = { ...FORM, notifyBy: 'both', smsConsent: 'yes', phone: '+1 (512) 555-0123' };
    expect(posted(world, 'L-1', 'preferences', form)).toEqual({ done: true, says: 'preferencesSaved' });
    expect([cell(world, 'Phone'), cell(world, 'Notify by'), cell(world, 'SMS consent')]).toEqual([
      PHONE,
      'both',
      'page, 2026-11-07, …0123',
    ]);
    expect(ways(world)).toEqual(['email', 'sms']);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is told in the Log cell by cell, as the resident', () => {
    const lines = bookOf(world).log.filter(
      ({ kind, what }) => kind === 'lease' && String(what).includes('the resident says'),
    );
    expect(lines.map(({ what }) => String(what).split(' of ')[0])).toEqual(['Phone', 'Notify by', 'SMS consent']);
    expect(new Set(lines.map(({ who }) => who))).toEqual(new Set(['resident l…@example.com']));
  });

  it('stays as it was given when the form is saved again', () => {
    world.advanceTo('2026-11-09T15:00:00Z');
    const form = { ...FORM, notifyBy: 'sms, else email', smsConsent: 'yes', phone: '…0123' };
    expect(posted(world, 'L-1', 'preferences', form)).toMatchObject({ done: true });
    expect(cell(world, 'SMS consent')).toBe('page, 2026-11-07, …0123');
  });

  it('is given anew with another number, for it was to one number', () => {
    const form = { ...FORM, notifyBy: 'both', smsConsent: 'yes', phone: '+1 512 555 0199' };
    posted(world, 'L-1', 'preferences', form);
    expect(cell(world, 'SMS consent')).toBe('page, 2026-11-09, …0199');
  });

  it('is shown with nothing of the number but its end', () => {
    expect(contactView(oneLease(pageApp(world), 'L-1'))).toEqual({
      email: 'l…@example.com',
      phone: '…0199',
      notifyBy: 'both',
      smsConsent: true,
      smsStopped: false,
    });
  });

  it('ends at once when it is taken back, whatever else the form says', () => {
    expect(posted(world, 'L-1', 'preferences', { ...FORM, notifyBy: 'sms' })).toEqual({
      done: true,
      says: 'preferencesSaved',
    });
    expect([cell(world, 'SMS consent'), cell(world, 'Notify by')]).toEqual(['', 'email']);
    expect(ways(world)).toEqual(['email']);
  });
});

it('ends for the number on every lease that has it', () => {
  const world = base.clone();
  for (const lease of ['L-1', 'L-2']) {
    typeInto(world, 'Leases', lease, 'Phone', PHONE);
    typeInto(world, 'Leases', lease, 'SMS consent', 'lease, clause 12');
    typeInto(world, 'Leases', lease, 'Notify by', 'both');
  }
  typeInto(world, 'Leases', 'O-1', 'SMS consent', 'lease, clause 12');
  posted(world, 'L-1', 'preferences', FORM);
  expect(['L-1', 'L-2', 'O-1'].map((lease) => cell(world, 'SMS consent', lease))).toEqual(['', '', 'lease, clause 12']);
  expect(ways(world, 'L-2')).toEqual(['email']);
});

it('is undone by a manager, whose word comes after', () => {
  const world = base.clone();
  posted(world, 'L-1', 'preferences', { ...FORM, notifyBy: 'both', language: 'fr', smsConsent: 'yes', phone: PHONE });
  const run = bookOf(world).log.find(({ what }) => String(what).startsWith('Notify by of L-1'))?.run;
  expect(undone(world, 'undo-1', String(run), MEG)).toMatchObject({ done: true });
  expect(['Phone', 'Notify by', 'Language', 'SMS consent'].map((header) => cell(world, header))).toEqual([
    '',
    'email',
    'en',
    '',
  ]);
});

describe('what is refused', () => {
  it.each([
    ['nothing at all', { notifyBy: 'none' }, 'preferencesWay'],
    ['a way that nobody knows', { notifyBy: 'pigeon' }, 'preferencesWay'],
    ['a language that nobody speaks here', { language: 'tlh' }, 'preferencesLanguage'],
    ['a phone that is none', { phone: '12' }, 'preferencesPhone'],
    ['texts without a number', { notifyBy: 'both', smsConsent: 'yes' }, 'preferencesNumber'],
    ['texts alone without a consent', { notifyBy: 'sms', phone: PHONE }, 'preferencesUnreachable'],
  ])('%s', (_, fields, says) => {
    const world = base.clone();
    const before = tabOf(world, 'Leases');
    expect(posted(world, 'L-1', 'preferences', { ...FORM, ...fields })).toMatchObject({ done: false, says });
    expect(tabOf(world, 'Leases')).toEqual(before);
  });

  it('any change where the house has switched messages off', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-1', 'Notify by', 'none');
    expect(posted(world, 'L-1', 'preferences', FORM)).toMatchObject({ done: false, says: 'preferencesHouse' });
  });
});

it('says that a number that was stopped at its carrier opens by START alone', () => {
  const world = base.clone();
  typeInto(world, 'Leases', 'L-1', 'Phone', PHONE);
  const row = [PHONE, 'sms', 'opted out', '2026-11-01T10:00:00Z', 'twilio', 'STOP'];
  world.paste('Contacts', 'A2', [row]);
  const form = { ...FORM, notifyBy: 'both', smsConsent: 'yes' };
  expect(posted(world, 'L-1', 'preferences', form)).toEqual({ done: true, says: 'preferencesStart' });
  expect(contactView(oneLease(pageApp(world), 'L-1')).smsStopped).toBe(true);
  expect(ways(world)).toEqual(['email']);
});

it('writes nothing twice, and confirms what stands', () => {
  const world = base.clone();
  const form = { ...FORM, language: 'es' };
  posted(world, 'L-1', 'preferences', form, 'form-pref');
  const log = bookOf(world).log.length;
  expect(posted(world, 'L-1', 'preferences', form, 'form-pref')).toEqual({ done: true, says: 'preferencesSaved' });
  expect([cell(world, 'Language'), bookOf(world).log.length]).toEqual(['es', log]);
  expect(posted(world, 'L-1', 'preferences', form)).toEqual({ done: true, says: 'preferencesSaved' });
});
