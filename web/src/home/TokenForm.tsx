import { useId, useState } from 'preact/hooks';
import { keepToken, tokenIn } from '../live/token';
import { wordsIn, type Language } from '../words/language';

export function TokenForm({ language, onToken }: { language: Language; onToken: (token: string) => void }) {
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const words = wordsIn(language);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const pasted = new FormData(event.currentTarget as HTMLFormElement).get('token');
    const token = tokenIn(String(pasted ?? ''));
    setWrong(token === null);
    if (token === null) return;
    keepToken(token);
    onToken(token);
  }

  return (
    <form class="token-form" onSubmit={submit}>
      <label htmlFor={id}>{words.pasteToken}</label>
      <div class="token-row">
        <input id={id} name="token" type="text" autocomplete="off" autocapitalize="off" spellcheck={false} required aria-describedby={`${id}-wrong`} aria-invalid={wrong} />
        <button type="submit" class="button">{words.open}</button>
      </div>
      <p id={`${id}-wrong`} class="wrong" role="alert">{wrong && words.notAToken}</p>
    </form>
  );
}
