import { useState } from 'preact/hooks';
import { TokenPage } from '../home/TokenPage';
import { currentToken, forgetToken } from '../live/token';
import { ImpactSheet } from './ImpactSheet';
import { ImpactWall } from './ImpactWall';
import { parseImpactView } from './view';

/** `/impact`: what one's deeds come to, and the league that one plays in; on a wall what everybody has come to. */
export function ImpactPage() {
  const [view] = useState(() => parseImpactView(location.search));
  const [token, setToken] = useState(currentToken);
  const [expired, setExpired] = useState(false);

  function expire(): void {
    forgetToken();
    setExpired(true);
    setToken(null);
  }

  if (token === null) return <TokenPage expired={expired} lang={view.lang} onToken={setToken} />;
  return view.kiosk
    ? <ImpactWall key={token} view={view} token={token} onExpired={expire} />
    : <ImpactSheet key={token} view={view} token={token} onExpired={expire} />;
}
