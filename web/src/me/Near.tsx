import { starOf } from '../board/star';
import { Bar } from '../challenge/Stamps';
import { localeOf, wordsIn, type Language } from '../words/language';
import type { Goal } from './goals';

/** The nearest goals, each with what is left of it. Nothing when nothing is near: nobody is pressed. */
export function Near({ goals, language }: { goals: readonly Goal[]; language: Language }) {
  const words = wordsIn(language).me;
  if (goals.length === 0) return null;
  const name = { tier: words.nearTier, badge: words.nearBadge, card: (text: string) => text, reward: (text: string) => text };
  return (
    <section class="near" aria-labelledby="near">
      <h2 id="near">{words.near}</h2>
      <ul role="list">
        {goals.map(goal => (
          <li key={`${goal.kind}/${goal.id}`}>
            <svg class="near-star" viewBox="0 0 32 32" aria-hidden="true"><path d={starOf(goal.id).path} /></svg>
            <span class="near-name">{name[goal.kind](goal.name[language])}</span>
            <span class="near-left">{leftOf(goal)}</span>
            <Bar part={goal.part} />
          </li>
        ))}
      </ul>
    </section>
  );

  function leftOf({ kind, left, part }: Goal): string {
    if (left === null) return new Intl.NumberFormat(localeOf(language), { style: 'percent' }).format(Math.floor(part * 100) / 100);
    const shown = left.toLocaleString(localeOf(language));
    return words.left[kind === 'card' ? 'stamps' : kind === 'reward' ? 'points' : 'steps'](left, shown);
  }
}
