import type { Theme } from '../board/view';
import { parseView } from '../board/view';
import type { ChallengeChoice } from './useChallenge';

/** What the address of a challenge says. */
export interface ChallengeView extends ChallengeChoice {
  readonly lang: string | null;
  readonly kiosk: boolean;
  readonly rotate: boolean;
  readonly theme: Theme;
}

/** Null when it names no challenge. */
export function parseChallengeView(search: string): ChallengeView | null {
  const query = new URLSearchParams(search);
  const id = query.get('id') ?? '';
  const run = Number(query.get('run') ?? NaN);
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) return null;
  const { lang, kiosk, rotate, theme } = parseView(search);
  return { id, run: Number.isInteger(run) && run > 0 ? run : null, lang, kiosk, rotate, theme };
}

export function challengeAddress(id: string, run: number | null = null): string {
  return `/challenge?id=${encodeURIComponent(id)}${run === null ? '' : `&run=${run}`}`;
}
