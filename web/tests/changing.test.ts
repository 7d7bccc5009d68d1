import { expect, test } from 'vitest';
import { changedBy, leverOf, leversOf } from '../src/desk/changing';

const document = {
  id: 'x', version: 1, window: { from: '2026-11-30', until: '2026-12-07', zone: 'store' }, goal: { kind: 'count', target: 5, of: { on: ['sale'] } },
  prizes: { completion: { points: 50, reward: 'basket' }, ranks: [], budget: { points: 50_000, rewards: 10 } },
};

test('a marketer is asked for what the document has, the last day included', () => {
  expect(leversOf(document)).toEqual({ last: '2026-12-06', target: '5', points: '50', budget: '50000' });
  expect(leversOf({ ...document, goal: { kind: 'sum', what: 'spend', target: 5_000 } })).not.toHaveProperty('target');
});

test('only what was changed is changed', () => {
  expect(changedBy(document, leversOf(document))).toEqual(document);
  expect(changedBy(document, { ...leversOf(document), last: '2026-12-10', budget: '60000' })).toEqual(
    { ...document, window: { ...document.window, until: '2026-12-11' }, prizes: { ...document.prizes, budget: { points: 60_000, rewards: 10 } } });
  expect(changedBy(document, { ...leversOf(document), target: '' })).toBeNull();
  expect(changedBy(document, { ...leversOf(document), last: 'soon' })).toBeNull();
});

test('a problem is shown at the lever that it is about', () => {
  const problem = (field: string) => ({ field, code: 'narrows', remedy: '' });
  expect(leverOf(problem('/challenge/window/until'))).toBe('last');
  expect(leverOf(problem('/challenge/prizes/completionMax'))).toBe('most');
  expect(leverOf(problem('/challenge/prizes/completion/points'))).toBe('points');
  expect(leverOf(problem('/challenge/audience'))).toBeNull();
});
