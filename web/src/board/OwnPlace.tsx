import { useEffect, useState } from 'preact/hooks';
import { Answered, choosePrivacy, fetchOwn, fetchPrivacy, type Own, type PrivacyMode } from '../live/server';
import { topicOf } from '../live/topic';
import { wordsIn, type Language } from '../words/language';
import type { Score } from './Ticket';
import type { View } from './view';

interface Props {
  view: View;
  token: string;
  /** When the board last changed: then it is worth asking again. */
  heardAt: number;
  score: Score;
  language: Language;
}

const askEveryMs = 5_000;

/**
 * The member's own place, below the board whoever stands on it, and the way out of the ranking and back. Nothing for a token that is not a
 * member's.
 */
export function OwnPlace({ view, token, heardAt, score, language }: Props) {
  const [mode, setMode] = useState<PrivacyMode | null>(null);
  const [trouble, setTrouble] = useState(false);
  const own = useOwn(view, token, heardAt, mode);
  const words = wordsIn(language);

  useEffect(() => {
    fetchPrivacy(token).then(setMode, () => {});
  }, [token]);

  if (mode === null || mode === 'erased') return null;
  const isOut = mode !== 'shown';

  async function change(): Promise<void> {
    try {
      setTrouble(false);
      setMode(await choosePrivacy(isOut ? 'shown' : 'private', token));
    } catch {
      setTrouble(true);
    }
  }

  const row = own?.row ?? null;
  return (
    <section class={isOut ? 'own out' : 'own'} aria-label={words.ownPlace}>
      <p class="own-words">
        {isOut && <b class="own-mode">{words.outOfRanking}</b>}
        <span>{row === null ? words.ownNoScore : own?.virtual ? words.ownWouldBe(row.rank) : words.ownIs(row.rank)}</span>
        {row !== null && <span class="own-score">{score.format(row.score)} {score.unit(row.score)}</span>}
      </p>
      <button type="button" class="own-switch" onClick={() => { void change(); }}>{isOut ? words.comeBack : words.stepOut}</button>
      {isOut && <p class="own-note">{words.outExplained}</p>}
      {trouble && <p class="own-note" role="alert">{words.pairTrouble}</p>}
    </section>
  );
}

function useOwn(view: View, token: string, heardAt: number, mode: PrivacyMode | null): Own | null {
  const [own, setOwn] = useState<Own | null>(null);
  const topic = topicOf(view);
  // A busy board changes ten times a second; a place is asked for every few seconds at most.
  const turn = Math.floor(heardAt / askEveryMs);
  useEffect(() => {
    if (mode === null) return;
    let stopped = false;
    const ask = () => fetchOwn(view, token).then(
      answer => { if (!stopped) setOwn(answer); },
      fault => { if (!stopped && fault instanceof Answered) setOwn(null); },
    );
    void ask();
    // The board follows a wish a moment later.
    const soon = window.setTimeout(() => { void ask(); }, 400);
    return () => {
      stopped = true;
      window.clearTimeout(soon);
    };
  }, [topic, token, mode, turn]);
  return own;
}
