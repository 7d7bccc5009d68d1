import { useEffect, useState } from 'preact/hooks';
import { chosenLanguage, type Language } from './language';

/** Slow enough to read the whole board once in each language. */
const turnMs = 15_000;

/** The language to show now; with `rotate`, French and Dutch take turns. */
export function useLanguage(asked: string | null, rotate = false): Language {
  const chosen = chosenLanguage(asked);
  const [turn, setTurn] = useState<Language>(chosen === 'nl' ? 'nl' : 'fr');

  useEffect(() => {
    if (!rotate) return;
    const timer = setInterval(() => setTurn(now => (now === 'fr' ? 'nl' : 'fr')), turnMs);
    return () => clearInterval(timer);
  }, [rotate]);

  const language = rotate ? turn : chosen;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return language;
}
