/** What the page of impact and leagues says. */
export interface ImpactWords {
  title: string;
  yours: string;
  ours: string;
  wallTitle: string;
  everybody: string;
  loading: string;
  nothingYet: string;
  /** Figures about a handful of people are told to nobody. */
  tooFew: string;
  corrected(date: string): string;
  restating(percent: number): string;
  refused: string;
  effort(count: number): string;
  you: string;
  goesUp: string;
  wentUp(division: string): string;
  drawn(when: string): string;
  until(when: string): string;
  toBeShown(effort: number): string;
  hidden: string;
  join: string;
  leave: string;
  trouble: string;
}
