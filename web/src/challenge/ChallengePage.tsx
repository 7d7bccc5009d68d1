import { useState } from 'preact/hooks';
import { NotFoundPage } from '../home/NotFoundPage';
import { WithToken } from '../home/WithToken';
import { ChallengeScreen } from './ChallengeScreen';
import { ChallengeSheet } from './ChallengeSheet';
import { parseChallengeView } from './view';

/** `/challenge?id=…`: the address says which, the tab's token says who looks. */
export function ChallengePage() {
  const [view] = useState(() => parseChallengeView(location.search));

  if (view === null) return <NotFoundPage />;
  const Shown = view.kiosk ? ChallengeScreen : ChallengeSheet;
  return <WithToken lang={view.lang}>{(token, expire) => <Shown view={view} token={token} onExpired={expire} />}</WithToken>;
}
