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
        const loaded = await loadAccount(token, account.known);
        // Two answers may come in the other order than they were asked for.
        if (asked < newest) return;
        [newest, account.known] = [asked, loaded];
        setLive(before => ({ ...before, account: loaded, heardAt: Date.now() }));
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
    return () => line.stop();
  }, [token]);

  return { ...live, reload: () => followed.current?.reload() };
}

async function loadAccount(token: string, before: Account | null): Promise<Account> {
  const member = await fetchMember(token);
  const waits = member.purses.some(purse => purse.unit === points && purse.pending > 0);
  const [tierWhy, arrivals, rewards, redemptions] = await Promise.all([
    member.recognition?.tier == null ? null : orElse(fetchStandingWhy('tier', token), before?.tierWhy ?? null),
    waits ? orElse(fetchArrivals(points, token), []) : [],
    orElse(fetchRewards(token), before?.rewards ?? []),
    orElse(fetchRedemptions(token), before?.redemptions ?? []),
  ]);
  return { member, tierWhy, arrivals, rewards, redemptions };
}

/** What says more about an account is as it was before, or left out, when it cannot be had: the account itself is shown. */
async function orElse<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Answered && error.status === 401) throw error;
    return otherwise;
  }
}
