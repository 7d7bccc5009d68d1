import type { Text } from './challenge';
import { download } from './download';
import type { Recognition } from './recognition';
import { getJson } from './server';

/** What there is of one unit. Points that wait, or are set aside for a reward, cannot be spent. */
export interface Purse {
  readonly unit: string;
  readonly available: number;
  readonly pending: number;
  readonly held: number;
  readonly owed: number;
  /** ISO date: from then on what is owed is forgiven. */
  readonly forgivenOn: string | null;
  readonly nextExpiry: { readonly amount: number; readonly on: string } | null;
}

/** One line of a statement: what happened, and what it moved. */
export interface Entry {
  readonly version: number;
  readonly type: string;
  /** store/till/date/number */
  readonly receipt: string | null;
  readonly receiptType: 'sale' | 'return' | 'void' | null;
  readonly points: number;
  readonly balance: number;
  /** In units of the programme's currency. */
  readonly total: number | null;
  readonly occurredAt: string | null;
  readonly recordedAt: string;
  readonly postings: readonly { readonly unit: string; readonly kind: string; readonly amount: number; readonly text: Text }[];
  readonly why: readonly { readonly rule: string; readonly points: number; readonly text: Text }[];
  readonly recognised: readonly Text[];
  readonly activity: { readonly type: string | null } | null;
  readonly reward: { readonly text: Text } | null;
}

export interface Member {
  readonly member: string;
  readonly name: string;
  readonly version: number;
  readonly balance: number;
  readonly receipts: number;
  readonly purses: readonly Purse[];
  /** Null where the programme recognises nobody. */
  readonly recognition: Recognition | null;
  /** The newest ten, newest first. */
  readonly last: readonly Entry[];
}

export interface Page {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** When waiting points come, soonest first. */
export interface Arrival {
  readonly at: string | null;
  readonly amount: number;
}

export async function fetchMember(token: string): Promise<Member> {
  return getJson<Member>('/v1/members/me', token);
}

export async function fetchEntries(cursor: string | null, token: string): Promise<Page> {
  return getJson<Page>(`/v1/members/me/entries?limit=20${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, token);
}

export async function fetchArrivals(unit: string, token: string): Promise<readonly Arrival[]> {
  const { units } = await getJson<{ units: readonly { unit: string; arrivals: readonly Arrival[] }[] }>('/v1/members/me/holdings', token);
  return units.find(one => one.unit === unit)?.arrivals ?? [];
}

/** The whole history as a file, with its columns named and its sentences said in a language. */
export async function downloadStatement(member: string, language: string, token: string): Promise<void> {
  await download('/v1/members/me/statement.csv', `statement-${member}.csv`, token, { 'Accept-Language': language });
}
