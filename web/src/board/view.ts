import type { Period } from '../live/stream';
import { parseMetric, parseScope, periods, type BoardChoice } from '../live/topic';

export type Theme = 'auto' | 'light' | 'dark';

/** What the address of a board says, so that a link or a bookmark shows the same thing. */
export interface View extends BoardChoice {
  /** Null follows the viewer's own choice. */
  readonly lang: string | null;
  readonly kiosk: boolean;
  /** French and Dutch take turns, for stores in Brussels. */
  readonly rotate: boolean;
  readonly theme: Theme;
}

export function parseView(search: string): View {
  const query = new URLSearchParams(search);
  return {
    scope: parseScope(query.get('scope')),
    period: oneOf<Period>(periods, query.get('period'), 'week'),
    metric: parseMetric(query.get('metric')),
    lang: query.get('lang'),
    kiosk: query.get('kiosk') === '1',
    rotate: query.get('rotate') === '1',
    theme: oneOf<Theme>(['light', 'dark'], query.get('theme'), 'auto'),
  };
}

export function addressOf(view: View): string {
  const parts = [`scope=${view.scope}`, `period=${view.period}`, `metric=${view.metric}`];
  if (view.lang !== null) parts.push(`lang=${encodeURIComponent(view.lang)}`);
  if (view.kiosk) parts.push('kiosk=1');
  if (view.rotate) parts.push('rotate=1');
  if (view.theme !== 'auto') parts.push(`theme=${view.theme}`);
  return `/board?${parts.join('&')}`;
}

function oneOf<T extends string>(known: readonly T[], text: string | null, otherwise: T): T {
  return known.find(value => value === text) ?? otherwise;
}
