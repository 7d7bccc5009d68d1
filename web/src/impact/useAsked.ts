import { useEffect, useState } from 'preact/hooks';
import { followAsked } from '../live/asked';
import type { Link, Refused } from '../live/line';

export interface Asked<T> {
  readonly content: T | null;
  readonly link: Link;
  readonly refusal: Exclude<Refused, 'expired'> | null;
  /** When the last state came, on the viewer's clock. */
  readonly heardAt: number;
}

/** What a topic says now. A null topic is not followed. */
export function useAsked<T>(topic: string | null, path: string, token: string, onExpired: () => void): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ content: null, link: 'connecting', refusal: null, heardAt: 0 });

  useEffect(() => {
    if (topic === null) return;
    const followed = followAsked<T>(topic, path, token, {
      heard: content => setAsked(before => ({ ...before, content, heardAt: Date.now() })),
      link: link => setAsked(before => ({ ...before, link })),
      refused: reason => {
        if (reason === 'expired') onExpired();
        else setAsked(before => ({ ...before, refusal: reason }));
      },
    });
    return () => followed.stop();
  }, [topic, path, token]);

  return asked;
}
