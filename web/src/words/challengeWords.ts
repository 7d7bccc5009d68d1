import type { Kind, Phase, Unit } from '../live/challenge';
import type { SettlementPart } from '../live/settlement';

/** What the pages of challenges say. */
export interface ChallengeWords {
  title: string;
  all: string;
  sections: Record<'mine' | 'join' | 'soon' | 'over', string>;
  none: string;
  noneText: string;
  loading: string;
  unit: Record<Unit, (count: number) => string>;
  of(target: string): string;
  dayShort: string;
  hourShort: string;
  aloud: { days(days: number, hours: number): string; minutes(hours: number, minutes: number): string };
  startsIn: string;
  revealsIn: string;
  endsIn: string;
  phase: Record<Phase, string>;
  phaseText: Partial<Record<Phase, string>>;
  paused: string;
  pausedText: string;
  kind: Record<Kind, string>;
  /** A badge that can be won. */
  badge: (name: string) => string;
  ownProgress: string;
  /** What the number is that a member brought to a shared total. */
  ownPart: string;
  complete: string;
  notComplete: string;
  together: string;
  participants(count: number, shown: string): string;
  reached: string;
  prizes: string;
  goalReached(most: string | null): string;
  rank(from: number, through: number): string;
  /** After one's own place, among those who rank. */
  rankAmong(count: number, shown: string): string;
  rankOfTeam(teams: string): string;
  rankTied(others: number, shown: string): string;
  rankHidden: string;
  milestoneAt(amount: string): string;
  rules: string;
  changed(version: number): string;
  changedText: string;
  teaser: string;
  join: string;
  joining: string;
  joined: string;
  team: string;
  chooseTeam: string;
  teamFirst: string;
  leave: string;
  hide: string;
  appear: string;
  hiddenNote: string;
  trouble: string;
  refused: string;
  noMember: string;
  forbiddenTitle: string;
  forbiddenText: string;
  unknownTitle: string;
  unknownText: string;
  offline: string;
  finalTotal: string;
  standings: string;
  average: string;
  /** On a wall, while nobody takes part. */
  nobodyYet: string;
  certificate: string;
  certificateText: string;
  settlement: Record<SettlementPart, string>;
  allReached: string;
  next(left: string): string;
}
