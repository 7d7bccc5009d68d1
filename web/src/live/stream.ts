/**
 * What one topic says over time, folded into the board that a viewer sees.
 *
 * The server sends a snapshot, then deltas that each name the version they start from. Messages may be
 * lost, late, repeated or out of order, so nothing is applied that does not fit exactly: an old delta is
 * dropped, and one that leaves a gap, or that belongs to another stream, makes the viewer ask for a new
 * snapshot. Whatever happened on the way, the next snapshot and the deltas after it end at the server's state.
 *
 * Pure on purpose: no socket, no clock.
 */

export type Period = 'day' | 'week' | 'month' | 'season' | 'all';
/** What every programme can count, or the code of a measure that this one defines. */
export type Metric = 'points' | 'receipts' | 'spend' | (string & {});

export interface Standing {
  readonly id: string;
  readonly name: string;
  /** Shared by ties: 1, 2, 2, 4. */
  readonly rank: number;
  /** How many others hold the same rank. */
  readonly tiedWith: number;
  readonly score: number;
  readonly reachedAt: string;
  /** The total order, starting at 1: among equals, whoever got there first. */
  readonly place: number;
}

/** Half-open: `end` is the first date that no longer counts. Both are null for all time. */
export interface BoardWindow {
  readonly period: Period;
  readonly id: string;
  readonly start: string | null;
  readonly end: string | null;
}

export interface Board {
  readonly topic: string;
  readonly streamId: string;
  readonly version: number;
  /** The business instant of this state, with the offset of the programme's zone. */
  readonly asOf: string;
  readonly window: BoardWindow;
  /** All ranked members, not only the rows at hand. */
  readonly size: number;
  readonly rows: readonly Standing[];
}

export interface Snapshot extends Board {
  readonly kind: 'snapshot';
}

export interface Delta {
  readonly kind: 'delta';
  readonly topic: string;
  readonly streamId: string;
  readonly from: number;
  readonly to: number;
  readonly asOf: string;
  readonly size: number;
  readonly removed: readonly string[];
  readonly rows: readonly Standing[];
}

export type RefusalReason = 'unauthorised' | 'unknown-topic' | 'too-many-topics';

export interface Refusal {
  readonly kind: 'refused';
  readonly topic: string;
  readonly reason: RefusalReason;
}

export type Message = Snapshot | Delta | Refusal;

export interface Stream {
  readonly board: Board | null;
  /** A stream whose snapshot looked older than what is shown; it is believed when it comes again. */
  readonly doubted: string | null;
}

export interface Step {
  readonly stream: Stream;
  /** True when only a new snapshot can say what is true now. */
  readonly resnapshot: boolean;
}

export const emptyStream: Stream = { board: null, doubted: null };

export function receive(stream: Stream, message: Snapshot | Delta): Step {
  return message.kind === 'snapshot' ? receiveSnapshot(stream, message) : receiveDelta(stream, message);
}

function receiveSnapshot(stream: Stream, snapshot: Snapshot): Step {
  const { board, doubted } = stream;
  if (board === null) return showing(boardOf(snapshot));
  if (snapshot.streamId === board.streamId) {
    return snapshot.version < board.version ? unchanged(stream) : showing(boardOf(snapshot));
  }

  // Another stream: usually the actor was activated anew or the business date rolled over. But it may be the
  // late echo of a stream that ended, so one that speaks of an earlier instant has to be heard twice.
  const looksOlder = Date.parse(snapshot.asOf) < Date.parse(board.asOf);
  if (looksOlder && doubted !== snapshot.streamId) {
    return { stream: { board, doubted: snapshot.streamId }, resnapshot: true };
  }

  return showing(boardOf(snapshot));
}

function receiveDelta(stream: Stream, delta: Delta): Step {
  const { board } = stream;
  if (board === null || delta.streamId !== board.streamId) return { stream, resnapshot: true };
  if (delta.to <= board.version) return unchanged(stream);
  if (delta.from !== board.version) return { stream, resnapshot: true };

  const rows = new Map(board.rows.map(row => [row.id, row]));
  for (const id of delta.removed) rows.delete(id);
  for (const row of delta.rows) rows.set(row.id, row);
  return showing({
    ...board,
    version: delta.to,
    asOf: delta.asOf,
    size: delta.size,
    rows: inOrder([...rows.values()]),
  });
}

function boardOf({ topic, streamId, version, asOf, window, size, rows }: Snapshot): Board {
  return { topic, streamId, version, asOf, window, size, rows: inOrder([...rows]) };
}

function inOrder(rows: Standing[]): Standing[] {
  return rows.sort((a, b) => a.place - b.place);
}

function showing(board: Board): Step {
  return { stream: { board, doubted: null }, resnapshot: false };
}

function unchanged(stream: Stream): Step {
  return { stream, resnapshot: false };
}
