import { useState } from 'preact/hooks';
import { WithToken } from '../home/WithToken';
import { ImpactSheet } from './ImpactSheet';
import { ImpactWall } from './ImpactWall';
import { parseImpactView } from './view';

/** `/impact`: what one's deeds come to, and the league that one plays in; on a wall what everybody has come to. */
export function ImpactPage() {
  const [view] = useState(() => parseImpactView(location.search));

  const Shown = view.kiosk ? ImpactWall : ImpactSheet;
  return <WithToken lang={view.lang}>{(token, expire) => <Shown view={view} token={token} onExpired={expire} />}</WithToken>;
}
