import type { Text } from './challenge';
import { getJson, sendJson } from './server';

export interface Place {
  readonly id: string | null;
  readonly name: string;
  /** Null in the lower half, where nobody is shown but oneself. */
  readonly rank: number | null;
  readonly effort: number;
  readonly goesUp: boolean;
  readonly isOwn: boolean;
}

export interface OwnLeague {
  readonly joined: boolean;
  readonly hidden: boolean;
  readonly division: Text | null;
  readonly groupSize: number;
  readonly effort: number;
  /** What it takes to be among those shown. */
  readonly toBeShown: number | null;
  readonly places: readonly Place[];
  readonly last: { readonly season: string; readonly division: Text; readonly rank: number | null; readonly move: 'up' | 'stays' | 'down' } | null;
}

export interface League {
  readonly league: string;
  readonly name: Text;
  readonly words: Text;
  readonly promoted: number;
  readonly season: { readonly name: string; readonly closes: string; readonly draws: string | null; readonly players: number } | null;
  /** Null for who is no member. */
  readonly own: OwnLeague | null;
}

export async function fetchLeagues(token: string): Promise<readonly League[]> {
  return (await getJson<{ leagues: readonly League[] }>('/v1/leagues', token)).leagues;
}

export async function takePartInLeague(league: string, part: { joined: boolean; hidden: boolean }, token: string): Promise<League> {
  return sendJson<League>(`/v1/leagues/${encodeURIComponent(league)}/participation`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(part),
  });
}
