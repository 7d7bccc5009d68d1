import { useEffect, useState } from 'preact/hooks';
import { checkDocument, type Checked, type TemplateDocument } from '../live/desk';
import { languages, wordsIn, type Language } from '../words/language';
import { remedyOf } from './launching';

const checkAfterMs = 300;

/** The sentences as they would be, a moment after the last change. */
export function useChecked(document: TemplateDocument | null, token: string): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    if (document === null) return;
    let stopped = false;
    const timer = setTimeout(() => {
      checkDocument(document, token).then(answer => { if (!stopped) setChecked(answer); }, () => { if (!stopped) setChecked(null); });
    }, checkAfterMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [document, token]);
  return checked;
}

/** The same sentences in every language, since members read them in theirs. */
export function Preview({ checked, language }: { checked: Checked | null; language: Language }) {
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
