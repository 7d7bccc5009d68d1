import type { Challenge } from '../live/challenge';
import { localeOf, wordsIn, type Language } from '../words/language';
import { amountIn, giftWords } from './progress';

/** What can be won, one coupon each. */
export function PrizeList({ challenge, currency, language }: { challenge: Challenge; currency: string; language: Language }) {
  const words = wordsIn(language).challenges;
  const amount = amountIn(challenge.unit, currency, language);
  const { completion, completionMax, ranks, milestones } = challenge.prizes;
  const unlocked = milestones.filter(milestone => milestone.gift !== null);
  if (completion === null && ranks.length === 0 && unlocked.length === 0) return null;
  return (
    <section class="prizes" aria-labelledby="prizes">
      <h2 id="prizes">{words.prizes}</h2>
      <ul role="list">
        {completion !== null && (
          <li class="coupon"><b>{giftWords(completion, language)}</b><span>{words.goalReached(completionMax === null ? null : completionMax.toLocaleString(localeOf(language)))}</span></li>
        )}
        {ranks.map(({ through, gift }, place) => (
          <li key={through} class="coupon"><b>{giftWords(gift, language)}</b><span>{words.rank((ranks[place - 1]?.through ?? 0) + 1, through)}</span></li>
        ))}
        {unlocked.map(({ at, gift }) => gift !== null && (
          <li key={at} class="coupon"><b>{giftWords(gift, language)}</b><span>{words.milestoneAt(amount(at))}</span></li>
        ))}
      </ul>
    </section>
  );
}
