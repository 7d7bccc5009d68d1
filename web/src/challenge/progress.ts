import type { Challenge, Gift, Group, Text, Unit } from '../live/challenge';
import { localeOf, wordsIn, type Language } from '../words/language';

/** Up to here each step is a stamp on a card; beyond, a bar. */
export const stampsMax = 12;

/** The part of the goal that is reached, 0 to 1. */
export function reachedPart(score: number, target: number): number {
  return target <= 0 ? 1 : Math.min(1, Math.max(0, score / target));
}

/** Whether there is something to reach alone, beside what goes into a shared total. */
export function hasOwnGoal({ kind, prizes }: Pick<Challenge, 'kind' | 'prizes'>): boolean {
  return kind === 'individual' || prizes.completion !== null;
}

/** The next milestone that is not reached, or the last of them; null without any. */
export function nextMilestone({ milestones }: Pick<Challenge, 'milestones'>): { at: number; reached: boolean } | null {
  return milestones.find(milestone => !milestone.reached) ?? milestones.at(-1) ?? null;
}

/**
 * Where a total stands on a track whose milestones lie at equal distances, 0 to 1: "1 000, 5 000, 10 000" reads as
 * three steps, though the first is short.
 */
export function placeOnTrack(total: number, milestones: readonly number[]): number {
  let [from, done] = [0, 0];
  for (const at of milestones) {
    if (total < at) return (done + Math.max(0, total - from) / (at - from)) / milestones.length;
    [from, done] = [at, done + 1];
  }

  return 1;
}

/** Sections of a member's list: what it takes part in, what it may join, what comes, what is over. */
export type Section = 'mine' | 'join' | 'soon' | 'over';

export function sectionOf({ phase, optIn, own }: Challenge): Section {
  if (phase !== 'scheduled' && phase !== 'live') return 'over';
  if (optIn && own?.joined === false) return 'join';
  return phase === 'scheduled' ? 'soon' : 'mine';
}

/** The version that took the place of another, if one did: participants are told. */
export function newVersion({ versions }: Pick<Challenge, 'versions'>): Challenge['versions'][number] | null {
  const last = versions.at(-1);
  return last === undefined || last.reason === null ? null : last;
}

/** How a score is written: money in its currency, everything else with digits grouped. */
export function amountIn(unit: Unit, currency: string, language: Language): (amount: number) => string {
  if (unit !== 'spend') {
    const numbers = new Intl.NumberFormat(localeOf(language));
    return amount => numbers.format(amount);
  }

  const money = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency, maximumFractionDigits: 0, minimumFractionDigits: 0 });
  const minor = 10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);
  return amount => money.format(Math.floor(amount / minor));
}

/** A group's score: a sum, or thousandths a member with one decimal. */
export function groupScore(group: Group, challenge: Pick<Challenge, 'unit' | 'average'>, currency: string, language: Language): string {
  if (!challenge.average) return amountIn(challenge.unit, currency, language)(group.score);
  if (challenge.unit === 'spend') return amountIn('spend', currency, language)(Math.floor(group.score / 1_000));
  return new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(group.score / 1_000);
}

/** About how wide a number is in this typeface, in its own height; never so narrow that one figure fills the wall. */
export function emWide(text: string): number {
  const wide = [...text].reduce((sum, letter) => sum + (/\d/.test(letter) ? 0.44 : /[\s.,:]/.test(letter) ? 0.22 : 0.44), 0);
  return Math.max(1.6, wide);
}

export function giftWords(gift: Gift, language: Language): string {
  const words = wordsIn(language);
  const points = gift.points === null ? null : `${gift.points.toLocaleString(localeOf(language))}\u00A0${words.unit['points']?.(gift.points) ?? ''}`;
  return [points, gift.reward?.[language] ?? null, gift.badge ? words.challenges.badge(gift.badge[language]) : null].filter(part => part !== null).join(' + ');
}

/** The sentences one by one, without the challenge's name that begins the first. */
export function sentences(words: Text, name: Text, language: Language): string[] {
  const beginning = new RegExp(`^${name[language].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:\\s*`);
  const text = words[language].replace(beginning, '');
  return (text.charAt(0).toLocaleUpperCase(localeOf(language)) + text.slice(1)).split(/(?<=\.) (?=\p{Lu})/u);
}
