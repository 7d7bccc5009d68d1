import { Bar } from '../challenge/Stamps';
import type { Perk, Tier } from '../live/recognition';
import type { StandingWhy } from '../live/why';
import { dateWords } from '../words/instants';
import { wordsIn, type Language } from '../words/language';
import { tierPart } from './goals';

interface Props {
  tier: Tier;
  why: StandingWhy | null;
  perks: readonly Perk[];
  language: Language;
}

/** The tier, how far the next one is, until when this one is kept, and what it brings; in the sentences of what decides it. */
export function TierCard({ tier, why, perks, language }: Props) {
  const words = wordsIn(language).me;
  // Without a tier the first sentence only says so again.
  const says = why?.says.slice(tier.id === null ? 1 : 0) ?? [];
  return (
    <section class="slip own-card tier" aria-labelledby="tier">
      <h2 id="tier">{words.tier}</h2>
      <p class="tier-name">{tier.name?.[language] ?? words.noTier}</p>
      {tier.nextName !== null && (
        <div class="tier-next">
          <p>{words.towards(tier.nextName[language])}</p>
          <Bar part={tierPart(tier)} />
        </div>
      )}
      {says.length === 0 ? tier.how !== null && <p>{tier.how[language]}</p> : says.map(one => <p key={one.fr}>{one[language]}</p>)}
      {perks.length > 0 && (
        <div class="perks">
          <h3>{words.perks}</h3>
          <ul role="list">
            {perks.map(perk => <li key={perk.id}>{perk.name[language]}{perk.until !== null && <small>{words.until(dateWords(perk.until, language))}</small>}</li>)}
          </ul>
        </div>
      )}
    </section>
  );
}
