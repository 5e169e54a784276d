/** The words of the resident's pages, by language. */
import type { PageLanguage } from '../../../src/api/resident/view';
import { DE } from './de';
import { EN, type Words } from './en';
import { ES } from './es';
import { FR } from './fr';

export type { Words } from './en';

const WORDS: Readonly<Record<PageLanguage, Words>> = { en: EN, es: ES, fr: FR, de: DE };

export const wordsOf = (language: PageLanguage): Words => WORDS[language];

/** What a language calls itself, for the switch. */
export const LANGUAGES: Readonly<Record<PageLanguage, string>> = {
  en: 'English',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
};
