import type { Challenge } from '../live/challenge';
import type { BusinessTime } from '../live/serverClock';
import { wordsIn, type Language } from '../words/language';
import { leftAloud, leftWords, useSecondsLeft } from './countdown';
import { emWide } from './progress';

interface Props {
  challenge: Challenge;
  time: BusinessTime;
  language: Language;
}

/** What it is counted down to now, and what to call that. */
export function countedDown({ phase, paused, revealsAt, opens, closes }: Challenge): { to: string | null; what: 'startsIn' | 'revealsIn' | 'endsIn' } {
  if (phase === 'scheduled') return revealsAt !== null && revealsAt !== opens ? { to: revealsAt, what: 'revealsIn' } : { to: opens, what: 'startsIn' };
  return { to: phase === 'live' && !paused ? closes : null, what: 'endsIn' };
}

/** The same number on every screen, changing in the same moment: the server's second, not this device's. */
export function Countdown({ challenge, time, language }: Props) {
  const words = wordsIn(language).challenges;
  const { to, what } = countedDown(challenge);
  const seconds = useSecondsLeft(to, time);
  if (seconds === null) return null;
  const left = leftWords(seconds, language);
  return (
    <span class="countdown">
      <span class="kicker">{words[what]}</span>
      <span class="unseen">{leftAloud(seconds, language)}</span>
      <time class="left" aria-hidden="true" dateTime={to ?? undefined} style={{ '--wide': emWide(left) }}>{left}</time>
    </span>
  );
}
