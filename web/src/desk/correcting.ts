import type { Text } from '../live/challenge';
import type { Factor, Registry } from '../live/factors';
import type { FieldError } from '../live/server';
import { plusDays } from './launching';

/** A factor as a form has it: texts, the last day included. */
export interface Correction {
  readonly value: string;
  readonly from: string;
  /** Empty for without end. */
  readonly last: string;
  readonly publisher: string;
  readonly title: string;
  readonly url: string;
  readonly published: string;
  readonly example: boolean;
}

export type CorrectionField = Exclude<keyof Correction, 'example'>;

const pointers: Readonly<Record<string, CorrectionField>> = {
  millionths: 'value', from: 'from', until: 'last', 'source/publisher': 'publisher', 'source/title': 'title', 'source/url': 'url', 'source/published': 'published',
};

/** The newest version of each factor, in the order in which the factors came to be. */
export function newestOf({ factors }: Registry): readonly Factor[] {
  const newest = new Map<string, Factor>();
  for (const factor of factors) if (factor.version > (newest.get(factor.id)?.version ?? 0)) newest.set(factor.id, factor);
  return [...newest.values()];
}

export function correctionOf({ millionths, from, until, source }: Factor): Correction {
  return { ...source, example: source.example === true, value: String(millionths / 1_000_000), from, last: until == null ? '' : plusDays(until, -1) ?? '' };
}

/** The registry with one version more, which takes the factor's place; null while the figure or a day is none. */
export function correctedBy(registry: Registry, factor: Factor, correction: Correction, why: Text): Registry | null {
  const { value, from, last, example, ...source } = correction;
  const millionths = Math.round(Number(value) * 1_000_000);
  const until = last === '' ? null : plusDays(last, 1);
  if (value.trim() === '' || !Number.isSafeInteger(millionths) || millionths < 0 || plusDays(from, 0) === null || (last !== '' && until === null)) return null;
  return { ...registry, factors: [...registry.factors, { ...factor, version: factor.version + 1, millionths, from, until, source: { ...source, example }, correction: { fr: unstopped(why.fr), nl: unstopped(why.nl), en: unstopped(why.en) } }] };
}

/** The sentence that it stands in has its own full stop. */
function unstopped(text: string): string {
  return text.replace(/\.$/, '');
}

/** Which field a problem is about; null for the whole. */
export function correctionFieldOf({ field }: FieldError): CorrectionField | null {
  return pointers[field.replace(/^\/factors\/\d+\//, '')] ?? null;
}
