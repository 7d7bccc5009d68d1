/**
 * The token arrives in the fragment of a link, which browsers do not send to servers, and leaves the address
 * bar at once so that nobody copies it along with the address. It lives as long as the tab.
 */
const key = 'token';

export function takeTokenFromAddress(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  if (token !== '') sessionStorage.setItem(key, token);
  history.replaceState(null, '', location.pathname + location.search);
}

export function currentToken(): string | null {
  return sessionStorage.getItem(key);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(key, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(key);
}

/** Accepts the bare token or the whole link that carries it, since people paste either. */
export function tokenIn(pasted: string): string | null {
  const text = pasted.trim();
  const fragment = text.indexOf('#token=');
  const token = fragment < 0 ? text : (new URLSearchParams(text.slice(fragment + 1)).get('token') ?? '');
  return /^[A-Za-z0-9._~+/=-]{8,4096}$/.test(token) ? token : null;
}
