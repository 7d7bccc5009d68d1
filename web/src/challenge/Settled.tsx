import { useState } from 'preact/hooks';
import type { Challenge } from '../live/challenge';
import { downloadSettlement, type SettlementPart } from '../live/settlement';
import { localeOf, wordsIn, type Language } from '../words/language';

/** What a settled challenge can be held to: the hash, and the texts that it is the hash of, for whoever reads them. */
export function Settled({ challenge, token, language }: { challenge: Challenge; token: string; language: Language }) {
  const words = wordsIn(language).challenges;
  const [failed, setFailed] = useState(false);
  const { certificate, prizesReceived } = challenge;
  if (certificate === null) return null;

  async function download(part: SettlementPart): Promise<void> {
    setFailed(false);
    try {
      await downloadSettlement(challenge.challenge, challenge.run, part, token);
    } catch {
      setFailed(true);
    }
  }

  return (
    <section class="settled" aria-labelledby="settled">
      <h2 id="settled">{words.certificate}</h2>
      <p>{words.certificateText} {prizesReceived > 0 && wordsIn(language).desk.prizesReceived(prizesReceived, prizesReceived.toLocaleString(localeOf(language)))}</p>
      <p class="hash"><span class="unseen">SHA-256: </span><code>{certificate}</code></p>
      <div class="take-more">
        {(['certificate', 'standings', 'prizes'] as const).map(part => (
          <button key={part} type="button" class="own-switch" onClick={() => void download(part)}>{words.settlement[part]}</button>
        ))}
      </div>
      <p class="take-note wrong" role="alert">{failed ? words.trouble : ''}</p>
    </section>
  );
}
