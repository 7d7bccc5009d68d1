import { useState } from 'preact/hooks';
import { takePartInLeague, type League } from '../live/league';
import { Answered } from '../live/server';
import { endWords } from '../words/instants';
import { localeOf, wordsIn, type Language } from '../words/language';
import { useAsked } from './useAsked';

interface Props {
  /** As it was when the page came; what moves is followed. */
  first: League;
  token: string;
  /** The programme's, in which its week ends. */
  timeZone: string;
  onExpired: () => void;
  language: Language;
}

/** The own group: who is ahead, oneself, and never who is behind. */
export function LeagueCard({ first, token, timeZone, onExpired, language }: Props) {
  const words = wordsIn(language).impact;
  const live = useAsked<League>(first.own === null ? null : `league/${first.league}/me`, `/v1/leagues/${first.league}`, token, onExpired);
  const [answered, setAnswered] = useState<League | null>(null);
  const [isTaking, setTaking] = useState(false);
  const [refused, setRefused] = useState(false);
  const known = live.content ?? first;
  // What was answered holds until the league has heard of it.
  const own = answered?.own != null && known.own?.joined !== answered.own.joined ? answered.own : known.own;
  const draws = known.season?.draws;
  const amount = (effort: number) => effort.toLocaleString(localeOf(language));

  async function take(joined: boolean): Promise<void> {
    setTaking(true);
    setRefused(false);
    try {
      setAnswered(await takePartInLeague(first.league, { joined, hidden: false }, token));
    } catch (error) {
      if (error instanceof Answered && error.status === 401) onExpired();
      else setRefused(true);
    } finally {
      setTaking(false);
    }
  }

  return (
    <section class="league" aria-label={known.name[language]}>
      <h2>{known.name[language]}{own?.division != null && <small>{own.division[language]}</small>}</h2>
      {own?.joined === true && (
        <>
          <p class="league-effort"><b>{amount(own.effort)}</b> {words.effort(own.effort)}</p>
          {own.last !== null && own.last.move === 'up' && <p class="league-note">{words.wentUp(own.division?.[language] ?? '')}</p>}
          {draws != null && <p class="league-note">{words.drawn(endWords(draws, timeZone, language))}</p>}
          {own.places.length > 0 && (
            <ol class="places" role="list">
              {own.places.map(place => (
                <li key={place.id ?? place.name} class="place" data-own={place.isOwn || undefined} data-up={place.goesUp || undefined}>
                  <span class="rank">{place.rank ?? '·'}</span>
                  <span class="name">{place.isOwn ? words.you : place.name}</span>
                  {place.goesUp && <span class="up"><span aria-hidden="true">▲</span><span class="unseen">{words.goesUp}</span></span>}
                  <span class="score">{amount(place.effort)}</span>
                </li>
              ))}
            </ol>
          )}
          {own.toBeShown !== null && <p class="league-note">{words.toBeShown(own.toBeShown)}</p>}
          {own.hidden && <p class="league-note">{words.hidden}</p>}
          {known.season !== null && <p class="league-note">{words.until(endWords(known.season.closes, timeZone, language))}</p>}
        </>
      )}
      <p class="league-rules">{known.words[language]}</p>
      {own != null && (
        <div class={own.joined ? 'take joined' : 'take'}>
          {own.joined
            ? <button class="own-switch" type="button" disabled={isTaking} onClick={() => void take(false)}>{words.leave}</button>
            : <button class="button join" type="button" disabled={isTaking} onClick={() => void take(true)}>{words.join}</button>}
          <p class="take-note" role="status">{refused ? words.trouble : ''}</p>
        </div>
      )}
    </section>
  );
}
