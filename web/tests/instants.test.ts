import { expect, test } from 'vitest';
import { dateIn, dayWords, endWords } from '../src/words/instants';

test('an instant is of the day that it is where the programme is', () => {
  expect(dateIn('2026-11-22T23:30:00+00:00', 'Europe/Brussels')).toBe('2026-11-23');
  expect(dateIn('2026-11-22T23:30:00+00:00', 'America/Guadeloupe')).toBe('2026-11-22');
  expect(dayWords('2026-11-22T23:30:00+00:00', 'Europe/Brussels', 'fr')).toBe('23 novembre 2026');
});

test('an end at midnight is named by the day that it ends', () => {
  expect(endWords('2026-11-22T23:00:00+00:00', 'Europe/Brussels', 'fr')).toBe('dimanche 22 novembre à minuit');
  expect(endWords('2026-11-22T23:00:00+00:00', 'Europe/Brussels', 'nl')).toBe('zondag 22 november om middernacht');
  expect(endWords('2026-03-29T16:00:00+00:00', 'Europe/Brussels', 'en')).toBe('Sunday 29 March at 18:00');
});
