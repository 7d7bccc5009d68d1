import { useState } from 'preact/hooks';
import { TokenPage } from '../home/TokenPage';
import { currentToken, forgetToken } from '../live/token';
import { BoardView } from './BoardView';
import { addressOf, parseView, type View } from './view';

/** `/board`: the address says what to show, the tab's token says who looks. */
export function BoardPage() {
  const [view, setView] = useState(() => parseView(location.search));
  const [token, setToken] = useState(currentToken);
  const [expired, setExpired] = useState(false);

  function change(next: View): void {
    history.replaceState(null, '', addressOf(next));
    setView(next);
  }

  function expire(): void {
    forgetToken();
    setExpired(true);
    setToken(null);
  }

  if (token === null) return <TokenPage expired={expired} lang={view.lang} onToken={setToken} />;
  return <BoardView key={token} view={view} token={token} onView={change} onExpired={expire} />;
}
