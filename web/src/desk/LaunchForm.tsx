import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { useChoices } from '../board/choices';
import { challengeAddress } from '../challenge/view';
import { checkDocument, launchTemplate, type Checked, type Launch, type Template } from '../live/desk';
import { Answered, type FieldError } from '../live/server';
import { languages, wordsIn, type Language } from '../words/language';
import { controlOf, dateWords, documentOf, plusDays, remedyOf } from './launching';

interface Props {
  templates: readonly Template[];
  /** The programme's date. */
  today: string;
  token: string;
  language: Language;
  onLaunched: () => void;
}

const checkAfterMs = 300;

/** Template, dates, stores, and beside them what members will read: then one button. */
export function LaunchForm({ templates, today, token, language, onLaunched }: Props) {
  const words = wordsIn(language).desk;
  const [template, setTemplate] = useState<Template | undefined>(templates[0]);
  const [launch, setLaunch] = useState<Launch>(() => launchOf(templates[0], today));
  const [some, setSome] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly FieldError[]>([]);
  const [trouble, setTrouble] = useState(false);
  const [done, setDone] = useState<{ id: string; scheduled: boolean; name: string } | null>(null);
  const checked = useChecked(template, launch, token);
  const name = useId();
  if (template === undefined) return null;

  function choose(next: Template): void {
    setTemplate(next);
    change({ ...launch, template: next.id, id: next.id, days: next.days, stores: [] });
    setSome(next.needsStores);
  }

  function change(next: Launch): void {
    setLaunch(next);
    setRefused([]);
    setDone(null);
  }

  async function send(schedule: boolean): Promise<void> {
    if (template === undefined) return;
    setBusy(true);
    setTrouble(false);
    setRefused([]);
    try {
      await launchTemplate(launch, schedule, token);
      setDone({ id: launch.id, scheduled: schedule, name: template.name[language] });
      onLaunched();
    } catch (error) {
      if (error instanceof Answered && error.errors.length > 0) setRefused(error.errors);
      else setTrouble(true);
    } finally {
      setBusy(false);
    }
  }

  const problems = refused.length > 0 ? refused : checked?.errors ?? [];
  const at = (control: ReturnType<typeof controlOf>) => problems.filter(problem => controlOf(problem) === control);
  const last = plusDays(launch.from, launch.days - 1);
  return (
    <form class="launch" onSubmit={event => { event.preventDefault(); void send(true); }}>
      <div class="launch-steps">
        <fieldset class="step">
          <legend><i>1</i>{words.step.template}</legend>
          <div class="templates">
            {templates.map(one => (
              <label key={one.id} class="template">
                <input type="radio" name={name} checked={one.id === template.id} onChange={() => choose(one)} />
                <span><b>{one.name[language]}</b><small>{words.duration(one.days)}</small></span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset class="step">
          <legend><i>2</i>{words.step.dates}</legend>
          <div class="fields">
            <Field label={words.from} problems={at('from')} language={language}>
              {(id, wrong) => <input {...wrong} id={id} type="date" required value={launch.from} onInput={event => change({ ...launch, from: event.currentTarget.value })} />}
            </Field>
            <Field label={words.days} problems={at('days')} language={language}>
              {(id, wrong) => <input {...wrong} id={id} type="number" inputMode="numeric" min={1} max={366} required value={launch.days} onInput={event => change({ ...launch, days: event.currentTarget.valueAsNumber })} />}
            </Field>
            <p class="note last-day">{last !== null && words.lastDay(dateWords(last, language))}</p>
          </div>
          <Field label={words.id} note={words.idNote} problems={at('id')} language={language}>
            {(id, wrong) => <input {...wrong} id={id} type="text" required maxLength={40} pattern="[a-z0-9][a-z0-9-]*" autocapitalize="off" spellcheck={false} value={launch.id} onInput={event => change({ ...launch, id: event.currentTarget.value })} />}
          </Field>
        </fieldset>
        <fieldset class="step">
          <legend><i>3</i>{words.step.stores}</legend>
          <StoreChoice
            chosen={launch.stores}
            some={some}
            needed={template.needsStores}
            token={token}
            language={language}
            onSome={next => { setSome(next); if (!next) change({ ...launch, stores: [] }); }}
            onStores={stores => change({ ...launch, stores })}
          />
          <Problems problems={at('stores')} language={language} />
        </fieldset>
      </div>
      <div class="launch-read">
        <section class="step" aria-labelledby={`${name}-read`}>
          <h2 id={`${name}-read`} class="legend-like"><i>4</i>{words.step.read}</h2>
          <Preview checked={checked} language={language} />
          {at('whole').length > 0 && <div class="blocked"><p><b>{words.problems}</b></p><Problems problems={at('whole')} language={language} /></div>}
        </section>
        <div class="launch-go">
          <button type="submit" class="button" disabled={busy}>{busy ? words.launching : words.launch}</button>
          <button type="button" class="own-switch" disabled={busy} onClick={() => void send(false)}>{words.draft}</button>
          <p class="note" role="status">
            {done !== null && <>{done.scheduled ? words.launched(done.name) : words.drafted(done.name)} {done.scheduled && <a href={challengeAddress(done.id)}>{words.look}</a>}</>}
          </p>
          <p class="wrong" role="alert">{trouble && words.trouble}{refused.length > 0 && words.problems}</p>
        </div>
      </div>
    </form>
  );
}

function launchOf(template: Template | undefined, today: string): Launch {
  return { template: template?.id ?? '', id: template?.id ?? '', from: plusDays(today, 1) ?? today, days: template?.days ?? 7, stores: [] };
}

/** The sentences as they would be, a moment after the last change. */
function useChecked(template: Template | undefined, launch: Launch, token: string): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    const document = template === undefined ? null : documentOf(template, launch);
    if (document === null) return;
    let stopped = false;
    const timer = setTimeout(() => {
      checkDocument(document, token).then(answer => { if (!stopped) setChecked(answer); }, () => { if (!stopped) setChecked(null); });
    }, checkAfterMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [template, launch, token]);
  return checked;
}

interface FieldProps {
  label: string;
  note?: string;
  problems: readonly FieldError[];
  language: Language;
  children: (id: string, wrong: { 'aria-invalid': boolean; 'aria-describedby': string }) => ComponentChildren;
}

function Field({ label, note, problems, language, children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      {children(id, { 'aria-invalid': problems.length > 0, 'aria-describedby': `${id}-about` })}
      <div id={`${id}-about`}>
        {note !== undefined && <p class="note">{note}</p>}
        <Problems problems={problems} language={language} />
      </div>
    </div>
  );
}

/** Which field, and what to do about it. */
function Problems({ problems, language }: { problems: readonly FieldError[]; language: Language }) {
  const words = wordsIn(language).desk;
  if (problems.length === 0) return null;
  return (
    <ul class="problems">
      {problems.map(problem => {
        const { text, lang } = remedyOf(problem, language);
        return <li key={`${problem.field} ${problem.code}`}><code>{problem.field === '' ? words.whole : problem.field}</code> <span lang={lang}>{text}</span></li>;
      })}
    </ul>
  );
}

interface StoreChoiceProps {
  chosen: readonly string[];
  some: boolean;
  needed: boolean;
  token: string;
  language: Language;
  onSome: (some: boolean) => void;
  onStores: (stores: readonly string[]) => void;
}

function StoreChoice({ chosen, some, needed, token, language, onSome, onStores }: StoreChoiceProps) {
  const words = wordsIn(language).desk;
  const name = useId();
  const { scopes } = useChoices(token);
  const stores = scopes.filter(scope => scope.id.startsWith('store:')).map(scope => ({ id: scope.id.slice(6), name: scope.name?.[language] ?? scope.id.slice(6) }));
  const toggle = (id: string) => onStores(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id]);
  return (
    <>
      {needed ? <p class="note">{words.needsStores}</p> : (
        <div class="segments">
          <label><input type="radio" name={name} checked={!some} onChange={() => onSome(false)} /><span>{words.allStores}</span></label>
          <label><input type="radio" name={name} checked={some} onChange={() => onSome(true)} /><span>{words.someStores}</span></label>
        </div>
      )}
      {(some || needed) && (
        <div class="stores">
          {stores.sort((a, b) => a.name.localeCompare(b.name, language)).map(store => (
            <label key={store.id} class="store">
              <input type="checkbox" checked={chosen.includes(store.id)} onChange={() => toggle(store.id)} />
              <span>{store.name}</span>
            </label>
          ))}
        </div>
      )}
    </>
  );
}

/** The same sentences in every language, since members read them in theirs. */
function Preview({ checked, language }: { checked: Checked | null; language: Language }) {
  const words = wordsIn(language).desk;
  return (
    <>
      {languages.map(each => (
        <div key={each} class="reading" lang={each}>
          <b aria-label={wordsIn(each).languageName}>{each.toUpperCase()}</b>
          <p>{checked?.words?.[each] ?? (checked === null ? words.previewWait : '—')}</p>
        </div>
      ))}
      {checked !== null && checked.warnings.length > 0 && (
        <div class="cautions">
          <p><b>{words.warnings}</b></p>
          <ul>{checked.warnings.map(warning => {
            const { text, lang } = remedyOf(warning, language, 'cautions');
            return <li key={warning.code} lang={lang}>{text}</li>;
          })}</ul>
        </div>
      )}
    </>
  );
}
