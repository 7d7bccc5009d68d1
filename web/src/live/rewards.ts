import type { Text } from './challenge';
import { Answered, getJson, sendJson } from './server';

export type RewardKind =
  'discount' | 'percent' | 'product' | 'free-delivery' | 'early-access' | 'workshop' | 'priority' | 'partner' | 'donation' | 'status' | 'pay';

/** One reward as this member may have it. */
export interface Reward {
  readonly reward: string;
  readonly kind: RewardKind;
  readonly name: Text;
  /** To be paid beside the points, at the till, in units of the currency. */
  readonly money: number;
  /** The price of one step. */
  readonly points: number;
  /** How many steps at once; 1 for everything but payments with points. */
  readonly stepsMax: number;
  readonly text: Text;
  readonly available: boolean;
  /** Points that are lacking; 0 when it can be paid. */
  readonly missing: number;
  /** Null where nobody counts. */
  readonly left: number | null;
  readonly why: { readonly code: string; readonly remedy: string } | null;
}

export type RedemptionState =
  'waiting' | 'offered' | 'held' | 'ready' | 'booked' | 'used' | 'expired' | 'abandoned' | 'returned' | 'no-show';

export interface Redemption {
  readonly id: string;
  readonly state: RedemptionState;
  readonly reward: string;
  readonly kind: RewardKind;
  readonly name: Text;
  readonly money: number;
  readonly steps: number;
  readonly points: number;
  /** Held or offered until then. */
  readonly until: string | null;
  /** ISO date, the last day. */
  readonly validThrough: string | null;
  /** On a waiting list, from 1. */
  readonly place: number | null;
  /** Why it was given; null for what was redeemed. */
  readonly cause: string | null;
  /** What a till reads; only where one redemption is asked for, and while a till would take it. */
  readonly voucher: string | null;
}

export interface Ask {
  /** The page's own for this one redemption: sent again, it is the same. */
  readonly id: string;
  readonly reward: string;
  readonly steps: number;
  /** The price that was shown. */
  readonly points: number;
  /** Paid at once, for later. */
  readonly keep: boolean;
  /** Onto the waiting list when all seats are taken. */
  readonly wait: boolean;
}

const redemptions = '/v1/members/me/redemptions';

export async function fetchRewards(token: string): Promise<readonly Reward[]> {
  return (await getJson<{ rewards: readonly Reward[] }>('/v1/members/me/rewards', token)).rewards;
}

/** What is open, oldest first; without vouchers. */
export async function fetchRedemptions(token: string): Promise<readonly Redemption[]> {
  return (await getJson<{ redemptions: readonly Redemption[] }>(redemptions, token)).redemptions;
}

export async function redeem(ask: Ask, token: string): Promise<Redemption> {
  return sendJson<Redemption>(redemptions, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: JSON.stringify(ask) });
}

export async function step(id: string, what: 'confirm' | 'cancel', token: string): Promise<Redemption> {
  return sendJson<Redemption>(`${redemptions}/${id}/${what}`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
}

export interface Voucher {
  readonly code: string;
  /** An SVG as an address of its own. */
  readonly picture: string;
}

/** Null when no till takes it any more. */
export async function fetchVoucher(id: string, token: string): Promise<Voucher | null> {
  const { voucher } = await getJson<Redemption>(`${redemptions}/${id}`, token);
  if (voucher === null) return null;
  const drawn = await fetch(`${redemptions}/${id}/qr.svg`, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store', signal: AbortSignal.timeout(10_000) });
  if (!drawn.ok) throw new Answered(drawn.status);
  return { code: voucher, picture: `data:image/svg+xml,${encodeURIComponent(await drawn.text())}` };
}
