import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Challenge } from '../live/challenge';
import { fetchDocument, saveDocument, type TemplateDocument } from '../live/desk';
import { Answered, type FieldError } from '../live/server';
import { wordsIn, type Language } from '../words/language';
import { changedBy, leverOf, leversOf, type Lever, type Levers } from './changing';
import { Field, Problems } from './Field';
import { Preview, useChecked } from './Preview';
import { ReasonLines, reasonIn } from './ReasonForm';

interface Props {
  challenge: Challenge;
  token: string;
  language: Language;
  onNo: () => void;
  onSaved: () => void;
}

/** What is live may be widened as it is; what takes something away becomes a version of its own, with the reason for it. */
export function ChangeForm({ challenge, token, language, onNo, onSaved }: Props) {
  const { desk } = wordsIn(language);
  const form = useRef<HTMLFormElement>(null);
  const [before, setBefore] = useState<TemplateDocument | null>(null);
  const [levers, setLevers] = useState<Levers>({});
  const [refused, setRefused] = useState<readonly FieldError[]>([]);
  const [state, setState] = useState<'idle' | 'busy' | 'trouble'>('idle');
  const after = useMemo(() => (before === null ? null : changedBy(before, levers)), [before, levers]);
  const checked = useChecked(after, token);
  const narrows = refused.some(problem => problem.code === 'narrows');
  const version = (before?.version ?? 1) + 1;

  useEffect(() => {
    fetchDocument(challenge.challenge, challenge.run, token).then(document => {
      setBefore(document);
      setLevers(leversOf(document));
    }, () => setState('trouble'));
  }, [challenge.challenge, challenge.run, token]);

  function change(lever: Lever, value: string): void {
    setLevers({ ...levers, [lever]: value });
    setRefused([]);
  }

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (after === null || form.current === null) return;
    setState('busy');
    try {
      await saveDocument(narrows ? { ...after, version } : after, narrows ? reasonIn(form.current) : null, token);
      onSaved();
    } catch (error) {
      const problems = error instanceof Answered ? error.errors : [];
      setRefused(problems);
      setState(problems.length > 0 ? 'idle' : 'trouble');
    }
  }

  const problems = refused.length > 0 ? refused.filter(problem => problem.code !== 'narrows') : checked?.errors ?? [];
  const at = (lever: Lever | null) => problems.filter(problem => leverOf(problem) === lever);
  const taken = (lever: Lever) => refused.some(problem => problem.code === 'narrows' && leverOf(problem) === lever);
  return (
    <dialog class="asking changing" ref={dialog => { if (dialog !== null && !dialog.open) dialog.showModal(); }} onClose={onNo} aria-labelledby="changing">
      <form ref={form} onSubmit={event => void save(event)}>
        <h2 id="changing">{desk.changeTitle}</h2>
        <p><b>{challenge.name[language]}</b></p>
        <p class="note">{desk.changeText}</p>
        <div class="fields">
          {(Object.keys(levers) as Lever[]).map(lever => (
            <Field key={lever} label={desk.levers[lever]} problems={at(lever)} wrong={taken(lever)} language={language}>
              {(id, wrong) => lever === 'last'
                ? <input {...wrong} id={id} type="date" required value={levers.last} onInput={event => change(lever, event.currentTarget.value)} />
                : <input {...wrong} id={id} type="number" inputMode="numeric" min={1} required value={levers[lever]} onInput={event => change(lever, event.currentTarget.value)} />}
            </Field>
          ))}
        </div>
        <Problems problems={at(null)} language={language} />
        {before !== null && <details><summary>{desk.step.read}</summary><Preview checked={checked} language={language} /></details>}
        {narrows && <><p role="alert"><b>{desk.narrows(version)}</b></p><ReasonLines language={language} /></>}
        <div class="asking-acts">
          <button type="submit" class="button" disabled={state === 'busy' || after === null}>{narrows ? desk.saveVersion(version) : desk.save}</button>
          <button type="button" class="own-switch" onClick={onNo}>{desk.keep}</button>
        </div>
        <p class="wrong" role="alert">{state === 'trouble' ? desk.trouble : ''}</p>
      </form>
    </dialog>
  );
}
