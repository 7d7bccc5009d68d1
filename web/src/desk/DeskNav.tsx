import { wordsIn, type Language } from '../words/language';

const pages = { challenges: '/desk', impact: '/desk/impact' } as const;

/** The pages of a marketer. */
export function DeskNav({ here, language }: { here: keyof typeof pages; language: Language }) {
  const words = wordsIn(language).factors;
  return (
    <nav class="desk-nav" aria-label={words.nav}>
      {(Object.keys(pages) as (keyof typeof pages)[]).map(page => <a key={page} href={pages[page]} aria-current={page === here ? 'page' : undefined}>{words.pages[page]}</a>)}
    </nav>
  );
}
