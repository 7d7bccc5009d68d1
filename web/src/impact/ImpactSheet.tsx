import '../style/pages.css';
import '../style/challenge.css';
import '../style/impact.css';
import { useEffect, useState } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { LinkStatus } from '../board/LinkStatus';
import { PageFrame, usePageLanguage } from '../home/PageFrame';
import type { Impact } from '../live/impact';
import { fetchLeagues, type League } from '../live/league';
import { Answered } from '../live/server';
import { wordsIn } from '../words/language';
import { Figures } from './Figures';
import { LeagueCard } from './LeagueCard';
import { useAsked } from './useAsked';
import type { ImpactView } from './view';

interface Props {
  view: ImpactView;
  token: string;
  onExpired: () => void;
}

/** A member's phone: what it came to, the league, and what all of us came to. */
export function ImpactSheet({ view, token, onExpired }: Props) {
  const [language, setLanguage] = usePageLanguage(view.lang);
  const words = wordsIn(language).impact;
  const { timeZone } = useChoices(token);
  const own = useAsked<Impact>('impact/me', '/v1/impact/me', token, onExpired);
  const all = useAsked<Impact>('impact', '/v1/impact', token, onExpired);
  const leagues = useLeagues(token, onExpired);

  useEffect(() => {
    document.title = words.title;
    document.documentElement.dataset['theme'] = view.theme;
  }, [language]);

  return (
    <PageFrame language={language} onLanguage={setLanguage}>
      <div class="impact-sheet">
        <div class="impact-own">
          <h1>{words.title}</h1>
          <LinkStatus link={all.link} heardAt={all.heardAt} language={language} />
          {own.refusal === null && (
            <section class="slip own-card impact-card" aria-label={words.yours}>
              <h2>{words.yours}</h2>
              {own.content === null ? <p class="figures-none">{words.loading}</p> : <Figures impact={own.content} timeZone={timeZone} language={language} />}
            </section>
          )}
          <section class="impact-all" aria-label={words.ours}>
            <h2>{words.ours}</h2>
            {all.content !== null && <Figures impact={all.content} timeZone={timeZone} language={language} />}
          </section>
        </div>
        <div class="impact-leagues">
          {leagues.map(league => <LeagueCard key={league.league} first={league} token={token} timeZone={timeZone} onExpired={onExpired} language={language} />)}
        </div>
      </div>
    </PageFrame>
  );
}

/** Which leagues there are hardly ever changes: asked for once, and again when that failed or there was none yet. */
function useLeagues(token: string, onExpired: () => void): readonly League[] {
  const [leagues, setLeagues] = useState<readonly League[]>([]);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let timer: number | undefined;
    const again = (ms: number) => {
      timer = window.setTimeout(() => setTries(count => count + 1), ms);
    };
    fetchLeagues(token).then(found => {
      setLeagues(found);
      if (found.length === 0) again(15_000);
    }, (error: unknown) => {
      if (error instanceof Answered && error.status === 401) onExpired();
      else again(5_000);
    });
    return () => window.clearTimeout(timer);
  }, [token, tries]);

  return leagues;
}
