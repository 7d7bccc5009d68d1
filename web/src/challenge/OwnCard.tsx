import type { Challenge, OwnRank } from '../live/challenge';
import type { BusinessTime } from '../live/serverClock';
import { CountUp } from '../motion/CountUp';
import { localeOf, wordsIn, type Language } from '../words/language';
import { Countdown } from './Countdown';
import { amountIn, hasOwnGoal } from './progress';
import { Stamps } from './Stamps';

interface Props {
  challenge: Challenge;
  time: BusinessTime;
  currency: string;
  language: Language;
}

/** Where the member stands: the number, the stamps, what is left, and for how long. */
export function OwnCard({ challenge, time, currency, language }: Props) {
  const words = wordsIn(language).challenges;
  const { own, phase, target, unit } = challenge;
  const amount = amountIn(unit, currency, language);
  // What goes into a shared total has a goal of its own only where one can win something by it.
  const alone = hasOwnGoal(challenge);
  const takesPart = own !== null && own.joined && phase !== 'scheduled';
  return (
    <section class={own?.complete && alone ? 'slip own-card complete' : 'slip own-card'} aria-label={words.ownProgress}>
      {takesPart && own !== null && (
        <>
          {!alone && <p class="count-of">{words.ownPart}</p>}
          <p class="count">
            <b><CountUp value={own.score} format={amount} /></b>
            <span>{[alone ? words.of(amount(target)) : '', words.unit[unit](alone ? target : own.score)].filter(word => word !== '').join(' ')}</span>
          </p>
          {alone && <Stamps id={challenge.challenge} score={own.score} target={target} />}
          {own.rank !== null && phase === 'live' && <Rank rank={own.rank} ofTeam={challenge.kind === 'teams'} language={language} />}
          <p class="left-over" role="status">
            {own.complete && alone ? words.complete : phase === 'live' ? alone ? own.left?.[language] ?? '' : '' : alone && phase !== 'cancelled' ? words.notComplete : ''}
          </p>
        </>
      )}
      <Countdown challenge={challenge} time={time} language={language} />
      {challenge.paused && phase === 'live' && <p class="state"><b>{words.paused}</b> {words.pausedText}</p>}
      {words.phaseText[phase] !== undefined && <p class="state"><b>{words.phase[phase]}</b> {words.phaseText[phase]}</p>}
      {challenge.reason !== null && <p class="state reason">{challenge.reason[language]}</p>}
    </section>
  );
}

/** One line: who is ahead is no news that a member needs shouted. */
function Rank({ rank, ofTeam, language }: { rank: OwnRank; ofTeam: boolean; language: Language }) {
  const words = wordsIn(language).challenges;
  const among = rank.ranked.toLocaleString(localeOf(language));
  return (
    <p class="own-rank">
      <b>{words.rank(rank.rank, rank.rank)}</b>{' '}
      {rank.virtual ? words.rankHidden : ofTeam ? words.rankOfTeam(among) : words.rankAmong(rank.ranked, among)}
      {rank.tiedWith > 0 && !rank.virtual && <>{', '}{words.rankTied(rank.tiedWith, rank.tiedWith.toLocaleString(localeOf(language)))}</>}
    </p>
  );
}
