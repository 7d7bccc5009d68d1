import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Standing } from '../live/stream';
import { CountUp } from '../motion/CountUp';
import { reducedMotion } from '../motion/reduced';
import { wordsIn, type Language } from '../words/language';
import { placesGained, type Mark } from './climbs';
import { starOf } from './star';

/** How scores are written, and the word after them. */
export interface Score {
  readonly format: (score: number) => string;
  readonly unit: (score: number) => string;
}

interface Props {
  row: Standing;
  mark: Mark | undefined;
  score: Score;
  language: Language;
  /** Below the edge of a full screen: there for the movement only. */
  hidden: boolean;
}

/** One member's row, drawn as a queue ticket: the rank on the stub, a perforation, the name and the score. */
export function Ticket({ row, mark, score, language, hidden }: Props) {
  const words = wordsIn(language);
  const star = starOf(row.id);
  const gained = mark === undefined ? 0 : placesGained(mark, row.rank);
  const isNew = mark !== undefined && mark.fromRank === null;
  return (
    <li
      class="ticket"
      data-id={row.id}
      data-podium={row.rank <= 3 ? row.rank : undefined}
      aria-hidden={hidden || undefined}
    >
      <div class="paper" data-grow="height" />
      <span class="rank" data-grow="text">{row.rank}</span>
      <svg class="star" data-hue={star.hue} data-grow="text" viewBox="0 0 32 32" aria-hidden="true"><path d={star.path} /></svg>
      <span class="who" data-grow="text">
        <span class="name">{row.name === '—' ? words.memberGone : row.name}</span>
        {row.tiedWith > 0 && (
          <span class="tied"><span aria-hidden="true">{words.tied}</span><span class="unseen">{words.tiedLong(row.tiedWith)}</span></span>
        )}
      </span>
      <span class="gain">
        {gained > 0 && <Chip><span aria-hidden="true">▲ +{gained}</span><span class="unseen">{words.climbed(gained)}</span></Chip>}
        {isNew && <Chip>{words.newHere}</Chip>}
      </span>
      <span class="score" data-grow="text">
        <CountUp value={row.score} format={score.format} />
        <span class="unit">{score.unit(row.score)}</span>
      </span>
    </li>
  );
}

function Chip({ children }: { children: ComponentChildren }) {
  const chip = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (reducedMotion()) return;
    chip.current?.animate([{ opacity: 0, transform: 'scale(0.6)' }, {}], { duration: 350, easing: 'ease-out' });
  }, []);
  return <span ref={chip} class="chip">{children}</span>;
}
