import type { Challenge } from '../live/challenge';
import { CountUp } from '../motion/CountUp';
import { localeOf, wordsIn, type Language } from '../words/language';
import { amountIn, giftWords, groupScore, nextMilestone, placeOnTrack } from './progress';

interface Props {
  challenge: Challenge;
  currency: string;
  language: Language;
}

/** What everybody comes to together, with the milestones on the way. */
export function SharedTotal({ challenge, currency, language }: Props) {
  const words = wordsIn(language).challenges;
  const amount = amountIn(challenge.unit, currency, language);
  const next = nextMilestone(challenge);
  return (
    <section class="shared" aria-labelledby="together">
      <h2 id="together">{words.together}</h2>
      <p class="count">
        <b><CountUp value={challenge.total} format={amount} /></b>
        <span>{[next === null ? '' : words.of(amount(next.at)), words.unit[challenge.unit](challenge.total)].filter(word => word !== '').join(' ')}</span>
      </p>
      <Track challenge={challenge} currency={currency} language={language} />
      <Participants challenge={challenge} language={language} />
    </section>
  );
}

export function Track({ challenge, currency, language }: Props) {
  const words = wordsIn(language).challenges;
  const amount = amountIn(challenge.unit, currency, language);
  const part = placeOnTrack(challenge.total, challenge.milestones.map(milestone => milestone.at));
  return (
    <div class="track" style={{ '--part': part, '--steps': challenge.milestones.length }}>
      <div class="rail" aria-hidden="true"><i style={{ transform: `scaleX(${part})` }} /></div>
      <ol class="miles">
        {challenge.milestones.map((milestone, place) => {
          const gift = challenge.prizes.milestones[place]?.gift ?? null;
          return (
            <li key={milestone.at} class={milestone.reached ? 'mile reached' : 'mile'}>
              <span class="at">{amount(milestone.at)}</span>
              {milestone.reached && <span class="unseen">{words.reached}</span>}
              {gift !== null && <span class="gift">{giftWords(gift, language)}</span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Teams or stores, best first, drawn as tickets like members on a board. */
export function Groups({ challenge, currency, language, most = 20 }: Props & { most?: number }) {
  const words = wordsIn(language).challenges;
  return (
    <section class="groups" aria-labelledby="groups">
      <h2 id="groups">{words.standings}{challenge.average && <small>{words.average}</small>}</h2>
      {challenge.groups.length === 0 && <p class="none">{words.participants(0, '0')}</p>}
      <ol role="list">
        {challenge.groups.slice(0, most).map(group => (
          <li key={group.id} class="group" data-podium={group.rank >= 1 && group.rank <= 3 ? group.rank : undefined} data-own={group.id === challenge.own?.team || undefined}>
            <span class="rank">{group.rank === 0 ? '–' : group.rank}</span>
            <span class="name">{group.name[language]}</span>
            <span class="score">{groupScore(group, challenge, currency, language)}</span>
          </li>
        ))}
      </ol>
      <Participants challenge={challenge} language={language} />
    </section>
  );
}

export function Participants({ challenge, language }: { challenge: Challenge; language: Language }) {
  const { participants } = challenge;
  return <p class="participants">{wordsIn(language).challenges.participants(participants, participants.toLocaleString(localeOf(language)))}</p>;
}
