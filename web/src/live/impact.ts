import type { Text } from './challenge';
import { getJson } from './server';

/** Where a factor comes from: shown wherever its figure is. */
export interface Source {
  readonly factor: string;
  readonly version: number;
  readonly publisher: string;
  readonly title: string;
  readonly url: string;
  readonly published: string;
  readonly example: boolean;
  /** "Source : …" */
  readonly words: Text;
}

export interface Figure {
  readonly counter: string;
  readonly name: Text;
  readonly unit: Text;
  readonly value: number;
  /** It is about too few people: then it has neither value nor sources. */
  readonly withheld?: boolean;
  readonly sources: readonly Source[];
}

export interface Restatement {
  readonly edition: number;
  readonly at: string;
  readonly counters: readonly { readonly counter: string; readonly before: number; readonly after: number }[];
  readonly corrections: readonly { readonly factor: string; readonly version: number; readonly why: Text | null; readonly publisher: string; readonly title: string; readonly url: string }[];
}

export interface Impact {
  readonly edition: number;
  readonly counters: readonly Figure[];
  readonly restating: { readonly edition: number; readonly percent: number } | null;
  readonly restatements: readonly Restatement[];
}

export async function fetchRestatements(token: string): Promise<readonly Restatement[]> {
  return (await getJson<{ restatements: readonly Restatement[] }>('/v1/impact/restatements?limit=20', token)).restatements;
}

/** A figure is shown when it can say where it comes from. */
export function shownFigures(impact: Impact): readonly Figure[] {
  return impact.counters.filter(figure => figure.sources.length > 0);
}

/** Each source once, in the order in which figures cite them. */
export function sourcesOf(figures: readonly Figure[]): readonly Source[] {
  const known = new Map<string, Source>();
  for (const source of figures.flatMap(figure => figure.sources)) if (!known.has(source.words.en)) known.set(source.words.en, source);
  return [...known.values()];
}
