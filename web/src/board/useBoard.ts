import { useEffect, useState } from 'preact/hooks';
import type { Link } from '../live/line';
import { followBoard } from '../live/liveBoard';
import type { Board, RefusalReason } from '../live/stream';
import { topicOf, type BoardChoice } from '../live/topic';
import { markClimbs, noMarks, type Marks } from './climbs';

export type Refused = 'forbidden' | RefusalReason;

export interface LiveBoard {
  readonly board: Board | null;
  readonly marks: Marks;
  readonly link: Link;
  readonly refusal: Refused | null;
  /** When the last state came, on the viewer's clock. */
  readonly heardAt: number;
}

const nothingYet: LiveBoard = { board: null, marks: noMarks, link: 'connecting', refusal: null, heardAt: 0 };

export function useBoard({ scope, period, metric }: BoardChoice, token: string, onExpired: () => void): LiveBoard {
  const [live, setLive] = useState(nothingYet);
  const choice: BoardChoice = { scope, period, metric };

  useEffect(() => {
    setLive(nothingYet);
    return followBoard(choice, token, {
      board: board => setLive(before => showing(before, board, Date.now())),
      link: link => setLive(before => ({ ...before, link })),
      refused: reason => {
        if (reason === 'expired') onExpired();
        else setLive(before => ({ ...before, refusal: reason }));
      },
    });
  }, [topicOf(choice), token]);

  useMarksExpiry(live.marks, () => setLive(before => ({ ...before, marks: current(before.marks, Date.now()) })));
  return live;
}

function showing(before: LiveBoard, board: Board, now: number): LiveBoard {
  // Another window is another race: nobody climbed from yesterday's board.
  const sameRace = before.board !== null && before.board.window.id === board.window.id;
  const marks = sameRace ? markClimbs(before.marks, before.board.rows, board.rows, now) : noMarks;
  return { ...before, board, marks, heardAt: now };
}

function current(marks: Marks, now: number): Marks {
  return new Map([...marks].filter(([, mark]) => mark.until > now));
}

/** On a quiet board no message comes to take the marks away. */
function useMarksExpiry(marks: Marks, expire: () => void): void {
  useEffect(() => {
    if (marks.size === 0) return;
    const first = Math.min(...[...marks.values()].map(mark => mark.until));
    const timer = setTimeout(expire, Math.max(50, first - Date.now() + 10));
    return () => clearTimeout(timer);
  }, [marks]);
}
