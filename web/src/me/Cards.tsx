import { Stamps } from '../challenge/Stamps';
import type { Card, Plan } from '../live/recognition';
import { dateWords } from '../words/instants';
import { localeOf, wordsIn, type Language } from '../words/language';

/** Stamp cards, as they look in a wallet. */
export function Cards({ cards, language }: { cards: readonly Card[]; language: Language }) {
  const words = wordsIn(language).me;
  if (cards.length === 0) return null;
  const amount = (count: number) => count.toLocaleString(localeOf(language));
  return (
    <section class="cards" aria-labelledby="cards">
      <h2 id="cards">{words.cards}</h2>
      <ul role="list">
        {cards.map(card => (
          <li key={card.id} class="slip own-card">
            <h3 class="slip-name">{card.name[language]}</h3>
            <Stamps id={card.id} score={card.stamps} target={card.needed} />
            <p class="card-count">{words.ofGoal(amount(card.stamps), amount(card.needed))}{card.filled > 0 && <span class="quiet">{words.filled(card.filled)}</span>}</p>
            <p class="quiet">{card.how[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Paid plans that the member has, or had. */
export function Plans({ plans, language }: { plans: readonly Plan[]; language: Language }) {
  const words = wordsIn(language).me;
  if (plans.length === 0) return null;
  return (
    <section class="plans" aria-labelledby="plans">
      <h2 id="plans">{words.plans}</h2>
      <ul role="list">
        {plans.map(plan => (
          <li key={plan.id} class="slip own-card">
            <h3 class="slip-name">{plan.name[language]}</h3>
            <p>{words.plan[plan.status]}{plan.paidUntil !== null && `, ${words.paidUntil(dateWords(plan.paidUntil, language))}`}</p>
            {plan.earnedBack !== null && <p>{plan.earnedBack[language]}</p>}
            <p class="quiet">{plan.how[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
