import { en } from './en';
import { fr } from './fr';
import { nl } from './nl';
import type { Words } from './words';

export type Language = 'fr' | 'nl' | 'en';

export const languages: readonly Language[] = ['fr', 'nl', 'en'];

const dictionaries: Readonly<Record<Language, Words>> = { fr, nl, en };

/** Belgian conventions: Dutch groups digits with a dot, French with a narrow space. */
const locales: Readonly<Record<Language, string>> = { fr: 'fr-BE', nl: 'nl-BE', en: 'en-GB' };

export function wordsIn(language: Language): Words {
  return dictionaries[language];
}

export function localeOf(language: Language): string {
  return locales[language];
}

export function parseLanguage(text: string | null | undefined): Language | null {
  const code = text?.slice(0, 2).toLowerCase();
  return languages.find(language => language === code) ?? null;
}

const key = 'language';

/** What the address asks for, else what the viewer chose before, else what the browser speaks. */
export function chosenLanguage(asked: string | null): Language {
  const spoken = navigator.languages.map(parseLanguage).find(language => language !== null);
  return parseLanguage(asked) ?? parseLanguage(localStorage.getItem(key)) ?? spoken ?? 'fr';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(key, language);
}
