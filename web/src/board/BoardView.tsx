import '../style/board.css';
import { useEffect, useMemo } from 'preact/hooks';
import { rememberLanguage, wordsIn, type Language } from '../words/language';
import { useLanguage } from '../words/useLanguage';
import { windowLine } from '../words/when';
import { scopeName as nameOf, scoreFormat, seasonName, useChoices } from './choices';
import { Controls, PhoneBar } from './Controls';
import { Notice } from './Notice';
import { OwnPlace } from './OwnPlace';
import { Poster } from './Poster';
import { Standings } from './Standings';
import { useBoard } from './useBoard';
import type { View } from './view';

interface Props {
  view: View;
  token: string;
  onView: (view: View) => void;
  onExpired: () => void;
}

export function BoardView({ view, token, onView, onExpired }: Props) {
  const language = useLanguage(view.lang, view.rotate);
  const words = wordsIn(language);
  const choices = useChoices(token);
  const live = useBoard(view, token, onExpired);
  const { board } = live;
  const scopeName = nameOf(view.scope, choices, language);
  const season = board?.window.period === 'season' ? seasonName(board.window.id, choices, language) : '';
  // Stable between renders, so that a number does not start to count because the board was drawn again.
  const score = useMemo(() => scoreFormat(view.metric, choices, language), [view.metric, choices, language]);

  const sources = choices.metrics.find(one => one.id === view.metric)?.sources ?? [];

  useEffect(() => {
    const window = board === null ? words.standings : windowLine(board.window, language, season);
    document.title = `${window} · ${scopeName}`;
  }, [board?.window.id, scopeName, season, language]);

  useEffect(() => {
    document.documentElement.dataset['theme'] = view.theme;
  }, [view.theme]);

  function chooseLanguage(lang: Language): void {
    rememberLanguage(lang);
    onView({ ...view, lang });
  }

  const controls = { view, choices, language, onView, onLanguage: chooseLanguage };
  return (
    <div class={view.kiosk ? 'board kiosk' : 'board'}>
      <Poster live={live} scopeName={scopeName} season={season} language={language}>
        {sources.length > 0 && (
          <div class="sources">{sources.map(source => <p key={source.url}><a href={source.url} rel="noreferrer">{source.words[language]}</a></p>)}</div>
        )}
        {!view.kiosk && <Controls {...controls} />}
      </Poster>
      <main class="stage">
        {live.refusal === null
          ? <Standings live={live} score={score} kiosk={view.kiosk} language={language} />
          : <Notice refusal={live.refusal} language={language} onView={() => onView({ ...view, scope: 'programme' })} />}
        {live.refusal === null && !view.kiosk && <OwnPlace view={view} token={token} heardAt={live.heardAt} shown={board?.rows.length ?? 0} score={score} language={language} />}
      </main>
      {!view.kiosk && <PhoneBar {...controls} scopeName={scopeName} />}
    </div>
  );
}
