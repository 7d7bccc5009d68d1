import { useEffect, useState } from 'preact/hooks';
import { figureIn } from '../impact/figures';
import type { Registry } from '../live/factors';
import { fetchRestatements, type Restatement } from '../live/impact';
import { dayWords } from '../words/instants';
import { wordsIn, type Language } from '../words/language';

interface Props {
  registry: Registry | null;
  /** Another value asks again. */
  turn: number;
  timeZone: string;
  token: string;
  language: Language;
}

/** What corrections changed of the community's figures: told, never hidden. */
export function Restatements({ registry, turn, timeZone, token, language }: Props) {
  const words = wordsIn(language).factors;
  const [found, setFound] = useState<readonly Restatement[]>([]);
  useEffect(() => {
    // Without them the page still says what counts now.
    fetchRestatements(token).then(setFound, () => {});
  }, [token, turn]);

  if (found.length === 0) return null;
  const figure = figureIn(language);
  const counter = (id: string) => registry?.counters.find(one => one.id === id);
  return (
    <section class="runs">
      <h2>{words.restated}</h2>
      <ul role="list">
        {found.map(one => (
          <li key={one.edition} class="run factor">
            <div class="run-what">
              <p><b>{dayWords(one.at, timeZone, language)}</b> {one.corrections.map(correction => correction.why?.[language] ?? correction.title).join(' · ')}</p>
              {one.counters.map(({ counter: id, before, after }) => (
                <p key={id}>{counter(id)?.name[language] ?? id}: {words.fromTo(figure(before), figure(after))} {counter(id)?.unit[language]}</p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
