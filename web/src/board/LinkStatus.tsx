import { useEffect, useState } from 'preact/hooks';
import type { Link } from '../live/line';
import { wordsIn, type Language } from '../words/language';
import { ageWords } from '../words/when';

/** A dot and a few words: quiet when all is well, plain when it is not. */
export function LinkStatus({ link, heardAt, language }: { link: Link; heardAt: number; language: Language }) {
  const words = wordsIn(language);
  const now = useNow(5_000);
  const age = Math.max(0, Math.floor((now - heardAt) / 1000));
  return (
    <p class="link" data-link={link}>
      <i class="dot" aria-hidden="true" />
      <span role="status">{words[link]}</span>
      {heardAt > 0 && <span class="age">{words.lastUpdated(ageWords(age, language))}</span>}
    </p>
  );
}

function useNow(everyMs: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Date.now();
}
