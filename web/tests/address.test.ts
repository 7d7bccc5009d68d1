import { expect, test } from 'vitest';
import { addressOf, parseView } from '../src/board/view';
import { waitBefore } from '../src/live/backoff';
import { tokenIn } from '../src/live/token';
import { topicOf } from '../src/live/topic';

test('an address and a view say the same thing', () => {
  const address = '/board?scope=store:BRU&period=day&metric=receipts&lang=nl&kiosk=1&rotate=1&theme=dark';
  expect(addressOf(parseView(address.slice(address.indexOf('?'))))).toBe(address);
  expect(topicOf(parseView('?scope=store:BRU&period=day&metric=receipts'))).toBe('board/store:BRU/day/receipts');
});

test('whatever is not understood falls back to the programme\'s week of points', () => {
  expect(topicOf(parseView('?scope=../secrets&period=hour&metric='))).toBe('board/programme/week/points');
});

test('a token is found bare or in a link, and nothing else is taken for one', () => {
  expect(tokenIn(' abc.def-123 ')).toBe('abc.def-123');
  expect(tokenIn('http://localhost:5000/board?lang=fr#token=abc.def-123')).toBe('abc.def-123');
  expect(tokenIn('http://localhost:5000/board')).toBeNull();
  expect(tokenIn('two words')).toBeNull();
});

test('waits grow to half a minute and differ by chance', () => {
  expect(waitBefore(1, () => 0)).toBe(500);
  expect(waitBefore(1, () => 1)).toBe(1_000);
  expect(waitBefore(50, () => 1)).toBe(30_000);
});
