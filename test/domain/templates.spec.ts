/** Every built-in message in every language: complete, short, safe, and readable by an independent mail parser. */
import PostalMime from 'postal-mime';
import { FIELDS, fieldsNote, type MessageFields } from '../../src/domain/message-fields';
import { checkTemplate, MAX_HTML, type Message, render } from '../../src/domain/messages';
import { type Address, buildMail } from '../../src/domain/mime';
import {
  builtInTemplates,
  MANAGER_KEYS,
  PACKS,
  PLAN_KEYS,
  packFor,
  TEMPLATE_KEYS,
  type Template,
} from '../../src/domain/templates';
import { instant } from '../../src/domain/values';
import { FULL, MINIMAL } from './message-samples';

const all = builtInTemplates();
const name = ({ key, language }: Template) => `${key} ${language}`;
const cases: [string, Template, string, MessageFields][] = all.flatMap(
  (template): [string, Template, string, MessageFields][] => [
    [name(template), template, 'full', FULL],
    [name(template), template, 'minimal', MINIMAL[template.key] ?? {}],
  ],
);

function sent(template: Template, fields: MessageFields): Message {
  const message = render(template, fields, template.language);
  if ('reason' in message) throw new Error(message.reason);
  return message;
}

const lines = (text: string | undefined) => (text ?? '').replace(/\r\n/g, '\n').trim();

/** What is left to read of an HTML part. */
const readable = (html: string) =>
  html
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');

describe('the built-in messages', () => {
  it('exist for residents in four languages, and for the manager', () => {
    expect(PACKS.map((pack) => pack.language)).toEqual(['en', 'es', 'fr', 'de']);
    expect(all).toHaveLength(TEMPLATE_KEYS.length * 4);
    expect(new Set(all.map(name)).size).toBe(all.length);
    expect(packFor('es-MX').language).toBe('es');
    expect(packFor('pt').language).toBe('en');
  });

  it.each(all.map((template): [string, Template] => [name(template), template]))('%s has no fault', (_, template) => {
    expect(checkTemplate(template)).toEqual([]);
  });

  it.each(cases)(
    '%s renders with %3$s fields and is read back from its mail',
    async (_name, template, _kind, fields) => {
      const message = sent(template, fields);
      expect(message.subject.length).toBeLessThanOrEqual(60);
      expect(Buffer.byteLength(message.html)).toBeLessThanOrEqual(MAX_HTML);
      expect(message.text + message.subject).not.toMatch(/\{\{|\}\}|undefined|\[object/);
      expect(message.text).not.toMatch(/\n{3}| ,|\(\)|:\s*\.|, *\./);
      expect(message.html).toContain(`lang="${template.language}"`);
      expect(message.html).not.toMatch(/<img|<script|src=|http:/);
      const raw = buildMail({
        fromName: 'Elm Court',
        from: 'rent@landlord.example' as Address,
        to: 'maria@example.com' as Address,
        ...message,
        headers: { messageIdRef: `email:${template.key}` },
        date: instant(0),
      });
      const parsed = await PostalMime.parse(raw);
      expect(parsed.subject).toBe(message.subject);
      expect(parsed.to?.map((each) => each.address)).toEqual(['maria@example.com']);
      expect(lines(parsed.text)).toBe(lines(message.text));
      expect(lines(parsed.html)).toBe(lines(message.html));
    },
  );
});

const SAFETY: Record<string, [never: RegExp, notLegal: RegExp, ignore: RegExp]> = {
  en: [/never ask for card numbers, bank details/, /not a legal notice/, /ignore this message/],
  es: [/Nunca pedimos números de tarjeta, datos bancarios/, /No es una notificación legal/, /no tenga en cuenta/],
  fr: [/ne demandons jamais de numéro de carte/, /n’est pas un acte juridique/, /ne pas tenir compte/],
  de: [/fragen nie per E-Mail nach Kartennummern/, /keine Kündigung/, /beachten Sie diese Nachricht/i],
};

const ASKS_NOTHING = [
  'payment-refunded',
  'request-answered',
  'receipt',
  'signed',
  'plan-offered',
  'plan-accepted',
  'plan-finished',
];
const NO_BUTTON: readonly string[] = [
  'receipt',
  'payment-refunded',
  ...PLAN_KEYS.filter((key) => key !== 'plan-instalment'),
];

const residents = all.filter((template) => ![...MANAGER_KEYS, 'account-link'].includes(template.key));
describe('every message to a resident', () => {
  it.each(residents.map((each): [string, Template] => [name(each), each]))('%s', (_, template) => {
    const full = sent(template, FULL);
    const [safety, notLegal, ignore] = SAFETY[template.language] ?? [/^$/, /^$/, /^$/];
    expect(full.text).toMatch(safety);
    expect(full.text).toContain('12 Elm Street, Austin, TX 78701');
    expect(full.text).toContain('Elm Court, Apt 4B');
    expect(full.html.match(/<a /g)?.length ?? 0).toBe(NO_BUTTON.includes(template.key) ? 0 : 1);
    expect(full.text).not.toMatch(/IBAN|routing|sort code/i);
    if (!ASKS_NOTHING.includes(template.key)) expect(full.text).toMatch(ignore);
    if (template.key === 'final-notice') expect(full.text).toMatch(notLegal);
    const firstLine = full.text.split('\n')[0] ?? '';
    expect(firstLine).toMatch(/\$1,2[05]0\.00/);
    const unlinked = sent(template, { ...FULL, pay_link: '', account_link: '' });
    expect(unlinked.html).not.toContain('<a ');
    expect(unlinked.text).not.toContain('https:');
  });

  it('shows the charges as rows', () => {
    const late = sent(all.find((each) => name(each) === 'late en') as Template, FULL);
    expect(late.text).toContain(
      '- Rent December 2026: $1,200.00, due Dec 1, 2026\n- Late fee: $50.00, due Dec 6, 2026\n',
    );
    const rows = late.html.match(/<tr><td class="r".*<\/tr>/g) ?? [];
    expect(rows.map(readable).map((row) => row.trim())).toEqual([
      'Rent December 2026 due Dec 1, 2026 $1,200.00',
      'Late fee due Dec 6, 2026 $50.00',
    ]);
  });
});

describe('the digest', () => {
  const QUIET: Record<string, [nobody: string, noTask: string, attention: string]> = {
    en: ['Nobody is late.', 'No task is open.', 'Needs attention'],
    es: ['Nadie está atrasado.', 'No hay tareas abiertas.', 'Requiere atención'],
    fr: ['Personne n’est en retard.', 'Aucune tâche n’est ouverte.', 'À corriger'],
    de: ['Niemand ist im Verzug.', 'Keine Aufgabe ist offen.', 'Zu klären'],
  };
  const digests = all.filter((each) => each.key === 'digest');

  it.each(digests.map((each): [string, Template] => [each.language, each]))(
    'says in %s that all is well when it is',
    (_, each) => {
      const [nobody, noTask, attention] = QUIET[each.language] ?? ['?', '?', '?'];
      const { text } = sent(each, MINIMAL.digest ?? {});
      expect(text).toContain(nobody);
      expect(text).toContain(noTask);
      expect(text).not.toContain(attention);
      expect(sent(each, FULL).text).toContain(attention);
    },
  );

  it('has the same fields in each language, and ends in words of that language', () => {
    const tags = (text: string) => (text.match(/\{\{[^}]*\}\}/g) ?? []).sort();
    const [english] = digests;
    for (const each of digests)
      expect(tags(each.subject + each.body)).toEqual(tags(`${english?.subject}${english?.body}`));
    const ends = digests.map((each) => sent(each, FULL).text.trim().split('\n').pop());
    expect(ends).toEqual(PACKS.map((pack) => pack.managerFooters?.digest));
    expect(new Set(ends).size).toBe(4);
  });
});

describe('the news of a plan', () => {
  const news = all.filter((each) => each.key === 'plan-news');
  const NONE = { ...MINIMAL['plan-news'], plan_agreed: '' };
  const HAPPENINGS = [
    { plan_agreed: 'yes' },
    { plan_refused: 'yes' },
    { plan_unsigned: 'yes' },
    { plan_unpaid: '$625.00' },
    { plan_unpaid: '$625.00', plan_broken: '$1,250.00' },
    { plan_signed_late: 'yes' },
  ];

  it.each(news.map((each): [string, Template] => [each.language, each]))(
    'says in %s what happened, each in a subject and words of its own',
    (_, each) => {
      const mails = HAPPENINGS.map((what) => sent(each, { ...NONE, ...what }));
      for (const { subject, text } of mails) {
        expect(subject).toMatch(/^Elm Court 4B, María López ?: \S.*\S$/);
        expect(text).toContain('$1,250.00');
      }
      expect(mails.map(({ text }) => text.includes('$625.00'))).toEqual([false, false, false, true, true, false]);
      expect(new Set(mails.map(({ subject }) => subject)).size).toBe(HAPPENINGS.length);
      expect(new Set(mails.map(({ text }) => text)).size).toBe(HAPPENINGS.length);
    },
  );

  it('has the same fields in each language, and ends in words of that language', () => {
    const tags = (text: string) => (text.match(/\{\{[^}]*\}\}/g) ?? []).sort();
    for (const each of news)
      expect(tags(each.subject + each.body)).toEqual(tags(`${news[0]?.subject}${news[0]?.body}`));
    const ends = news.map((each) => sent(each, FULL).text.trim().split('\n').pop());
    expect(ends).toEqual(PACKS.map((pack) => pack.managerFooters?.['plan-news']));
    expect(new Set(ends).size).toBe(4);
  });
});

describe('the note of the Templates tab', () => {
  it('explains every field and fits a cell note', () => {
    const note = fieldsNote();
    for (const field of FIELDS) expect(note).toContain(field.about);
    expect(note.length).toBeLessThan(5_000);
    expect(TEMPLATE_KEYS).toContain('digest');
  });
});
