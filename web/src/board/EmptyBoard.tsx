import { wordsIn, type Language } from '../words/language';

/** Three blank tickets and an invitation. */
export function EmptyBoard({ language }: { language: Language }) {
  const words = wordsIn(language);
  return (
    <div class="empty">
      <div class="blanks" aria-hidden="true"><i>1</i><i>2</i><i>3</i></div>
      <p class="empty-title">{words.emptyTitle}</p>
      <p class="empty-text">{words.emptyText}</p>
    </div>
  );
}
