import { expect, test } from 'vitest';
import { leftAloud, leftWords, secondsLeft, untilNextTick } from '../src/challenge/countdown';
import { businessNow, businessTime, measured } from '../src/live/serverClock';

test('the second that has begun is shown, and zero at the instant itself', () => {
  expect(secondsLeft(10_000, 7_001)).toBe(3);
  expect(secondsLeft(10_000, 9_999)).toBe(1);
  expect(secondsLeft(10_000, 10_000)).toBe(0);
  expect(secondsLeft(10_000, 12_000)).toBe(0);
});

test('a tick comes when the number changes, and none after the instant', () => {
  for (const now of [0, 1, 999, 1_000, 1_500.25, 9_999]) {
    const wait = untilNextTick(10_000, now);
    expect(secondsLeft(10_000, now + wait)).toBe(secondsLeft(10_000, now) - 1);
    expect(secondsLeft(10_000, now + wait - 0.5)).toBe(secondsLeft(10_000, now));
  }

  expect(untilNextTick(10_000, 10_000)).toBe(Infinity);
});

test('two clients whose clocks are hours apart show the same second at the same moment', () => {
  const instant = 1_800_000_000_000;
  const server = instant - 4_300;
  for (const ahead of [-7_200_000, 0, 55_123]) {
    // An answer that took 40 ms there and 40 ms back.
    const local = server + ahead;
    const clock = measured(null, { sentAt: local - 40, receivedAt: local + 40, serverTime: server });
    const now = businessNow(businessTime(clock, server, local), local);
    expect(secondsLeft(instant, now)).toBe(5);
    expect(untilNextTick(instant, now)).toBe(300);
  }
});

test('the closest measurement counts until it is old', () => {
  const close = measured(null, { sentAt: 0, receivedAt: 10, serverTime: 1_005 });
  const far = { sentAt: 100, receivedAt: 500, serverTime: 1_100 };
  expect(measured(close, far)).toBe(close);
  expect(measured(close, { sentAt: 100, receivedAt: 104, serverTime: 1_101 }).error).toBe(2);
  expect(measured(close, { ...far, sentAt: 700_000, receivedAt: 700_400 }).error).toBe(200);
});

test('where the business clock stands, nothing goes down by itself', () => {
  const clock = measured(null, { sentAt: 0, receivedAt: 0, serverTime: 1_800_000_000_000 });
  const replay = businessTime(clock, Date.parse('2011-05-12T14:00:00Z'), 0);
  expect(replay.stands).toBe(true);
  expect(businessNow(replay, 60_000)).toBe(Date.parse('2011-05-12T14:00:00Z'));
  expect(businessTime(clock, 1_800_000_000_500, 0).stands).toBe(false);
});

test('days and hours from afar, every second on the last day, in three languages', () => {
  const long = (3 * 24 + 4) * 3_600 + 59;
  expect(leftWords(long, 'fr')).toBe('3\u00A0j 04\u00A0h');
  expect(leftWords(long, 'nl')).toBe('3\u00A0d 04\u00A0u');
  expect(leftWords(4 * 3_600 + 12 * 60 + 33, 'en')).toBe('04:12:33');
  expect(leftWords(0, 'fr')).toBe('00:00:00');
  expect(leftAloud(long, 'nl')).toBe('3 dagen en 4 uur');
  expect(leftAloud(3_660, 'fr')).toBe('1 heure et 1 minute');
});
