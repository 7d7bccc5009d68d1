import { useRef, useState } from 'preact/hooks';
import { publishFactors, type Factor, type Registry } from '../live/factors';
import { Answered, type FieldError } from '../live/server';
import { wordsIn, type Language } from '../words/language';
import { correctedBy, correctionFieldOf, correctionOf, type Correction, type CorrectionField } from './correcting';
import { Field, Problems } from './Field';
import { ReasonLines, reasonIn } from './ReasonForm';

interface Props {
  registry: Registry;
  factor: Factor;
  token: string;
  language: Language;
  onNo: () => void;
  onDone: () => void;
}

/** What each field takes; the server says the rest. */
const fields = {
  value: { type: 'number', step: 'any', min: 0, inputMode: 'decimal', required: true },
  from: { type: 'date', required: true },
  last: { type: 'date' },
  published: { type: 'date', required: true },
  publisher: { type: 'text', maxLength: 120, required: true },
  title: { type: 'text', maxLength: 200, required: true },
  url: { type: 'url', maxLength: 500, required: true },
} as const;

/** The next version of a factor: its figure, how long it holds, where it comes from, and why it is corrected. */
export function CorrectForm({ registry, factor, token, language, onNo, onDone }: Props) {
  const { desk, factors: words } = wordsIn(language);
  const form = useRef<HTMLFormElement>(null);
  const [correction, setCorrection] = useState<Correction>(() => correctionOf(factor));
  const [problems, setProblems] = useState<readonly FieldError[]>([]);
  const [state, setState] = useState<'idle' | 'busy' | 'trouble'>('idle');
  const counter = registry.counters.find(one => one.id === factor.counter);

  async function publish(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const corrected = form.current === null ? null : correctedBy(registry, factor, correction, reasonIn(form.current));
    if (corrected === null) return;
    setState('busy');
    try {
      const errors = await publishFactors(corrected, token);
      if (errors.length === 0) return onDone();
      setProblems(errors);
      setState('idle');
    } catch (error) {
      const errors = error instanceof Answered ? error.errors : [];
      setProblems(errors);
      setState(errors.length > 0 ? 'idle' : 'trouble');
    }
  }

  const change = (next: Partial<Correction>) => {
    setCorrection({ ...correction, ...next });
    setProblems([]);
  };
  const at = (field: CorrectionField | null) => problems.filter(problem => correctionFieldOf(problem) === field);
  return (
    <dialog class="asking changing" ref={dialog => { if (dialog !== null && !dialog.open) dialog.showModal(); }} onClose={onNo} aria-labelledby="correcting">
      <form ref={form} onSubmit={event => void publish(event)}>
        <h2 id="correcting">{words.correctTitle(counter?.name[language] ?? factor.id)}</h2>
        <p class="note">{words.correctText(factor.version + 1)}</p>
        <div class="fields">
          {(Object.keys(fields) as CorrectionField[]).map(field => (
            <Field key={field} label={field === 'value' ? words.field.value(counter?.unit[language] ?? '') : words.field[field]} problems={at(field)} wide={field === 'title' || field === 'url'} language={language}>
              {(id, wrong) => <input {...wrong} {...fields[field]} {...(field === 'last' ? { min: correction.from } : {})} id={id} value={correction[field]} onInput={event => change({ [field]: event.currentTarget.value })} />}
            </Field>
          ))}
          <label class="check"><input type="checkbox" checked={correction.example} onChange={event => change({ example: event.currentTarget.checked })} /><span>{words.field.example}</span></label>
        </div>
        <ReasonLines legend={words.reason} language={language} />
        <Problems problems={at(null)} language={language} />
        <div class="asking-acts">
          <button type="submit" class="button" disabled={state === 'busy'}>{words.publish}</button>
          <button type="button" class="own-switch" onClick={onNo}>{desk.keep}</button>
        </div>
        <p class="wrong" role="alert">{state === 'trouble' ? desk.trouble : ''}</p>
      </form>
    </dialog>
  );
}
