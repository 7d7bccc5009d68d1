import type { Metric, Period } from './stream';

/** `programme`, or one store as `store:BRU`. */
export type Scope = 'programme' | `store:${string}`;

export interface BoardChoice {
  readonly scope: Scope;
  readonly period: Period;
  readonly metric: Metric;
}

export const periods: readonly Period[] = ['day', 'week', 'month', 'all'];
export const metrics: readonly Metric[] = ['points', 'receipts'];

export function topicOf({ scope, period, metric }: BoardChoice): string {
  return `board/${scope}/${period}/${metric}`;
}

export function storeOf(scope: Scope): string | null {
  return scope === 'programme' ? null : scope.slice('store:'.length);
}

export function parseScope(text: string | null): Scope {
  return text !== null && /^store:[A-Za-z0-9_-]{1,32}$/.test(text) ? (text as Scope) : 'programme';
}
