import { useEffect, useState } from 'preact/hooks';
import { Answered, choosePrivacy, fetchAround, fetchOwn, fetchPrivacy, type Own, type PrivacyMode } from '../live/server';
import type { Standing } from '../live/stream';
import { topicOf } from '../live/topic';
import { wordsIn, type Language } from '../words/language';
import { OwnRows } from './OwnRows';
import type { Score } from './Ticket';
import type { View } from './view';

interface Props {
  view: View;
  token: string;
  /** When the board last changed: then it is worth asking again. */
  heardAt: number;
  /** How many rows the board shows: who stands below them is shown with its neighbours. */
  shown: number;
  score: Score;
  language: Language;
}

/** A place and the rows beside it. */
interface Place {
  readonly own: Own;
  readonly around: readonly Standing[];
}

const askEveryMs = 5_000;

/**
 * The member's own place, below the board whoever stands on it, and the way out of the ranking and back. Nothing for a token that is not a
 * member's.
 */
export function OwnPlace({ view, token, heardAt, shown, score, language }: Props) {
  const [mode, setMode] = useState<PrivacyMode | null>(null);
  const [trouble, setTrouble] = useState(false);
  const place = useOwn(view, token, heardAt, shown, mode);
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

  const own = place?.own ?? null;
  const row = own?.row ?? null;
  return (
    <>
      {row !== null && <OwnRows row={row} isOut={isOut} around={place?.around ?? []} score={score} language={language} />}
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
    </>
  );
}

function useOwn(view: View, token: string, heardAt: number, shown: number, mode: PrivacyMode | null): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  const topic = topicOf(view);
  // A busy board changes ten times a second; a place is asked for every few seconds at most.
  const turn = Math.floor(heardAt / askEveryMs);
  useEffect(() => {
    if (mode === null) return;
    let stopped = false;
    const look = async (): Promise<Place> => {
      const own = await fetchOwn(view, token);
      const isBelow = own.row !== null && !own.virtual && own.row.place > shown;
      return { own, around: isBelow ? await fetchAround(view, token) : [] };
    };
    const ask = () => look().then(
      answer => { if (!stopped) setPlace(answer); },
      fault => { if (!stopped && fault instanceof Answered) setPlace(null); },
    );
    void ask();
    // The board follows a wish a moment later.
    const soon = window.setTimeout(() => { void ask(); }, 400);
    return () => {
      stopped = true;
      window.clearTimeout(soon);
    };
  }, [topic, token, mode, turn]);
  return place;
}
