import { useState } from 'preact/hooks';
import { WithToken } from '../home/WithToken';
import { BoardView } from './BoardView';
import { addressOf, parseView, type View } from './view';

/** `/board`: the address says what to show, the tab's token says who looks. */
export function BoardPage() {
  const [view, setView] = useState(() => parseView(location.search));

  function change(next: View): void {
    history.replaceState(null, '', addressOf(next));
    setView(next);
  }

  return <WithToken lang={view.lang}>{(token, expire) => <BoardView view={view} token={token} onView={change} onExpired={expire} />}</WithToken>;
}
