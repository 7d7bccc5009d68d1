import type { Figure } from '../live/impact';
import { localeOf, type Language } from '../words/language';

/** Large figures in whole units, small ones with a decimal: always rounded down, since nothing is claimed that was not reached. */
export function figureIn(language: Language): (value: number) => string {
  const whole = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 1 });
  return value => (value >= 100 ? whole.format(Math.floor(value)) : fine.format(Math.floor(value * 10 + 1e-6) / 10));
}

/** Currency signs stand beside their number, other units below it. */
export function isSign(figure: Figure): boolean {
  return figure.unit.fr.length === 1;
}
