import type { Plan, Streak } from '../live/recognition';

/** What the page of a member's own account says. Amounts come written, with their count beside them. */
export interface MeWords {
  title: string;
  loading: string;
  trouble: string;
  forbiddenTitle: string;
  forbiddenText: string;
  /** The parts of the page, for the bar under a thumb. */
  parts: Record<'balance' | 'recognition' | 'rewards' | 'movements', string>;
  partsLabel: string;
  balance: string;
  toSpend(count: number): string;
  pending(shown: string): string;
  /** The first of what waits. */
  pendingFrom(shown: string, date: string): string;
  /** All of what waits comes on that day. */
  from(date: string): string;
  held(shown: string): string;
  owed(shown: string): string;
  forgiven(date: string): string;
  expires(shown: string, date: string): string;
  welcome: string;
  welcomeText: string;
  week: string;
  near: string;
  /** What is left of a goal, where its own sentence is too long. */
  left: Record<'stamps' | 'points' | 'steps', (count: number, shown: string) => string>;
  nearTier(name: string): string;
  nearBadge(name: string): string;
  tier: string;
  noTier: string;
  towards(name: string): string;
  ofGoal(done: string, needed: string): string;
  perks: string;
  until(date: string): string;
  streaks: string;
  periods: Record<Streak['per'], (count: number) => string>;
  best(shown: string): string;
  freezes(count: number): string;
  freezesNote: string;
  counted: Record<Streak['per'], string>;
  repair: string;
  silence: string;
  hearOf(name: string): string;
  refused: string;
  badges: string;
  badgesNone: string;
  earnedOn(date: string): string;
  level(level: number, levels: number): string;
  times(count: number): string;
  onTheWay: string;
  badgesMore(count: number): string;
  cards: string;
  filled(count: number): string;
  plans: string;
  plan: Record<Plan['status'], string>;
  paidUntil(date: string): string;
  movements: string;
  movementsNone: string;
  more: string;
  whyPoints: string;
  why: string;
  whyNone: string;
  missed: string;
  today: string;
  sale(store: string): string;
  return(store: string): string;
  void(store: string): string;
  /** What is no receipt, by the kind of its event. */
  activity: Readonly<Record<string, string>>;
  /** Entries that say nothing else of themselves, by their type. */
  entry: Readonly<Record<string, string>>;
  other: string;
  statement: string;
  elsewhere: string;
}
