import { expect, test } from 'vitest';
import { figureIn, isSign } from '../src/impact/figures';
import { parseImpactView } from '../src/impact/view';
import { shownFigures, sourcesOf, type Figure, type Impact, type Source } from '../src/live/impact';
import { languages, wordsIn } from '../src/words/language';

const source: Source = {
  factor: 'meal', version: 1, publisher: 'Ministry', title: 'Table', url: 'https://example.org', published: '2026-01-01', example: true, words: { fr: 'Source : M', nl: 'Bron: M', en: 'Source: M' },
};

function figure(counter: string, change: Partial<Figure> = {}): Figure {
  return { counter, name: { fr: 'Repas', nl: 'Maaltijden', en: 'Meals' }, unit: { fr: 'repas', nl: 'maaltijden', en: 'meals' }, value: 1, sources: [source], ...change };
}

test('nothing is claimed that was not reached', () => {
  expect(figureIn('en')(0.99)).toBe('0.9');
  expect(figureIn('en')(12.5)).toBe('12.5');
  expect(figureIn('en')(1999.99)).toBe('1,999');
  expect(figureIn('nl')(1999.99)).toBe('1.999');
  expect(figureIn('en')(0.3)).toBe('0.3');
});

test('a figure without a source is not shown, and a source is named once', () => {
  const impact: Impact = { edition: 1, counters: [figure('meals'), figure('waste'), figure('co2e', { sources: [] })], restating: null, restatements: [] };
  expect(shownFigures(impact).map(one => one.counter)).toEqual(['meals', 'waste']);
  expect(sourcesOf(shownFigures(impact))).toEqual([source]);
});

test('a currency sign stands beside its number', () => {
  expect(isSign(figure('gifts', { unit: { fr: '€', nl: '€', en: '€' } }))).toBe(true);
  expect(isSign(figure('meals'))).toBe(false);
});

test('an address says whose impact, and how it is looked at', () => {
  expect(parseImpactView('?kiosk=1&store=BRU')).toMatchObject({ kiosk: true, store: 'BRU' });
  expect(parseImpactView('?store=../x').store).toBeNull();
});

test.each(languages)('what depends on numbers is said in %s', language => {
  const words = wordsIn(language).impact;
  expect(words.toBeShown(1)).not.toBe(words.toBeShown(3).replace('3', '1'));
  expect(words.effort(1)).not.toBe(words.effort(2));
});
