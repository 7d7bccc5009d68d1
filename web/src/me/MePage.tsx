import { WithToken } from '../home/WithToken';
import { MeSheet } from './MeSheet';

/** `/me`: a member's own account. The tab's token says whose. */
export function MePage() {
  const lang = new URLSearchParams(location.search).get('lang');
  return <WithToken lang={lang}>{(token, expire) => <MeSheet lang={lang} token={token} onExpired={expire} />}</WithToken>;
}
