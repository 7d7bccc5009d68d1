import { shownFigures, sourcesOf, type Figure, type Impact } from '../live/impact';
import { CountUp } from '../motion/CountUp';
import { dayWords } from '../words/instants';
import { wordsIn, type Language } from '../words/language';
import { figureIn, isSign } from './figures';

interface Props {
  impact: Impact;
  /** The programme's: a correction is dated by it. */
  timeZone: string;
  language: Language;
}

/** Counters as a list, each with its unit; where they come from stands right below. */
export function Figures({ impact, timeZone, language }: Props) {
  const figures = shownFigures(impact);
  if (figures.length === 0) return <p class="figures-none">{wordsIn(language).impact.nothingYet}</p>;
  return (
    <>
      <ul class="figures" role="list">{figures.map(figure => <li key={figure.counter}><OneFigure figure={figure} language={language} /></li>)}</ul>
      <Sources impact={impact} timeZone={timeZone} language={language} />
    </>
  );
}

export function OneFigure({ figure, language }: { figure: Figure; language: Language }) {
  const format = figureIn(language);
  const unit = figure.unit[language];
  return (
    <>
      <span class="figure-name">{figure.name[language]}</span>
      <span class="figure-value"><b><CountUp value={figure.value} format={format} /></b>{' '}<span class={isSign(figure) ? 'figure-sign' : 'figure-unit'}>{unit}</span></span>
    </>
  );
}

/** No figure without its source; a correction is told, never hidden. */
export function Sources({ impact, timeZone, language }: Props) {
  const words = wordsIn(language).impact;
  const [newest] = impact.restatements;
  const why = newest?.corrections.find(one => one.why !== null)?.why?.[language];
  return (
    <div class="sources">
      {sourcesOf(shownFigures(impact)).map(source => <p key={source.words.en}><a href={source.url} rel="noreferrer">{source.words[language]}</a></p>)}
      {newest !== undefined && <p>{words.corrected(dayWords(newest.at, timeZone, language))}{why === undefined ? '' : ` ${why}`}</p>}
      {impact.restating !== null && <p>{words.restating(impact.restating.percent)}</p>}
    </div>
  );
}
