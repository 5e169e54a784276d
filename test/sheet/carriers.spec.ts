/** What carries mail and texts, as the Settings tab says it: a word that is none is told, and nothing leaves by chance. */
import { layoutOf } from '../../src/sheet/layout';
import { SETTINGS } from '../../src/sheet/schema';
import { readSettings } from '../../src/sheet/settings';

const layout = layoutOf(
  SETTINGS,
  SETTINGS.columns.map(({ header }) => header),
);

function read(name: string, value: string) {
  const { settings, problems } = readSettings(layout, [
    ['Books open on', '2026-12-01', ''],
    [name, value, ''],
  ]);
  return { settings, says: problems.map(({ what }) => what) };
}

describe('the carrier of mail', () => {
  it.each([
    ['', 'gmail'],
    ['Gmail', 'gmail'],
    ['SendGrid', 'sendgrid'],
    ['mailgun', 'mailgun'],
  ])('written as "%s" is %s', (written, by) => {
    const { settings, says } = read('Mail by', written);
    expect([settings.mailBy, says]).toEqual([by, []]);
  });

  it.each(['none', 'no', 'off', 'pigeon'])('is no "%s": that mail goes by Gmail then is told', (written) => {
    const { settings, says } = read('Mail by', written);
    expect([settings.mailBy, says]).toEqual(['gmail', [`"${written}" is not known; mail goes by gmail.`]]);
  });
});

describe('the carrier of texts', () => {
  it.each([
    ['', ''],
    ['none', ''],
    ['off', ''],
    ['Twilio', 'twilio'],
  ])('written as "%s" is "%s"', (written, by) => {
    const { settings, says } = read('Texts by', written);
    expect([settings.textsBy, says]).toEqual([by, []]);
  });

  it('is nobody where nobody knows the name, and that is told', () => {
    const { settings, says } = read('Texts by', 'gmail');
    expect([settings.textsBy, says]).toEqual(['', ['"gmail" is not known; no text message is sent.']]);
  });
});
