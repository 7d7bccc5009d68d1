import { wordsIn, type Language } from '../words/language';
import type { Refused } from './useBoard';

/** The server refused this board, though the token is good. */
export function Notice({ refusal, language, onView }: { refusal: Refused; language: Language; onView: () => void }) {
  const words = wordsIn(language);
  const unknown = refusal === 'unknown-topic';
  return (
    <div class="refusal" role="alert">
      <p class="empty-title">{unknown ? words.unknownTitle : words.forbiddenTitle}</p>
      <p class="empty-text">{unknown ? words.unknownText : words.forbiddenText}</p>
      <button type="button" class="button" onClick={onView}>{words.programmeBoard}</button>
    </div>
  );
}
