import type { FactorWords } from './factorWords';

export const factors: FactorWords = {
  nav: 'Pages of the desk',
  pages: { challenges: 'Challenges', impact: 'Impact' },
  title: 'The impact factors',
  lead: 'What a deed comes to, since when, and who says so. A figure without a source is shown nowhere.',
  none: 'This programme counts no impact yet: its factors are published as part “impact”.',
  forbidden: 'This link does not open the factors.',
  draftThere: 'A draft of the factors is under way: publish or discard it before you correct one.',
  source: title => `Read “${title}”`,
  before: count => (count === 1 ? 'The version before' : `The ${count} versions before`),
  correct: 'Correct',
  correctTitle: counter => `Correct: ${counter}`,
  correctText: version => `It becomes version ${version}. Everything is counted anew since its first day, and everybody reads what changed and why.`,
  field: {
    value: unit => `Value, in ${unit}`, from: 'First day', last: 'Last day (may be left out)', published: 'Source published on', publisher: 'Who publishes it', title: 'Title of the source', url: 'Address (https)',
    example: 'An example figure that nobody published',
  },
  reason: 'The reason, which members will read',
  publish: 'Publish the correction',
  done: 'The correction is published: it takes effect in a minute and a half, then everything is counted anew.',
  restated: 'What corrections changed',
  fromTo: (before, after) => `from ${before} to ${after}`,
};
