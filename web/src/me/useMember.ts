import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link, Refused } from '../live/line';
import { fetchArrivals, fetchMember, type Arrival, type Member } from '../live/member';
import { fetchStandingWhy, type StandingWhy } from '../live/why';
import { fetchRedemptions, fetchRewards, type Redemption, type Reward } from '../live/rewards';
import { followMember, type WeekRank } from '../live/liveMember';
import { Answered } from '../live/server';

/** The unit that members spend. */
export const points = 'points';

/** An account with what is asked for beside it, as of one moment. */
export interface Account {
  readonly member: Member;
  /** Null where the programme has no tiers. */
  readonly tierWhy: StandingWhy | null;
  /** When waiting points come; empty when none wait. */
  readonly arrivals: readonly Arrival[];
  /** The catalogue as the member may have it, in the catalogue's order. */
  readonly rewards: readonly Reward[];
  /** What is open. */
  readonly redemptions: readonly Redemption[];
}

export interface LiveAccount {
  /** Null until the first answer. */
  readonly account: Account | null;
  readonly week: WeekRank | null;
  readonly link: Link;
  readonly refusal: Exclude<Refused, 'expired'> | null;
  /** When the last state came, on the viewer's clock. */
  readonly heardAt: number;
}

const nothingYet: LiveAccount = { account: null, week: null, link: 'connecting', refusal: null, heardAt: 0 };

/** The account now, and after each change; `reload` is for what the page itself changed. */
export function useMember(token: string, onExpired: () => void): LiveAccount & { reload: () => void } {
  const [live, setLive] = useState(nothingYet);
  const followed = useRef<{ reload(): void } | null>(null);

  useEffect(() => {
    let newest = 0;
    const account: { asked: number; known: Account | null } = { asked: 0, known: null };
    const line = followMember(token, {
      load: async () => {
        const asked = ++account.asked;
        const { loaded, isWhole } = await loadAccount(token, account.known);
        // Two answers may come in the other order than they were asked for.
        if (asked < newest) return true;
        [newest, account.known] = [asked, loaded];
        setLive(before => ({ ...before, account: loaded, heardAt: Date.now() }));
        return isWhole;
      },
      hasSomething: () => account.known !== null,
      week: week => setLive(before => ({ ...before, week })),
      link: link => setLive(before => ({ ...before, link })),
      refused: reason => {
        if (reason === 'expired') onExpired();
        else setLive(before => ({ ...before, refusal: reason }));
      },
    });
    followed.current = line;

    // What time alone changes nobody tells: points come and expire while the page sleeps in a pocket.
    const onReturn = () => {
      if (document.visibilityState === 'visible') line.reload();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      document.removeEventListener('visibilitychange', onReturn);
      line.stop();
    };
  }, [token]);

  return { ...live, reload: () => followed.current?.reload() };
}

/** The account itself, with what says more about it; of that, what cannot be had now is as it was before. */
async function loadAccount(token: string, before: Account | null): Promise<{ loaded: Account; isWhole: boolean }> {
  const member = await fetchMember(token);
  const waits = member.purses.some(purse => purse.unit === points && purse.pending > 0);
  let isWhole = true;
  const [tierWhy, arrivals, rewards, redemptions] = await Promise.all([
    member.recognition?.tier == null ? null : orBefore(fetchStandingWhy('tier', token), before?.tierWhy ?? null),
    waits ? orBefore(fetchArrivals(points, token), []) : [],
    orBefore(fetchRewards(token), before?.rewards ?? []),
    orBefore(fetchRedemptions(token), before?.redemptions ?? []),
  ]);
  return { loaded: { member, tierWhy, arrivals, rewards, redemptions }, isWhole };

  async function orBefore<T>(asked: Promise<T>, was: T): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof Answered && error.status === 401) throw error;
      // Who was refused for good is not told anything else in a moment.
      if (!(error instanceof Answered) || error.status >= 500 || error.status === 429) isWhole = false;
      return was;
    }
  }
}
