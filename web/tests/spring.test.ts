import { expect, test } from 'vitest';
import { settleSeconds, springAt, springPath } from '../src/motion/spring';

test('a row starts where it was seen and ends at rest', () => {
  const path = springPath({ distance: 240, speed: 0 });
  expect(path[0]).toBe(240);
  expect(path.at(-1)).toBe(0);
  expect(Math.abs(springAt({ distance: 240, speed: 0 }, settleSeconds).distance)).toBeLessThan(1);
});

test('a row that starts still never overshoots', () => {
  const path = springPath({ distance: 240, speed: 0 });
  expect(path.every((distance, i) => distance >= 0 && distance <= (path[i - 1] ?? 240))).toBe(true);
});

test('an interrupted movement goes on with its position and its speed', () => {
  const whole = springAt({ distance: 100, speed: -50 }, 0.5);
  const halfway = springAt({ distance: 100, speed: -50 }, 0.2);
  const resumed = springAt(halfway, 0.3);
  expect(resumed.distance).toBeCloseTo(whole.distance, 9);
  expect(resumed.speed).toBeCloseTo(whole.speed, 9);
});
