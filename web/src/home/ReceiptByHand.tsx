import { useState } from 'preact/hooks';
import { wordsIn, type Language } from '../words/language';
import { receiptCommand } from './receiptCommand';

export function ReceiptByHand({ language }: { language: Language }) {
  const words = wordsIn(language);
  const [copied, setCopied] = useState(false);
  const command = receiptCommand(location.origin, words.yourKey, words.yourCard);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(command);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  }

  return (
    <section class="receipt" aria-labelledby="by-hand">
      <h2 id="by-hand">{words.byHandTitle}</h2>
      <p>{words.byHandText}</p>
      <pre tabIndex={0}><code>{marked(command, [words.yourKey, words.yourCard])}</code></pre>
      <button type="button" class="button" onClick={() => void copy()}>{copied ? words.copied : words.copy}</button>
    </section>
  );
}

function marked(text: string, placeholders: readonly string[]) {
  const pattern = new RegExp(`(${placeholders.join('|')})`);
  return text.split(pattern).map(part => (placeholders.includes(part) ? <mark key={part}>{part}</mark> : part));
}
