import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnsweredChallenge, Challenge } from '../live/challenge';
import type { Link, Refused } from '../live/line';
import { followChallenge, type FollowedChallenge } from '../live/liveChallenge';
import type { BusinessTime } from '../live/serverClock';

export interface LiveChallenge {
  readonly challenge: Challenge | null;
  readonly time: BusinessTime;
  readonly link: Link;
  readonly refusal: Exclude<Refused, 'expired'> | null;
  /** When the last state came, on the viewer's clock. */
  readonly heardAt: number;
}

export interface ChallengeChoice {
  readonly id: string;
  /** Null for the newest. */
  readonly run: number | null;
}

const nothingYet: LiveChallenge = { challenge: null, time: { clock: null, heard: 0, stands: true }, link: 'connecting', refusal: null, heardAt: 0 };

export function useChallenge({ id, run }: ChallengeChoice, token: string, onExpired: () => void): LiveChallenge & { take: (answer: AnsweredChallenge) => void } {
  const [live, setLive] = useState(nothingYet);
  const followed = useRef<FollowedChallenge | null>(null);

  useEffect(() => {
    setLive(nothingYet);
    followed.current = followChallenge(id, run, token, {
      challenge: (challenge, time) => setLive(before => ({ ...before, challenge, time, heardAt: Date.now() })),
      link: link => setLive(before => ({ ...before, link })),
      refused: reason => {
        if (reason === 'expired') onExpired();
        else setLive(before => ({ ...before, refusal: reason }));
      },
    });
    return () => followed.current?.stop();
  }, [id, run, token]);

  return { ...live, take: answer => followed.current?.take(answer) };
}
