import { useEffect, useState } from 'preact/hooks';
import { businessNow, localNow, type BusinessTime } from '../live/serverClock';
import { localeOf, wordsIn, type Language } from '../words/language';

/** Whole seconds that are left, the one that has begun included: zero is shown at the instant itself, on every screen. */
export function secondsLeft(instant: number, now: number): number {
  return Math.max(0, Math.ceil((instant - now) / 1_000));
}

/** Milliseconds of this client until another second is shown. */
export function untilNextTick(instant: number, now: number): number {
  const left = instant - now;
  return left <= 0 ? Infinity : left - (Math.ceil(left / 1_000) - 1) * 1_000;
}

/** "3 j 04 h", on the last day "04:12:33": two numbers from afar, all of them where it becomes exciting. */
export function leftWords(seconds: number, language: Language): string {
  const words = wordsIn(language).challenges;
  const two = (count: number) => String(count).padStart(2, '0');
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) return `${days.toLocaleString(localeOf(language))}\u00A0${words.dayShort} ${two(hours)}\u00A0${words.hourShort}`;
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
}

/** For screen readers, which are told once and not every second. */
export function leftAloud(seconds: number, language: Language): string {
  const { aloud } = wordsIn(language).challenges;
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.ceil((seconds % 3_600) / 60)];
  return days > 0 ? aloud.days(days, hours) : aloud.minutes(hours, minutes);
}

/** Seconds left, drawn anew whenever the server's second changes; null without an instant. */
export function useSecondsLeft(instant: string | null, time: BusinessTime): number | null {
  const [, tick] = useState(0);
  const at = instant === null ? null : Date.parse(instant);

  useEffect(() => {
    if (at === null || time.stands) return;
    let timer = 0;
    const wait = () => {
      const next = untilNextTick(at, businessNow(time, localNow()));
      if (next === Infinity) return;
      timer = window.setTimeout(() => {
        tick(count => count + 1);
        wait();
      }, next);
    };
    wait();
    return () => clearTimeout(timer);
  }, [at, time]);

  return at === null ? null : secondsLeft(at, businessNow(time, localNow()));
}
