import '../style/screen.css';
import { useEffect, useState } from 'preact/hooks';
import { languages, wordsIn } from '../words/language';
import { pair, type Paired } from './pairing';

/** The code, huge, and what to do with it in three languages, since nobody has chosen one yet. */
export function PairingView({ onPaired }: { onPaired: (paired: Paired) => void }) {
  const [code, setCode] = useState<string | null>(null);
  const [trouble, setTrouble] = useState(false);

  useEffect(() => {
    const leaving = new AbortController();
    void pair({ code: setCode, trouble: setTrouble }, leaving.signal).then(paired => {
      if (paired !== null && !leaving.signal.aborted) onPaired(paired);
    });
    return () => leaving.abort();
  }, []);

  useEffect(() => {
    document.title = languages.map(language => wordsIn(language).pairTitle).join(' · ');
  }, []);

  return (
    <main class="pairing">
      <h1 class="pair-titles">
        {languages.map(language => <span key={language} lang={language}>{wordsIn(language).pairTitle}</span>)}
      </h1>
      <p class="code" aria-live="polite" aria-label={code === null ? undefined : [...code].join(' ')} role="img">
        {[...(code ?? '······')].map((character, index) => <span key={index} class="character">{character}</span>)}
      </p>
      <div class="pair-texts">
        {languages.map(language => (
          <p key={language} lang={language}>
            <b>{wordsIn(language).pairText}</b> {wordsIn(language).pairWait}
          </p>
        ))}
      </div>
      <p class="pair-trouble" role="status">
        {trouble && languages.map(language => <span key={language} lang={language}>{wordsIn(language).pairTrouble}</span>)}
      </p>
    </main>
  );
}
