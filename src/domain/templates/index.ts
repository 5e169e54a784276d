/** The built-in messages of all languages, as rows for the Templates tab and as the last resort of a send. */
import { baseLanguage } from '../dates';
import { DE } from './de';
import { EN } from './en';
import { ES } from './es';
import { FR } from './fr';
import {
  type LanguagePack,
  MANAGER_TEMPLATES,
  PLAN_KEYS,
  RESIDENT_KEYS,
  type Template,
  type TemplateKey,
} from './pack';

export {
  DIGEST_KEY,
  FAILURE_KEY,
  type LanguagePack,
  MANAGER_KEYS,
  type ManagerKey,
  PLAN_KEYS,
  PLAN_NEWS_KEY,
  RESIDENT_KEYS,
  type Template,
  type TemplateKey,
  type Words,
} from './pack';

export const TEMPLATE_KEYS: readonly TemplateKey[] = [...RESIDENT_KEYS, ...PLAN_KEYS, ...MANAGER_TEMPLATES];
export const PACKS: readonly LanguagePack[] = [EN, ES, FR, DE];

/** The built-in words of a language, of its base language, else English. */
export const packFor = (language: string): LanguagePack =>
  PACKS.find((pack) => pack.language === baseLanguage(language)) ?? EN;

/** Every built-in message as a row of the Templates tab, by language and then in the order of the ladder. */
export function builtInTemplates(): Template[] {
  return PACKS.flatMap((pack) =>
    TEMPLATE_KEYS.flatMap((key) => {
      const words = pack.messages[key];
      return words === undefined ? [] : [{ key, language: pack.language, ...words }];
    }),
  );
}

/** Words that nobody has changed have no faults: a read of the tab need not look for them. */
export function isBuiltIn({ key, language, subject, body, sms }: Template): boolean {
  const pack = PACKS.find((each) => each.language === language);
  const words = pack?.messages[key as TemplateKey];
  return words?.subject === subject && words.body === body && (sms === undefined || sms === words.sms);
}
