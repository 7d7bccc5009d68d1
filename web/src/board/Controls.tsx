import { useId, useRef } from 'preact/hooks';
import type { Choices, Named } from '../live/server';
import { parseMetric, parseScope } from '../live/topic';
import { languages, wordsIn, type Language } from '../words/language';
import { metricName, scopeName as nameOf } from './choices';
import type { View } from './view';

interface Props {
  view: View;
  choices: Choices;
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
        <span class="unseen">{words.choose}: {scopeName}, {metricName(view.metric, props.choices, language)}</span>
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

function PeriodChoice({ view, choices, language, onView }: Props) {
  const words = wordsIn(language);
  return (
    <Segments
      legend={words.period}
      values={choices.periods}
      value={view.period}
      say={period => words.periods[period]}
      onChoose={period => onView({ ...view, period })}
    />
  );
}

/** Two or three lie side by side; a programme with measures of its own has more than fit. */
function MetricChoice({ view, choices, language, onView }: Props) {
  const words = wordsIn(language);
  const id = useId();
  const ids = choices.metrics.map(metric => metric.id);
  const say = (metric: string) => metricName(metric, choices, language);
  if (ids.length <= 3) {
    return <Segments legend={words.metric} values={ids} value={view.metric} say={say} onChoose={metric => onView({ ...view, metric })} />;
  }

  return (
    <div class="choice">
      <label class="legend" htmlFor={id}>{words.metric}</label>
      <select id={id} value={view.metric} onChange={event => onView({ ...view, metric: parseMetric(event.currentTarget.value) })}>
        {ids.map(metric => <option key={metric} value={metric}>{say(metric)}</option>)}
      </select>
    </div>
  );
}

function ScopeChoice({ view, choices, language, onView }: Props) {
  const words = wordsIn(language);
  const id = useId();
  const [stores, regions] = [inGroup(choices, 'store:', language), inGroup(choices, 'region:', language)];
  const known = view.scope === 'programme' || [...stores, ...regions].some(scope => scope.id === view.scope);
  return (
    <div class="choice">
      <label class="legend" htmlFor={id}>{words.scope}</label>
      <select id={id} value={view.scope} onChange={event => onView({ ...view, scope: parseScope(event.currentTarget.value) })}>
        <option value="programme">{words.programme}</option>
        {!known && <option value={view.scope}>{nameOf(view.scope, choices, language)}</option>}
        <ScopeGroup legend={words.regions} scopes={regions} />
        <ScopeGroup legend={words.stores} scopes={stores} />
      </select>
    </div>
  );
}

function ScopeGroup({ legend, scopes }: { legend: string; scopes: readonly { id: string; name: string }[] }) {
  if (scopes.length === 0) return null;
  return <optgroup label={legend}>{scopes.map(scope => <option key={scope.id} value={scope.id}>{scope.name}</option>)}</optgroup>;
}

function inGroup(choices: Choices, prefix: string, language: Language): { id: string; name: string }[] {
  const named = (scope: Named) => ({ id: scope.id, name: nameOf(parseScope(scope.id), choices, language) });
  return choices.scopes.filter(scope => scope.id.startsWith(prefix)).map(named).sort((a, b) => a.name.localeCompare(b.name, language));
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
