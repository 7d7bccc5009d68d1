import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { SlidingRows } from '../motion/slide';
import { wordsIn, type Language } from '../words/language';
import { EmptyBoard } from './EmptyBoard';
import { Ticket, type Score } from './Ticket';
import type { LiveBoard } from './useBoard';
import { useFit } from './useFit';

interface Props {
  live: LiveBoard;
  score: Score;
  kiosk: boolean;
  language: Language;
}

/** A row that falls off a screen slides out below its edge instead of vanishing, so a few more are kept there. */
const belowTheEdge = 5;

export function Standings({ live, score, kiosk, language }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const { board, marks } = live;
  const fit = useFit(list, kiosk);
  const words = wordsIn(language);
  const race = board === null ? '' : `${board.topic}|${board.window.id}`;
  const leader = useAnnouncedLeader(board?.rows[0]?.name ?? '', race);

  const sliding = useRef<{ rows: SlidingRows; race: string } | null>(null);
  useLayoutEffect(() => {
    if (list.current === null) return;
    if (sliding.current?.race !== race) sliding.current = { rows: new SlidingRows(list.current), race };
    sliding.current.rows.settle();
  });

  const rows = board === null ? [] : fit === null ? board.rows : board.rows.slice(0, fit + belowTheEdge);
  return (
    <>
      {board !== null && board.rows.length === 0 && <EmptyBoard language={language} />}
      <ol
        key={race}
        ref={list}
        class="standings"
        role="list"
        aria-label={words.standings}
        aria-busy={board === null}
      >
        {rows.map((row, index) => (
          <Ticket
            key={row.id}
            row={row}
            mark={marks.get(row.id)}
            score={score}
            language={language}
            hidden={fit !== null && index >= fit}
          />
        ))}
      </ol>
      <p class="unseen" aria-live="polite">{leader !== '' && words.takesTheLead(leader)}</p>
    </>
  );
}

/** A screen reader hears of a new leader, not of ten updates a second, and not of the leader it opened with. */
function useAnnouncedLeader(name: string, race: string): string {
  const [announced, setAnnounced] = useState('');
  const known = useRef({ name: '', race: '' });
  useEffect(() => {
    const { current } = known;
    const overtaken = current.race === race && current.name !== '' && current.name !== name;
    known.current = { name, race };
    setAnnounced('');
    if (!overtaken) return;
    const timer = setTimeout(() => setAnnounced(name), 3_000);
    return () => clearTimeout(timer);
  }, [name, race]);
  return announced;
}
