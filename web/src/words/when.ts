import type { BoardWindow } from '../live/stream';
import { localeOf, wordsIn, type Language } from './language';

/** A window as a poster says it: a word (a month needs none), one giant thing, and the exact dates. */
export interface WindowWords {
  kicker: string;
  giant: string;
  dates: string;
}

/** @param season its name, when the window is one. */
export function windowWords(window: BoardWindow, language: Language, season = ''): WindowWords {
  const words = wordsIn(language);
  const start = window.start === null ? null : dateOf(window.start);
  const end = window.end === null ? null : dateOf(window.end);
  if (start === null || end === null) return { kicker: words.allTimeKicker, giant: words.allTime, dates: '' };

  const say = (date: Date, form: Intl.DateTimeFormatOptions) => inWords(date, language, form);
  switch (window.period) {
    case 'day':
      return {
        kicker: capital(say(start, { weekday: 'long' })),
        giant: String(start.getUTCDate()),
        dates: say(start, { month: 'long', year: 'numeric' }),
      };
    case 'month':
      return {
        kicker: '',
        giant: capital(say(start, { month: 'long' })),
        dates: String(start.getUTCFullYear()),
      };
    case 'season':
      return { kicker: '', giant: season === '' ? window.id : season, dates: span(start, end, language) };
    default:
      return { kicker: words.week, giant: weekNumber(window.id), dates: span(start, end, language) };
  }
}

/** "Semaine 19 · 9–15 mai 2011": the same window in one line. */
export function windowLine(window: BoardWindow, language: Language, season = ''): string {
  const { kicker, giant, dates } = windowWords(window, language, season);
  switch (window.period) {
    case 'day': return `${kicker} ${giant} ${dates}`;
    case 'month': return `${giant} ${dates}`;
    case 'week': return `${kicker} ${giant} · ${dates}`;
    case 'season': return `${giant} · ${dates}`;
    default: return `${kicker} ${giant}`;
  }
}

/** The last day inside is named, since people read both ends as included. */
function span(start: Date, end: Date, language: Language): string {
  const last = new Date(end.getTime() - 86_400_000);
  const sameYear = start.getUTCFullYear() === last.getUTCFullYear();
  const sameMonth = sameYear && start.getUTCMonth() === last.getUTCMonth();
  const full = inWords(last, language, { day: 'numeric', month: 'long', year: 'numeric' });
  if (sameMonth) return `${start.getUTCDate()}–${full}`;
  const from: Intl.DateTimeFormatOptions = sameYear
    ? { day: 'numeric', month: 'long' }
    : { day: 'numeric', month: 'long', year: 'numeric' };
  return `${inWords(start, language, from)} – ${full}`;
}

/** The business date and time as the programme's own clock shows them, wherever the viewer is. */
export function businessMoment(asOf: string, language: Language): { date: string; time: string } {
  const wallClock = new Date(`${asOf.slice(0, 16)}Z`);
  return {
    date: capital(inWords(wallClock, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })),
    time: asOf.slice(11, 16),
  };
}

export function ageWords(seconds: number, language: Language): string {
  const words = wordsIn(language);
  if (seconds < 5) return words.justNow;
  // In steps, so that the text does not fidget.
  if (seconds < 60) return words.secondsAgo(Math.floor(seconds / 5) * 5);
  if (seconds < 3600) return words.minutesAgo(Math.floor(seconds / 60));
  return words.hoursAgo(Math.floor(seconds / 3600));
}

/** The id carries the ISO week's number, as in 2011-W19; the week-based year may differ from the dates'. */
function weekNumber(id: string): string {
  return String(Number(id.slice(id.indexOf('W') + 1)));
}

function dateOf(isoDate: string): Date {
  return new Date(`${isoDate}T00:00:00Z`);
}

function inWords(date: Date, language: Language, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localeOf(language), { ...form, timeZone: 'UTC' }).format(date);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
