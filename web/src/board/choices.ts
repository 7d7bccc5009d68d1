import { useEffect, useState } from 'preact/hooks';
import { fetchChoices, type Choices, type Named } from '../live/server';
import type { Metric } from '../live/stream';
import type { Scope } from '../live/topic';
import { localeOf, wordsIn, type Language } from '../words/language';

/** What every programme has: shown until the server says what this one has. */
const usual: Choices = {
  currency: 'EUR',
  timeZone: 'Europe/Brussels',
  scopes: [{ id: 'programme' }],
  periods: ['day', 'week', 'month', 'all'],
  seasons: [],
  metrics: [{ id: 'points' }, { id: 'receipts' }],
};

export function useChoices(token: string): Choices {
  const [choices, setChoices] = useState(usual);
  useEffect(() => {
    // Without it the board still works: it offers what is usual, and shows ids for names.
    fetchChoices(token).then(setChoices, () => {});
  }, [token]);
  return choices;
}

export function scopeName(scope: Scope, { scopes }: Choices, language: Language): string {
  if (scope === 'programme') return wordsIn(language).programme;
  return named(scopes, scope, language) ?? scope.slice(scope.indexOf(':') + 1);
}

export function seasonName(id: string, { seasons }: Choices, language: Language): string {
  return named(seasons, id, language) ?? id;
}

export function metricName(metric: Metric, { metrics }: Choices, language: Language): string {
  return wordsIn(language).metrics[metric] ?? named(metrics, metric, language) ?? metric;
}

/** How a score is written, and the word after it; money carries its own. */
export function scoreFormat(metric: Metric, { currency, metrics }: Choices, language: Language): { format: (score: number) => string; unit: (score: number) => string } {
  if (metric === 'spend') {
    const money = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
    const minor = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2);
    return { format: score => money.format(score / minor), unit: () => '' };
  }

  const numbers = new Intl.NumberFormat(localeOf(language));
  const unit = wordsIn(language).unit[metric] ?? (() => named(metrics, metric, language)?.toLocaleLowerCase(localeOf(language)) ?? metric);
  return { format: score => numbers.format(score), unit };
}

function named(list: readonly Named[], id: string, language: Language): string | undefined {
  return list.find(one => one.id === id)?.name?.[language];
}
