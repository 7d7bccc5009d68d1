import { useId, useRef } from 'preact/hooks';
import type { Store } from '../live/server';
import { metrics, periods, parseScope } from '../live/topic';
import { languages, wordsIn, type Language } from '../words/language';
import type { View } from './view';

interface Props {
  view: View;
  stores: readonly Store[];
  language: Language;
  onView: (view: View) => void;
  onLanguage: (language: Language) => void;
}

/** Everything that can be chosen, beside the board on a wide page. */
export function Controls(props: Props) {
  return (
    <div class="controls">
      <PeriodChoice {...props} />
      <MetricChoice {...props} />
      <ScopeChoice {...props} />
      <LanguageChoice {...props} />
    </div>
  );
}

/** On a phone the periods lie under the thumb, and the rest is one tap away. */
export function PhoneBar(props: Props & { scopeName: string }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const { view, language, scopeName } = props;
  const words = wordsIn(language);
  const close = () => sheet.current?.close();
  return (
    <nav class="phone-bar" aria-label={words.choose}>
      <PeriodChoice {...props} />
      <button type="button" class="open-sheet" aria-haspopup="dialog" onClick={() => sheet.current?.showModal()}>
        <span class="unseen">{words.choose}: {scopeName}, {words.metrics[view.metric]}</span>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 7h10m6 0h2M3 17h2m6 0h10" /><circle cx="16" cy="7" r="3" /><circle cx="8" cy="17" r="3" /></svg>
      </button>
      <dialog
        ref={sheet}
        class="sheet"
        aria-label={words.choose}
        onClick={event => { if (event.target === sheet.current) close(); }}
      >
        <div class="sheet-body">
          <ScopeChoice {...props} />
          <MetricChoice {...props} />
          <LanguageChoice {...props} />
          <button type="button" class="button" onClick={close}>{words.close}</button>
        </div>
      </dialog>
    </nav>
  );
}

function PeriodChoice({ view, language, onView }: Props) {
  const words = wordsIn(language);
  return (
    <Segments
      legend={words.period}
      values={periods}
      value={view.period}
      say={period => words.periods[period]}
      onChoose={period => onView({ ...view, period })}
    />
  );
}

function MetricChoice({ view, language, onView }: Props) {
  const words = wordsIn(language);
  return (
    <Segments
      legend={words.metric}
      values={metrics}
      value={view.metric}
      say={metric => words.metrics[metric]}
      onChoose={metric => onView({ ...view, metric })}
    />
  );
}

function ScopeChoice({ view, stores, language, onView }: Props) {
  const words = wordsIn(language);
  const id = useId();
  const named = stores
    .map(store => ({ id: store.id, name: store.name[language] ?? store.id }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  return (
    <div class="choice">
      <label class="legend" htmlFor={id}>{words.scope}</label>
      <select id={id} value={view.scope} onChange={event => onView({ ...view, scope: parseScope(event.currentTarget.value) })}>
        <option value="programme">{words.programme}</option>
        {named.map(store => <option key={store.id} value={`store:${store.id}`}>{store.name}</option>)}
      </select>
    </div>
  );
}

export function LanguageChoice({ language, onLanguage }: Pick<Props, 'language' | 'onLanguage'>) {
  return (
    <Segments
      legend={wordsIn(language).language}
      values={languages}
      value={language}
      say={code => code.toUpperCase()}
      title={code => wordsIn(code).languageName}
      onChoose={onLanguage}
    />
  );
}

interface SegmentsProps<T extends string> {
  legend: string;
  values: readonly T[];
  value: T;
  say: (value: T) => string;
  title?: (value: T) => string;
  onChoose: (value: T) => void;
}

/** Radio buttons side by side: arrows, focus and screen readers come with them. */
function Segments<T extends string>({ legend, values, value, say, title, onChoose }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class="legend">{legend}</legend>
      <div class="segments">
        {values.map(each => (
          <label key={each}>
            <input type="radio" name={name} checked={each === value} aria-label={title && `${say(each)}, ${title(each)}`} onChange={() => onChoose(each)} />
            <span>{say(each)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
