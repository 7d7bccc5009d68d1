import { useEffect, useState } from 'preact/hooks';
import { followAsked } from '../live/asked';
import { fetchChallenges, type Challenge } from '../live/challenge';
import { Answered } from '../live/server';
import { businessTime, localNow, measured, type BusinessTime } from '../live/serverClock';

export interface Challenges {
  /** Null until the first answer. */
  readonly open: readonly Challenge[] | null;
  readonly over: readonly Challenge[];
  readonly time: BusinessTime;
  readonly trouble: 'lost' | 'forbidden' | null;
}

// What there is, and in which phase, is followed; one's own scores are asked for beside it, and all of it at once when its viewer comes back.
const askEveryMs = 15_000;

const nothingYet: Challenges = { open: null, over: [], time: { clock: null, heard: 0, stands: true }, trouble: null };

/** @param turn another value asks at once, after a command. */
export function useChallenges(token: string, onExpired: () => void, turn = 0): Challenges {
  const [known, setKnown] = useState(nothingYet);
  useEffect(() => {
    let stopped = false;

    async function ask(): Promise<void> {
      try {
        const sentAt = localNow();
        const open = await fetchChallenges('open', token);
        const [receivedAt, heard] = [localNow(), Date.parse(open.serverTime)];
        const over = await fetchChallenges('over', token);
        if (stopped) return;
        const clock = Math.abs(heard - receivedAt) < 3_600_000 ? measured(null, { sentAt, receivedAt, serverTime: heard }) : null;
        setKnown({ open: open.challenges, over: over.challenges, time: businessTime(clock, heard, receivedAt), trouble: null });
      } catch (error) {
        if (stopped) return;
        if (error instanceof Answered && error.status === 401) onExpired();
        else setKnown(before => ({ ...before, trouble: error instanceof Answered && error.status === 403 ? 'forbidden' : 'lost' }));
      }
    }

    const back = () => {
      if (document.visibilityState === 'visible') void ask();
    };
    void ask();
    let isFirst = true;
    const followed = followAsked<unknown>('challenges', '/v1/challenges?limit=1', token, {
      heard: () => {
        if (!isFirst) void ask();
        isFirst = false;
      },
      link: () => {},
      refused: reason => {
        if (reason === 'expired') onExpired();
      },
    });
    const timer = window.setInterval(() => void ask(), askEveryMs);
    document.addEventListener('visibilitychange', back);
    window.addEventListener('online', back);
    return () => {
      stopped = true;
      followed.stop();
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('online', back);
    };
  }, [token, turn]);
  return known;
}
