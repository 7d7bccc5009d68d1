import { Fragment, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { currentToken, forgetToken } from '../live/token';
import { TokenPage } from './TokenPage';

interface Props {
  lang: string | null;
  children: (token: string, onExpired: () => void) => ComponentChildren;
}

/** What nobody may see without a token: it is asked for, and again once the server takes it no more. With another token everything begins anew. */
export function WithToken({ lang, children }: Props) {
  const [token, setToken] = useState(currentToken);
  const [expired, setExpired] = useState(false);

  function expire(): void {
    forgetToken();
    setExpired(true);
    setToken(null);
  }

  if (token === null) return <TokenPage expired={expired} lang={lang} onToken={setToken} />;
  return <Fragment key={token}>{children(token, expire)}</Fragment>;
}
