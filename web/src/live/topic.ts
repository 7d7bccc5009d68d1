import type { Metric, Period } from './stream';

/** `programme`, one store as `store:BRU`, or a group as `region:north`. */
export type Scope = 'programme' | `${'store' | 'region' | 'segment' | 'team' | 'tier'}:${string}`;

export interface BoardChoice {
  readonly scope: Scope;
  readonly period: Period;
  readonly metric: Metric;
}

export const periods: readonly Period[] = ['day', 'week', 'month', 'season', 'all'];

export function topicOf({ scope, period, metric }: BoardChoice): string {
  return `board/${scope}/${period}/${metric}`;
}

export function parseScope(text: string | null): Scope {
  return text !== null && /^(store|region|segment|team|tier):[A-Za-z0-9_-]{1,40}$/.test(text) ? (text as Scope) : 'programme';
}

/** Whatever could be a metric: whether the programme counts it, the server says. */
export function parseMetric(text: string | null): Metric {
  return text !== null && /^[a-z][a-z0-9-]{0,31}$/.test(text) ? text : 'points';
}
