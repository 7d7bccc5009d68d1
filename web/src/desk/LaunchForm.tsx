import { useId, useMemo, useState } from 'preact/hooks';
import { challengeAddress } from '../challenge/view';
import { launchTemplate, type Launch, type Template } from '../live/desk';
import { Answered, type FieldError } from '../live/server';
import { wordsIn, type Language } from '../words/language';
import { Field, Problems } from './Field';
import { controlOf, dateWords, documentOf, plusDays } from './launching';
import { Preview, useChecked } from './Preview';
import { StoreChoice } from './StoreChoice';

interface Props {
  templates: readonly Template[];
  /** The programme's date. */
  today: string;
  token: string;
  language: Language;
  onLaunched: () => void;
}

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
  const document = useMemo(() => (template === undefined ? null : documentOf(template, launch)), [template, launch]);
  const checked = useChecked(document, token);
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
