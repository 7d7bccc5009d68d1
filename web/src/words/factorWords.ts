import type { CorrectionField } from '../desk/correcting';

/** What a marketer's page of impact factors says. */
export interface FactorWords {
  nav: string;
  pages: Record<'challenges' | 'impact', string>;
  title: string;
  lead: string;
  none: string;
  forbidden: string;
  draftThere: string;
  source(title: string): string;
  before(count: number): string;
  correct: string;
  correctTitle(counter: string): string;
  correctText(version: number): string;
  field: Record<Exclude<CorrectionField, 'value'> | 'example', string> & { value(unit: string): string };
  reason: string;
  publish: string;
  done: string;
  restated: string;
  fromTo(before: string, after: string): string;
}
