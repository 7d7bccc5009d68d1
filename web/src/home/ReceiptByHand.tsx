import { useState } from 'preact/hooks';
import { wordsIn, type Language } from '../words/language';

/**
 * A receipt as a till sends it. The business date is left to whoever sends it, since the demo's clock stands
 * where its receipts do; the number makes the receipt unique, so sending the same one twice counts once.
 */
function receiptCommand(key: string, card: string): string {
  const receipt = [
    '{',
    '  "store": "BRU", "till": "1", "receiptNo": "W-1",',
    '  "businessDate": "2011-05-12",',
    '  "occurredAt": "2011-05-12T14:05:00+02:00",',
    `  "card": "${card}", "currency": "EUR",`,
    '  "lines": [',
    '    { "sku": "85123A", "quantity": 6, "amount": 1530 }',
    '  ]',
    '}',
  ].join('\n');
  return [
    `curl ${location.origin}/v1/receipts \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${receipt}'`,
  ].join('\n');
}

export function ReceiptByHand({ language }: { language: Language }) {
  const words = wordsIn(language);
  const [copied, setCopied] = useState(false);
  const command = receiptCommand(words.yourKey, words.yourCard);

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
