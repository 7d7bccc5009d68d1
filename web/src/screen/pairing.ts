import { waitBefore } from '../live/backoff';
import { Answered, sendJson } from '../live/server';

interface Pairing {
  readonly pairingId: string;
  readonly code: string;
  readonly secret: string;
  readonly expiresAt: string;
}

export interface Paired {
  readonly token: string;
  readonly store: string;
  readonly language: string;
}

type PairingState = { readonly status: 'waiting' } | ({ readonly status: 'paired' } & Paired);

export interface PairingView {
  code(code: string): void;
  trouble(trouble: boolean): void;
}

const askEveryMs = 2_000;

/**
 * Shows one code after another until somebody claims one. The code is public, so it opens nothing by itself:
 * the token is handed out only to whoever holds the secret that came with it, which never leaves this screen.
 */
export async function pair(view: PairingView, signal: AbortSignal): Promise<Paired | null> {
  for (let failures = 0; !signal.aborted;) {
    try {
      const pairing = await sendJson<Pairing>('/v1/screens/pairings', { method: 'POST' });
      failures = 0;
      view.trouble(false);
      view.code(pairing.code);
      const paired = await claimed(pairing, view, signal);
      if (paired !== null) return paired;
    } catch {
      view.trouble(true);
      await pause(waitBefore(++failures), signal);
    }
  }

  return null;
}

/** Null when the code has expired. A network fault only delays: the code on the screen stays good. */
async function claimed({ pairingId, secret }: Pairing, view: PairingView, signal: AbortSignal): Promise<Paired | null> {
  while (!signal.aborted) {
    await pause(askEveryMs, signal);
    try {
      const headers = { 'X-Pairing-Secret': secret };
      const state = await sendJson<PairingState>(`/v1/screens/pairings/${encodeURIComponent(pairingId)}`, { headers });
      view.trouble(false);
      if (state.status === 'paired') return { token: state.token, store: state.store, language: state.language };
    } catch (error) {
      if (error instanceof Answered && (error.status === 404 || error.status === 410)) return null;
      view.trouble(true);
    }
  }

  return null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

const key = 'screen';

/** A screen survives a power cut: what it was paired with outlives the tab. */
export function pairedBefore(): Paired | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Paired> | null;
    return kept?.token && kept.store ? { token: kept.token, store: kept.store, language: kept.language ?? 'fr' } : null;
  } catch {
    return null;
  }
}

export function keepPairing(paired: Paired): void {
  localStorage.setItem(key, JSON.stringify(paired));
}

export function forgetPairing(): void {
  localStorage.removeItem(key);
}
