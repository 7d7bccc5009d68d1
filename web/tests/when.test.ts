import { expect, test } from 'vitest';
import type { BoardWindow } from '../src/live/stream';
import { ageWords, businessMoment, windowLine, windowWords } from '../src/words/when';

const week: BoardWindow = { period: 'week', id: '2011-W19', start: '2011-05-09', end: '2011-05-16' };
const day: BoardWindow = { period: 'day', id: '2011-05-12', start: '2011-05-12', end: '2011-05-13' };
const month: BoardWindow = { period: 'month', id: '2011-05', start: '2011-05-01', end: '2011-06-01' };
const all: BoardWindow = { period: 'all', id: 'all', start: null, end: null };

test('a week is named by its number and by its first and last day', () => {
  expect(windowLine(week, 'fr')).toBe('Semaine 19 · 9–15 mai 2011');
  expect(windowLine(week, 'nl')).toBe('Week 19 · 9–15 mei 2011');
  expect(windowLine(week, 'en')).toBe('Week 19 · 9–15 May 2011');
});

test('a week across two months names both, and across two years both years', () => {
  const acrossMonths: BoardWindow = { period: 'week', id: '2011-W22', start: '2011-05-30', end: '2011-06-06' };
  expect(windowWords(acrossMonths, 'fr').dates).toBe('30 mai – 5 juin 2011');
  const acrossYears: BoardWindow = { period: 'week', id: '2010-W52', start: '2010-12-27', end: '2011-01-03' };
  expect(windowLine(acrossYears, 'en')).toBe('Week 52 · 27 December 2010 – 2 January 2011');
});

test('days, months and all time have words of their own', () => {
  expect(windowLine(day, 'fr')).toBe('Jeudi 12 mai 2011');
  expect(windowLine(day, 'nl')).toBe('Donderdag 12 mei 2011');
  expect(windowLine(month, 'fr')).toBe('Mai 2011');
  expect(windowLine(all, 'nl')).toBe('Sinds het begin');
});

test('the business moment is the programme\'s wall clock, wherever the viewer is', () => {
  expect(businessMoment('2011-05-12T00:30:00+02:00', 'fr')).toEqual({ date: 'Jeudi 12 mai 2011', time: '00:30' });
  expect(businessMoment('2011-05-12T23:45:10-10:00', 'fr')).toEqual({ date: 'Jeudi 12 mai 2011', time: '23:45' });
});

test('an age is said in steps', () => {
  expect(ageWords(2, 'fr')).toBe('à l’instant');
  expect(ageWords(14, 'en')).toBe('10 s ago');
  expect(ageWords(185, 'nl')).toBe('3 min geleden');
});
