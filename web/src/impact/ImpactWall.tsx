import '../style/board.css';
import '../style/challenge.css';
import '../style/challenge-screen.css';
import '../style/impact.css';
import { useEffect } from 'preact/hooks';
import { LinkStatus } from '../board/LinkStatus';
import { BrandStar } from '../board/Poster';
import { useChoices } from '../board/choices';
import { emWide } from '../challenge/progress';
import { shownFigures, type Figure, type Impact } from '../live/impact';
import { CountUp } from '../motion/CountUp';
import { wordsIn, type Language } from '../words/language';
import { useLanguage } from '../words/useLanguage';
import { Sources } from './Figures';
import { figureIn, isSign } from './figures';
import { useAsked } from './useAsked';
import type { ImpactView } from './view';

interface Props {
  view: ImpactView;
  token: string;
  onExpired: () => void;
}

const mostFigures = 4;

/** What everybody has come to, on the wall of a shop: one figure a tile, and its source where it can be read. */
export function ImpactWall({ view, token, onExpired }: Props) {
  const language = useLanguage(view.lang, view.rotate);
  const words = wordsIn(language).impact;
  const { scopes, timeZone } = useChoices(token);
  const store = view.store;
  const { content, link, refusal, heardAt } = useAsked<Impact>(
    store === null ? 'impact' : `impact/store/${store}`, store === null ? '/v1/impact' : `/v1/impact/stores/${store}`, token, onExpired);
  const figures = content === null ? [] : shownFigures(content).slice(0, mostFigures);
  const place = store === null ? words.everybody : scopes.find(scope => scope.id === `store:${store}`)?.name?.[language] ?? store;

  useEffect(() => {
    document.title = words.ours;
    document.documentElement.dataset['theme'] = view.theme;
  }, [language]);

  return (
    <div class="board kiosk contest impact-wall">
      <header class="poster">
        <span class="brand"><BrandStar /><span>{place}</span></span>
        <h1 class="contest-name">{words.wallTitle}</h1>
        <div class="facts">
          {content !== null && <Sources impact={content} timeZone={timeZone} language={language} />}
          {refusal === null && <LinkStatus link={link} heardAt={heardAt} language={language} />}
        </div>
      </header>
      <main class="stage">
        {refusal !== null && <div class="refusal" role="alert"><p class="empty-title">{words.refused}</p></div>}
        {refusal === null && (
          <ul class="impact-tiles" role="list" data-count={figures.length}>
            {figures.map((figure, at) => <Tile key={figure.counter} figure={figure} at={at} language={language} />)}
            {content !== null && figures.length === 0 && <li class="wall sum"><p class="sum-kicker">{words.nothingYet}</p></li>}
          </ul>
        )}
      </main>
    </div>
  );
}

function Tile({ figure, at, language }: { figure: Figure; at: number; language: Language }) {
  const format = figureIn(language);
  const shown = isSign(figure) ? (value: number) => `${format(value)} ${figure.unit[language]}` : format;
  return (
    <li class="wall sum" data-tile={at}>
      <p class="sum-kicker">{figure.name[language]}</p>
      <p class="sum-total" style={{ '--wide': emWide(shown(figure.value)) }}><CountUp value={figure.value} format={shown} /></p>
      <p class="sum-unit">{isSign(figure) ? '' : figure.unit[language]}</p>
    </li>
  );
}
