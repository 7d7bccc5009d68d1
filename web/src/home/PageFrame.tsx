import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { LanguageChoice } from '../board/Controls';
import { rememberLanguage, wordsIn, type Language } from '../words/language';
import { useLanguage } from '../words/useLanguage';

interface Props {
  language: Language;
  onLanguage: (language: Language) => void;
  children: ComponentChildren;
}

/** The quiet pages share a heading line with the languages in it. */
export function PageFrame({ language, onLanguage, children }: Props) {
  return (
    <div class="page">
      <header class="page-head">
        <a class="brand" href="/"><img src="/star.svg" alt="" width="32" height="32" /><span>{wordsIn(language).standings}</span></a>
        <LanguageChoice language={language} onLanguage={onLanguage} />
      </header>
      <main>{children}</main>
    </div>
  );
}

/** The language of a page that has no board: what the address asks for until the viewer chooses another. */
export function usePageLanguage(asked: string | null): [Language, (language: Language) => void] {
  const [chosen, setChosen] = useState(asked);
  const language = useLanguage(chosen);
  return [language, next => {
    rememberLanguage(next);
    setChosen(next);
  }];
}
