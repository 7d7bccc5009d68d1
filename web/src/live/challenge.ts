import { sendJson, getJson } from './server';

/** A text in the languages of the programme. */
export interface Text {
  readonly fr: string;
  readonly nl: string;
  readonly en: string;
}

export type Phase = 'draft' | 'scheduled' | 'live' | 'grace' | 'settling' | 'settled' | 'adjusted' | 'cancelled';
export type Kind = 'individual' | 'teams' | 'stores' | 'collective';
export type Unit = 'deeds' | 'items' | 'spend' | 'days' | 'weeks' | 'stores' | 'categories' | 'steps';

export interface Gift {
  readonly points: number | null;
  readonly reward: Text | null;
  readonly badge: Text | null;
}

export interface Prizes {
  readonly completion: Gift | null;
  readonly completionMax: number | null;
  readonly ranks: readonly { readonly through: number; readonly gift: Gift }[];
  readonly milestones: readonly { readonly at: number; readonly gift: Gift | null }[];
}

export interface Group {
  readonly id: string;
  readonly name: Text;
  readonly rank: number;
  readonly score: number;
}

/** What moves while it runs. Instants are the server's. */
export interface Totals {
  readonly phase: Phase;
  readonly paused: boolean;
  /** When the phase changes by itself. */
  readonly nextAt: string | null;
  readonly participants: number;
  readonly total: number;
  readonly milestones: readonly { readonly at: number; readonly reached: boolean; readonly unlocked: boolean }[];
  readonly groups: readonly Group[];
  /** What of the teasing is out. */
  readonly revealed: readonly Text[];
  readonly revealsAt: string | null;
  readonly certificate: string | null;
  readonly prizesReceived: number;
}

export interface Own {
  readonly joined: boolean;
  readonly team: string | null;
  readonly hidden: boolean;
  readonly score: number;
  readonly complete: boolean;
  /** "Plus que 2 jours." */
  readonly left: Text | null;
  /** Null without a score, where nobody ranks, and once all is settled. */
  readonly rank: OwnRank | null;
}

/** The member's own rank, in a contest of teams its team's. */
export interface OwnRank {
  readonly rank: number;
  readonly tiedWith: number;
  /** How many members, or teams, rank. */
  readonly ranked: number;
  /** Who hides stands there for nobody else. */
  readonly virtual: boolean;
}

export interface Version {
  readonly version: number;
  readonly since: string;
  readonly reason: Text | null;
}

export interface Challenge extends Totals {
  readonly challenge: string;
  readonly run: number;
  readonly name: Text;
  /** All of it in sentences. */
  readonly words: Text;
  readonly kind: Kind;
  readonly optIn: boolean;
  readonly target: number;
  readonly unit: Unit;
  readonly average: boolean;
  readonly teams: readonly { readonly id: string; readonly name: Text }[];
  readonly prizes: Prizes;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly graceEnds: string | null;
  readonly versions: readonly Version[];
  /** Why it ended early or was cancelled. */
  readonly reason: Text | null;
  /** Null for who is no member. */
  readonly own: Own | null;
}

export type AnsweredChallenge = Challenge & { readonly serverTime: string };

export interface ChallengeList {
  readonly challenges: readonly Challenge[];
  readonly more: boolean;
  readonly serverTime: string;
}

export async function fetchChallenges(show: 'open' | 'over', token: string): Promise<ChallengeList> {
  return getJson<ChallengeList>(`/v1/challenges?show=${show}&limit=50`, token);
}

export async function fetchChallenge(id: string, run: number | null, token: string): Promise<AnsweredChallenge> {
  return getJson<AnsweredChallenge>(addressOf(id, run), token);
}

export interface Part {
  readonly joined: boolean;
  readonly team?: string;
  readonly hidden: boolean;
}

export async function takePart(id: string, part: Part, token: string): Promise<AnsweredChallenge> {
  return sendJson<AnsweredChallenge>(`/v1/challenges/${encodeURIComponent(id)}/participation`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(part),
  });
}

function addressOf(id: string, run: number | null): string {
  return `/v1/challenges/${encodeURIComponent(id)}${run === null ? '' : `?run=${run}`}`;
}
