import type { Member } from '../live/member';
import type { Badge, Tier } from '../live/recognition';
import type { Text } from '../live/challenge';

/** Something that a member is on the way to. */
export interface Goal {
  readonly kind: 'tier' | 'badge' | 'card' | 'reward';
  readonly id: string;
  readonly name: Text;
  /** 0 to 1 */
  readonly part: number;
  /** How many are left, where that can be said in a word. */
  readonly left: number | null;
}

/** From here on a goal is near; a short one also when a single step is left of it. */
const nearFrom = 0.8;
const shortMax = 12;
const toldMax = 3;

/** Beyond this a count says less than its part: what a badge counts may be cents. */
const countedMax = 100;

/** How far on the way to the next tier: the nearer of the two ways, unless it takes both. 1 at the top. */
export function tierPart({ next, spend, engagement, missingSpend, missingEngagement, both }: Tier): number {
  if (next === null) return 1;
  const parts = [[spend, missingSpend], [engagement, missingEngagement]]
    .filter(([, missing]) => missing !== 0)
    .map(([done = 0, missing = 0]) => Math.max(0, done) / (Math.max(0, done) + missing));
  if (parts.length === 0) return 1;
  return both ? Math.min(...parts) : Math.max(...parts);
}

/** Null for what nothing is counted for, and for who holds the highest level. */
export function badgePart({ done, needed }: Pick<Badge, 'done' | 'needed'>): number | null {
  return done === null || needed === null || needed <= 0 ? null : Math.min(1, Math.max(0, done / needed));
}

/** Whether the count of a badge is told as it is, and not as a part of a hundred. */
export function isCounted({ done, needed }: Pick<Badge, 'done' | 'needed'>): boolean {
  return needed !== null && needed <= countedMax && Number.isInteger(done);
}

/** Badges in the order in which they are looked for: those held, newest first; those begun, nearest first; then the others. */
export function badgesInOrder(badges: readonly Badge[]): { held: readonly Badge[]; begun: readonly Badge[]; open: readonly Badge[] } {
  const part = (badge: Badge) => badgePart(badge) ?? 0;
  const rest = badges.filter(badge => badge.level === 0);
  return {
    held: badges.filter(badge => badge.level > 0).sort((a, b) => (b.awardedOn ?? '').localeCompare(a.awardedOn ?? '')),
    begun: rest.filter(badge => part(badge) > 0).sort((a, b) => part(b) - part(a)),
    open: rest.filter(badge => part(badge) === 0),
  };
}

/** "Vous y êtes presque": the nearest few of everything that is begun and not reached. */
export function nearGoals({ recognition }: Pick<Member, 'recognition'>, rewards: readonly Goal[] = []): readonly Goal[] {
  const goals = [...rewards];
  const tier = recognition?.tier;
  if (tier?.nextName != null) goals.push({ kind: 'tier', id: tier.next ?? '', name: tier.nextName, part: tierPart(tier), left: null });
  for (const badge of recognition?.badges ?? []) {
    const part = badgePart(badge);
    if (part !== null) goals.push({ kind: 'badge', id: badge.id, name: badge.name, part, left: isCounted(badge) ? (badge.needed ?? 0) - (badge.done ?? 0) : null });
  }

  for (const card of recognition?.cards ?? []) goals.push({ kind: 'card', id: card.id, name: card.name, part: card.stamps / card.needed, left: card.needed - card.stamps });
  return goals
    .filter(goal => goal.part > 0 && goal.part < 1 && (goal.part >= nearFrom || (goal.left === 1 && goal.part >= 1 / shortMax)))
    .sort((a, b) => b.part - a.part)
    .slice(0, toldMax);
}
