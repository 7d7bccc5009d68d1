import { expect, test } from 'vitest';
import { markClimbs, noMarks, placesGained } from '../src/board/climbs';
import type { Standing } from '../src/live/stream';

function standing(id: string, rank: number, score: number): Standing {
  return { id, name: id, rank, score, tiedWith: 0, reachedAt: '2011-05-12T14:00:00+02:00', place: rank };
}

test('a climb that goes on counts from where it began', () => {
  const first = markClimbs(noMarks, [standing('a', 9, 10)], [standing('a', 7, 20)], 0);
  const second = markClimbs(first, [standing('a', 7, 20)], [standing('a', 4, 30)], 2_000);
  const mark = second.get('a');
  expect(mark !== undefined && placesGained(mark, 4)).toBe(5);
});

test('a climb after the mark is gone starts anew', () => {
  const first = markClimbs(noMarks, [standing('a', 9, 10)], [standing('a', 7, 20)], 0);
  const later = markClimbs(first, [standing('a', 7, 20)], [standing('a', 6, 30)], 60_000);
  const mark = later.get('a');
  expect(mark !== undefined && placesGained(mark, 6)).toBe(1);
});

test('who moves up because another fell is not marked', () => {
  expect(markClimbs(noMarks, [standing('a', 3, 10)], [standing('a', 2, 10)], 0).size).toBe(0);
});

test('who was not on the board is new, and stays new while climbing', () => {
  const first = markClimbs(noMarks, [], [standing('a', 40, 10)], 0);
  const second = markClimbs(first, [standing('a', 40, 10)], [standing('a', 30, 20)], 100);
  expect(second.get('a')?.fromRank).toBeNull();
});
