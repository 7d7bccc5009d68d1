import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { FieldError } from '../live/server';
import { wordsIn, type Language } from '../words/language';
import { remedyOf } from './launching';

interface FieldProps {
  label: string;
  note?: string;
  problems: readonly FieldError[];
  /** Marked without a problem of its own. */
  wrong?: boolean;
  language: Language;
  children: (id: string, wrong: { 'aria-invalid': boolean; 'aria-describedby': string }) => ComponentChildren;
}

export function Field({ label, note, problems, wrong = false, language, children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      {children(id, { 'aria-invalid': wrong || problems.length > 0, 'aria-describedby': `${id}-about` })}
      <div id={`${id}-about`}>
        {note !== undefined && <p class="note">{note}</p>}
        <Problems problems={problems} language={language} />
      </div>
    </div>
  );
}

/** Which field, and what to do about it. */
export function Problems({ problems, language }: { problems: readonly FieldError[]; language: Language }) {
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
