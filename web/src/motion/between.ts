/** What a count from one number to another shows on its way: whole numbers in whole steps, and at the end the value itself, never a rounder one. */
export function between(from: number, value: number, part: number): number {
  if (part >= 1) return value;
  const now = from + (value - from) * part;
  return Number.isInteger(from) && Number.isInteger(value) ? Math.round(now) : now;
}
