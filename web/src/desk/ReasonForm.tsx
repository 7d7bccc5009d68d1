import { useRef } from 'preact/hooks';
import type { Text } from '../live/challenge';
import { languages, wordsIn, type Language } from '../words/language';

interface Props {
  what: 'end' | 'cancel';
  name: string;
  language: Language;
  onYes: (reason: Text) => void;
  onNo: () => void;
}

/** Asks once, and for the words that participants will read. */
export function ReasonForm({ what, name, language, onYes, onNo }: Props) {
  const { desk } = wordsIn(language);
  const form = useRef<HTMLFormElement>(null);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (form.current !== null) onYes(reasonIn(form.current));
  }

  return (
    <dialog class="asking" ref={dialog => { if (dialog !== null && !dialog.open) dialog.showModal(); }} onClose={onNo} aria-labelledby="asking">
      <form ref={form} onSubmit={submit}>
        <h2 id="asking">{what === 'end' ? desk.endTitle : desk.cancelTitle}</h2>
        <p><b>{name}</b></p>
        <p>{what === 'end' ? desk.endText : desk.cancelText}</p>
        <ReasonLines language={language} />
        <div class="asking-acts">
          <button type="submit" class="button">{what === 'end' ? desk.end : desk.cancel}</button>
          <button type="button" class="own-switch" onClick={onNo}>{desk.keep}</button>
        </div>
      </form>
    </dialog>
  );
}

/** A line a language. */
export function ReasonLines({ language }: { language: Language }) {
  const { desk } = wordsIn(language);
  return (
    <fieldset>
      <legend>{desk.reason}</legend>
      {languages.map(each => (
        <label key={each} class="reason-line"><span>{each.toUpperCase()}</span><input name={each} lang={each} required maxLength={80} pattern=".*\S.*" aria-label={wordsIn(each).languageName} autocomplete="off" /></label>
      ))}
      <p class="note">{desk.reasonNote}</p>
    </fieldset>
  );
}

export function reasonIn(form: HTMLFormElement): Text {
  const said = new FormData(form);
  const [fr, nl, en] = languages.map(each => String(said.get(each) ?? '').trim()) as [string, string, string];
  return { fr, nl, en };
}
