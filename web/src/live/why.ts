import type { Text } from './challenge';
import { getJson } from './server';

/** Why an entry came to its points: which rules counted, and which did not and for what reason. */
export interface EntryWhy {
  readonly points: number;
  readonly multiplier: number;
  /** False when `missed` speaks of the rules as they stand today. */
  readonly exact: boolean;
  /** Why no rule was asked at all. */
  readonly note: Text | null;
  readonly applied: readonly { readonly rule: string; readonly text: Text }[];
  readonly missed: readonly { readonly rule: string; readonly text: Text; readonly because: Text }[];
}

/** Why a tier, a streak or a badge stands as it does, sentence by sentence. */
export interface StandingWhy {
  readonly says: readonly Text[];
  /** Of a streak: the period that ended the run before, and until when it can be made good. ISO dates. */
  readonly broken?: { readonly missed: string; readonly repairBy: string | null } | null;
}

export async function fetchEntryWhy(version: number, token: string): Promise<EntryWhy> {
  return getJson<EntryWhy>(`/v1/members/me/entries/${version}/why`, token);
}

/** @param of `tier`, `streaks/{id}` or `badges/{id}`. */
export async function fetchStandingWhy(of: string, token: string): Promise<StandingWhy> {
  return getJson<StandingWhy>(`/v1/members/me/why/${of}`, token);
}
