import { useEffect, useState } from 'preact/hooks';
import type { Standing } from '../live/stream';
import { wordsIn, type Language } from '../words/language';
import type { Score } from './Ticket';

interface Props {
  row: Standing;
  /** In private mode: the place where it would stand. */
  isOut: boolean;
  /** With its neighbours, when it stands below the rows that the board shows. */
  around: readonly Standing[];
  score: Score;
  language: Language;
}

/**
 * The member's own row at the lower edge of the window, with whoever stands next to it below the board's last row: nobody should have to scroll past
 * fifty others to find it. It makes way while the own ticket itself is in sight.
 */
export function OwnRows({ row, isOut, around, score, language }: Props) {
  const words = wordsIn(language);
  const isInSight = useInSight(row.id);
  const rows = around.some(one => one.id === row.id) ? around : [row];
  return (
    <ol class="own-rows" role="list" aria-label={words.ownPlace} data-in-sight={isInSight || undefined}>
      {rows.map(one => (
        <li
          key={one.id}
          class="own-row"
          aria-current={one.id === row.id ? 'true' : undefined}
          data-out={one.id === row.id && isOut ? '' : undefined}
        >
          <span class="own-rank">{one.rank}</span>
          <span class="own-name">{one.name === '—' ? words.memberGone : one.name}</span>
          <span class="own-points">{score.format(one.score)} {score.unit(one.score)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Whether the ticket of this id is on the page and in the window. */
function useInSight(id: string): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const look = () => {
      const box = document.querySelector(`.ticket[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect();
      setInSight(box !== undefined && box.bottom > 0 && box.bottom < window.innerHeight - 80);
    };
    look();
    const timer = window.setInterval(look, 500);
    window.addEventListener('scroll', look, { passive: true });
    return () => {
      window.clearInterval(timer);
      window.removeEventListener('scroll', look);
    };
  }, [id]);
  return inSight;
}
