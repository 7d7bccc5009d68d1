import { localeOf, wordsIn, type Language } from './language';

/** The calendar date of an instant where the programme is, wherever the viewer is: "2026-11-23". */
export function dateIn(instant: string | number, timeZone: string): string {
  return parts(instant, timeZone, 'en', { year: 'numeric', month: '2-digit', day: '2-digit' }, ['year', 'month', 'day']).join('-');
}

/** "23 novembre 2026", where the programme is. */
export function dayWords(instant: string | number, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(new Date(instant));
}

/** "23 novembre 2026", of a calendar date as ISO writes it. */
export function dateWords(isoDate: string, language: Language): string {
  return dayWords(`${isoDate}T00:00:00Z`, 'UTC', language);
}

/** "dimanche 22 novembre à minuit": who reads of an end at zero o'clock thinks of the day that it ends. */
export function endWords(instant: string, timeZone: string, language: Language): string {
  const [hour, minute] = parts(instant, timeZone, 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, ['hour', 'minute']);
  const midnight = hour === '00' && minute === '00';
  const day = new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(new Date(Date.parse(instant) - (midnight ? 1 : 0)));
  return wordsIn(language).dayAt(day, midnight ? null : `${hour}:${minute}`);
}

function parts(instant: string | number, timeZone: string, locale: string, form: Intl.DateTimeFormatOptions, wanted: readonly string[]): string[] {
  const found = new Intl.DateTimeFormat(locale, { ...form, timeZone }).formatToParts(new Date(instant));
  return wanted.map(type => found.find(part => part.type === type)?.value ?? '');
}
