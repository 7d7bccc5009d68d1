/**
 * How long to wait before the next try. Doubles to half a minute, and each screen waits a different part of
 * it, so that a chain's screens do not all come back in the same second after an outage.
 */
export function waitBefore(attempt: number, chance: () => number = Math.random): number {
  const longest = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(longest * (0.5 + chance() / 2));
}
