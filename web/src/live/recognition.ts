import type { Text } from './challenge';
import { sendJson } from './server';

/** The member's tier, null before the first, and what is missing to the next one. */
export interface Tier {
  readonly id: string | null;
  readonly name: Text | null;
  readonly spend: number;
  readonly engagement: number;
  readonly next: string | null;
  readonly nextName: Text | null;
  readonly missingSpend: number;
  readonly missingEngagement: number;
  /** Both are needed, not one of them. */
  readonly both: boolean;
  /** What the next one takes. */
  readonly how: Text | null;
}

export interface Badge {
  readonly id: string;
  readonly name: Text;
  /** The highest that stands; 0 for none. */
  readonly level: number;
  readonly levels: number;
  readonly times: number;
  /** Null for badges that nothing is counted for. */
  readonly done: number | null;
  readonly needed: number | null;
  readonly awardedOn: string | null;
  readonly how: Text;
}

export interface Streak {
  readonly id: string;
  readonly name: Text;
  readonly per: 'day' | 'week' | 'month';
  readonly current: number;
  readonly best: number;
  /** The period of today counts already. */
  readonly done: boolean;
  readonly freezes: number;
  /** The member does not want to hear of it. */
  readonly silent: boolean;
  readonly how: Text;
  readonly says: Text | null;
}

export interface Card {
  readonly id: string;
  readonly name: Text;
  readonly stamps: number;
  readonly needed: number;
  /** How many were filled and stand. */
  readonly filled: number;
  readonly how: Text;
}

export interface Plan {
  readonly id: string;
  readonly name: Text;
  readonly status: 'active' | 'grace' | 'cancelled' | 'ended';
  readonly paidUntil: string | null;
  readonly how: Text;
  readonly earnedBack: Text | null;
}

export interface Perk {
  readonly id: string;
  readonly name: Text;
  readonly until: string | null;
}

export interface Recognition {
  /** Null where the programme has no tiers. */
  readonly tier: Tier | null;
  readonly badges: readonly Badge[];
  readonly streaks: readonly Streak[];
  readonly cards: readonly Card[];
  readonly plans: readonly Plan[];
  readonly perks: readonly Perk[];
}

/** What a member may ask about its streaks. */
export type StreakCommand =
  | { readonly kind: 'silence-streak'; readonly streak: string; readonly silent: boolean }
  | { readonly kind: 'repair-streak'; readonly streak: string; readonly date: string };

/** @param id the page's own for this command: sent again, it is the same. */
export async function askOfStreak(id: string, command: StreakCommand, token: string): Promise<void> {
  await sendJson('/v1/members/me/recognition', {
    method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ id, ...command }),
  });
}
