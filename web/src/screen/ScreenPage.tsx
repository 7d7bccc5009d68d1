import { useState } from 'preact/hooks';
import { BoardView } from '../board/BoardView';
import { parseView, type View } from '../board/view';
import { ChallengeScreen } from '../challenge/ChallengeScreen';
import { parseChallengeView } from '../challenge/view';
import { parseScope } from '../live/topic';
import { forgetPairing, keepPairing, pairedBefore, type Paired } from './pairing';
import { PairingView } from './PairingView';

/** `/screen`: a code until somebody pairs the screen, then that store's board, or with `?id=` a challenge, until somebody revokes it. */
export function ScreenPage() {
  const [paired, setPaired] = useState(pairedBefore);

  function start(next: Paired): void {
    keepPairing(next);
    setPaired(next);
  }

  function startAgain(): void {
    forgetPairing();
    setPaired(null);
  }

  if (paired === null) return <PairingView onPaired={start} />;
  const challenge = parseChallengeView(location.search);
  const { lang, rotate } = viewOf(paired);
  if (challenge !== null) return <ChallengeScreen key={paired.token} view={{ ...challenge, lang, rotate, kiosk: true }} token={paired.token} onExpired={startAgain} />;
  return <BoardView key={paired.token} view={viewOf(paired)} token={paired.token} onView={() => {}} onExpired={startAgain} />;
}

/** The address may still choose the period and the metric; the store and the language come with the pairing. */
function viewOf({ store, language }: Paired): View {
  const asked = parseView(location.search);
  const bilingual = language.includes('fr') && language.includes('nl');
  return {
    ...asked,
    scope: parseScope(`store:${store}`),
    lang: asked.lang ?? language,
    kiosk: true,
    rotate: asked.rotate || (bilingual && asked.lang === null),
  };
}
