import { useState } from 'preact/hooks';
import { NotFoundPage } from '../home/NotFoundPage';
import { TokenPage } from '../home/TokenPage';
import { currentToken, forgetToken } from '../live/token';
import { ChallengeScreen } from './ChallengeScreen';
import { ChallengeSheet } from './ChallengeSheet';
import { parseChallengeView } from './view';

/** `/challenge?id=…`: the address says which, the tab's token says who looks. */
export function ChallengePage() {
  const [view] = useState(() => parseChallengeView(location.search));
  const [token, setToken] = useState(currentToken);
  const [expired, setExpired] = useState(false);

  function expire(): void {
    forgetToken();
    setExpired(true);
    setToken(null);
  }

  if (view === null) return <NotFoundPage />;
  if (token === null) return <TokenPage expired={expired} lang={view.lang} onToken={setToken} />;
  return view.kiosk
    ? <ChallengeScreen key={token} view={view} token={token} onExpired={expire} />
    : <ChallengeSheet key={token} view={view} token={token} onExpired={expire} />;
}
