import type { TemplateDocument } from '../live/desk';
import type { FieldError } from '../live/server';
import { plusDays } from './launching';

/** What a marketer changes of a challenge without writing its document. */
export type Lever = 'last' | 'target' | 'points' | 'most' | 'budget';

/** A date for `last`, for all others a number. */
export type Levers = { readonly [lever in Lever]?: string };

const pointers: Readonly<Record<Lever, string>> = {
  last: '/window/until', target: '/goal', points: '/prizes/completion', most: '/prizes/completionMax', budget: '/prizes/budget',
};

/** Those that the document has, in the order in which they are asked; money is left to the document. */
export function leversOf({ window, goal, prizes }: TemplateDocument): Levers {
  const target = goal?.kind === 'sum' && goal.what === 'spend' ? undefined : goal?.target;
  const all = { last: plusDays(window.until, -1), target, points: prizes?.completion?.points, most: prizes?.completionMax, budget: prizes?.budget?.points };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null).map(([lever, value]) => [lever, String(value)]));
}

/** The document as the levers now stand; null while one of them is no number, or the day is none. */
export function changedBy(document: TemplateDocument, levers: Levers): TemplateDocument | null {
  const { last, ...numbers } = levers;
  const until = last === undefined ? document.window.until : plusDays(last, 1);
  if (until === null || Object.values(numbers).some(text => !/^\d{1,12}$/.test(text))) return null;
  const [target, points, most, budget] = [numbers.target, numbers.points, numbers.most, numbers.budget].map(text => (text === undefined ? undefined : Number(text)));
  const { goal, prizes } = document;
  return {
    ...document,
    window: { ...document.window, until },
    ...(goal === undefined || target === undefined ? {} : { goal: { ...goal, target } }),
    ...(prizes === undefined ? {} : {
      prizes: {
        ...prizes,
        ...(points === undefined ? {} : { completion: { ...prizes.completion, points } }),
        ...(most === undefined ? {} : { completionMax: most }),
        ...(budget === undefined ? {} : { budget: { ...prizes.budget, points: budget } }),
      },
    }),
  };
}

/** Which lever a problem is about: the server names the field of what was sent. */
export function leverOf({ field }: FieldError): Lever | null {
  const within = field.replace(/^\/challenge/, '');
  const found = (Object.entries(pointers) as [Lever, string][]).filter(([, pointer]) => within === pointer || within.startsWith(`${pointer}/`));
  return found[0]?.[0] ?? null;
}
