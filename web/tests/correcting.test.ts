import { expect, test } from 'vitest';
import { correctedBy, correctionFieldOf, correctionOf, newestOf } from '../src/desk/correcting';

const source = { publisher: 'Ministry', title: 'Table', url: 'https://example.org/t', published: '2026-01-01' };
const factor = (version: number, id = 'carbon') => ({ id, version, counter: 'co2e', on: ['sale'], per: 'items', millionths: 750_000, from: '2026-01-01', until: '2027-01-01', source });
const registry = { counters: [], factors: [factor(1), factor(1, 'meals'), factor(2)] };
const why = { fr: 'Nouvelle étude.', nl: 'b', en: 'c' };

test('the newest version of each factor is corrected', () => {
  expect(newestOf(registry).map(one => `${one.id}@${one.version}`)).toEqual(['carbon@2', 'meals@1']);
});

test('a correction adds a version, says why in half a sentence, and leaves the others as they were shown', () => {
  const corrected = correctedBy(registry, factor(2), { ...correctionOf(factor(2)), value: '0.6', last: '', example: true }, why);
  expect(corrected?.factors.slice(0, 3)).toEqual(registry.factors);
  expect(corrected?.factors[3]).toEqual({ ...factor(3), millionths: 600_000, until: null, source: { ...source, example: true }, correction: { fr: 'Nouvelle étude', nl: 'b', en: 'c' } });
});

test('the last day is included in the form and not in the document', () => {
  expect(correctionOf(factor(1)).last).toBe('2026-12-31');
  expect(correctedBy(registry, factor(2), correctionOf(factor(2)), why)?.factors[3]?.until).toBe('2027-01-01');
});

test('what is no figure or no day makes no document', () => {
  for (const wrong of [{ value: '' }, { value: '-1' }, { value: 'x' }, { from: 'soon' }]) expect(correctedBy(registry, factor(2), { ...correctionOf(factor(2)), ...wrong }, why)).toBeNull();
});

test('a problem is shown at the field that it is about', () => {
  expect(correctionFieldOf({ field: '/factors/4/source/url', code: 'not-to-be-found', remedy: '' })).toBe('url');
  expect(correctionFieldOf({ field: '/factors/4/until', code: 'empty', remedy: '' })).toBe('last');
  expect(correctionFieldOf({ field: '/counters', code: 'counter-gone', remedy: '' })).toBeNull();
});
