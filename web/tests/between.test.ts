import { expect, test } from 'vitest';
import { between } from '../src/motion/between';

test('a count of whole numbers shows whole numbers', () => {
  expect([0, 0.25, 0.5, 1].map(part => between(4, 9, part))).toEqual([4, 5, 7, 9]);
});

test('a count ends at what was reached, not at what it rounds to', () => {
  expect(between(6, 1.5, 1)).toBe(1.5);
  expect(between(1.4, 1.5, 0.5)).toBeCloseTo(1.45);
  expect(between(0.2, 0.9, 0.99)).toBeLessThan(0.9);
});
