import type { Redemption, RedemptionState, Reward, RewardKind } from '../live/rewards';
import { localeOf, wordsIn, type Language } from '../words/language';
import type { Goal } from './goals';

/** A seat, a gift to a cause and a status are had at once: nothing is set aside for a till. */
const atOnce: readonly RewardKind[] = ['workshop', 'donation', 'status'];

export function isAtOnce({ kind }: Pick<Reward, 'kind'>): boolean {
  return atOnce.includes(kind);
}

/** All seats are taken, and one may wait for one. */
export function canWait({ kind, why }: Pick<Reward, 'kind' | 'why'>): boolean {
  return kind === 'workshop' && why?.code === 'sold-out';
}

/** What can be had first, as the catalogue has it; then what is nearest; then the rest. What is only ever given is no choice. */
export function shelfOf(rewards: readonly Reward[]): readonly Reward[] {
  const rank = (reward: Reward) => (reward.available ? 0 : reward.missing > 0 ? 1 : 2);
  return rewards
    .filter(reward => reward.why?.code !== 'welcome-only')
    .sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? a.missing - b.missing : 0));
}

/** Rewards that only lack points, as goals. */
export function rewardGoals(rewards: readonly Reward[]): readonly Goal[] {
  return rewards
    .filter(reward => reward.missing > 0 && reward.points > 0)
    .map(({ reward, name, points, missing }) => ({ kind: 'reward', id: reward, name, part: Math.max(0, points - missing) / points, left: missing }));
}

/** How many steps of a payment the balance allows, 1 at least. */
export function stepsAllowed({ stepsMax, points }: Pick<Reward, 'stepsMax' | 'points'>, balance: number): number {
  return points <= 0 ? stepsMax : Math.max(1, Math.min(stepsMax, Math.floor(balance / points)));
}

/** The reward's own sentence without its name, which stands above it; of goods only the conditions, as their number says nothing to a reader. */
export function termsOf({ name, text, kind }: Pick<Reward, 'name' | 'text' | 'kind'>, language: Language): string {
  const [begin, all] = [name[language], text[language]];
  const sentence = all.startsWith(begin) ? all.slice(begin.length).replace(/^\s*:\s*/, '') : all;
  const terms = kind === 'product' ? sentence.slice(sentence.indexOf(', ') < 0 ? sentence.length : sentence.indexOf(', ') + 2) : sentence;
  return terms.charAt(0).toLocaleUpperCase(localeOf(language)) + terms.slice(1);
}

/** Why something cannot be had, in the reader's language where it is known. */
export function refusalWords(code: string, remedy: string, language: Language): { text: string; lang: Language } {
  const text = wordsIn(language).rewards.refusals[code];
  return text === undefined ? { text: remedy, lang: 'en' } : { text, lang: language };
}

/** What its holder may still do: pay for it or take it, and give it back. */
export function stepsOf(state: RedemptionState): { confirm: boolean; cancel: boolean; voucher: boolean } {
  return {
    confirm: state === 'held' || state === 'offered',
    cancel: state === 'held' || state === 'offered' || state === 'waiting' || state === 'booked',
    voucher: state === 'held' || state === 'ready',
  };
}

/** What ends by itself first, then what is to be answered, then what lasts; the oldest first. */
export function vouchersInOrder(redemptions: readonly Redemption[]): readonly Redemption[] {
  const order: readonly RedemptionState[] = ['held', 'offered', 'ready', 'booked', 'waiting'];
  return redemptions.filter(one => order.includes(one.state)).sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}
