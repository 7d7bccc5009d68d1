import { parseView, type Theme } from '../board/view';

/** How `/impact` is looked at: a phone, or with `kiosk=1` the wall of a shop; of one store, or of everybody. */
export interface ImpactView {
  /** Null for the whole community. */
  readonly store: string | null;
  readonly lang: string | null;
  readonly kiosk: boolean;
  readonly rotate: boolean;
  readonly theme: Theme;
}

export function parseImpactView(search: string): ImpactView {
  const store = new URLSearchParams(search).get('store');
  const { lang, kiosk, rotate, theme } = parseView(search);
  return { store: store !== null && /^[A-Za-z0-9_-]{1,16}$/.test(store) ? store : null, lang, kiosk, rotate, theme };
}
