import { wordsIn, type Language } from '../words/language';

/** Blank tickets where the first three will stand, and an invitation on the best of them. */
export function EmptyBoard({ language }: { language: Language }) {
  const words = wordsIn(language);
  return (
    <div class="blanks">
      <div class="blank"><i aria-hidden="true">1</i><p class="empty-title">{words.emptyTitle}</p></div>
      <div class="blank"><i aria-hidden="true">2</i><p class="empty-text">{words.emptyText}</p></div>
      <div class="blank" aria-hidden="true"><i>3</i></div>
    </div>
  );
}
