import type { Standing } from '../live/stream';

/** Why a row is marked for a moment: it gained places, or it was not on the board before. */
export interface Mark {
  /** The rank from which the places are counted; null for a new entrant. */
  readonly fromRank: number | null;
  readonly until: number;
}

export type Marks = ReadonlyMap<string, Mark>;

export const noMarks: Marks = new Map();

/** Long enough to be read from three metres. */
const markMs = 6_000;

/**
 * Marks climbers and new entrants. A climb that goes on while its mark still shows counts from where it began,
 * so that a busy minute reads "+5" and not "+1" five times.
 */
export function markClimbs(marks: Marks, before: readonly Standing[], after: readonly Standing[], now: number): Marks {
  const ranks = new Map(before.map(row => [row.id, row]));
  const next = new Map<string, Mark>();
  for (const row of after) {
    const old = ranks.get(row.id);
    const mark = marks.get(row.id);
    const standing = mark !== undefined && mark.until > now ? mark : undefined;
    if (old === undefined) {
      next.set(row.id, { fromRank: null, until: now + markMs });
    } else if (row.rank < old.rank && row.score > old.score) {
      // Only an effort is celebrated: who moves up because another fell did nothing new.
      next.set(row.id, { fromRank: standing === undefined ? old.rank : standing.fromRank, until: now + markMs });
    } else if (standing !== undefined) {
      next.set(row.id, standing);
    }
  }

  return next;
}

/** How many places the mark is worth now; a climber who was overtaken again may be left with none. */
export function placesGained(mark: Mark, rank: number): number {
  return mark.fromRank === null ? 0 : Math.max(0, mark.fromRank - rank);
}
