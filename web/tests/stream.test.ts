import { describe, expect, test } from 'vitest';
import { emptyStream, receive, type Delta, type Snapshot, type Standing, type Step } from '../src/live/stream';
import { deliver, FakeBoard, Random } from './fakeBoard';

const opening = new FakeBoard(new Random(1)).snapshot();

function delta(change: Partial<Delta>): Delta {
  return {
    kind: 'delta', topic: opening.topic, streamId: opening.streamId, asOf: '2011-05-12T15:00:00+02:00',
    from: opening.version, to: opening.version + 1, size: opening.size, removed: [], rows: [], ...change,
  };
}

function after(...messages: (Snapshot | Delta)[]): Step {
  const nothing: Step = { stream: emptyStream, resnapshot: false };
  return messages.reduce((step, message) => receive(step.stream, message), nothing);
}

describe('a board stream', () => {
  test('a delta before any snapshot asks for one', () => {
    expect(after(delta({}))).toEqual({ stream: emptyStream, resnapshot: true });
  });

  test('a fitting delta replaces, adds and removes rows and keeps them in order of place', () => {
    const [first, second] = opening.rows as [Standing, Standing];
    const moved = [{ ...second, place: 1, rank: 1 }, { ...first, id: 'new', place: 2, rank: 2 }];
    const { stream, resnapshot } = after(opening, delta({ removed: [first.id], rows: moved, size: 99 }));
    expect(resnapshot).toBe(false);
    expect(stream.board?.version).toBe(opening.version + 1);
    expect(stream.board?.size).toBe(99);
    expect(stream.board?.rows.slice(0, 2).map(row => row.id)).toEqual([second.id, 'new']);
    expect(stream.board?.rows.some(row => row.id === first.id)).toBe(false);
  });

  test('a repeated or old delta changes nothing', () => {
    const before = after(opening);
    expect(receive(before.stream, delta({ to: opening.version }))).toEqual(before);
    expect(receive(before.stream, delta({ to: opening.version - 1 })).stream).toBe(before.stream);
  });

  test('a gap asks for a snapshot and shows what was known', () => {
    const before = after(opening);
    const step = receive(before.stream, delta({ from: opening.version + 1, to: opening.version + 2 }));
    expect(step).toEqual({ stream: before.stream, resnapshot: true });
  });

  test('a delta that overlaps what is shown asks too, since it may hide a removal', () => {
    const step = receive(after(opening).stream, delta({ from: opening.version - 1, to: opening.version + 1 }));
    expect(step.resnapshot).toBe(true);
  });

  test('an older snapshot of the same stream changes nothing', () => {
    const before = after(opening, delta({}));
    expect(receive(before.stream, opening)).toEqual(before);
  });

  test('a new stream replaces the window', () => {
    const window = { period: 'week', id: '2011-W20', start: '2011-05-16', end: '2011-05-23' } as const;
    const next: Snapshot = { ...opening, streamId: 'next', version: 1, asOf: '2011-05-16T00:00:05+02:00', window, rows: [] };
    expect(after(opening, next).stream.board?.window).toEqual(window);
  });

  test('the echo of an ended stream is doubted, and believed when the server repeats it', () => {
    const echo: Snapshot = { ...opening, streamId: 'ended', asOf: '2011-05-11T00:00:00+02:00' };
    const doubting = after(opening, echo);
    expect(doubting.resnapshot).toBe(true);
    expect(doubting.stream.board?.streamId).toBe(opening.streamId);
    expect(receive(doubting.stream, echo).stream.board?.streamId).toBe('ended');
  });

  test.each(Array.from({ length: 300 }, (_, seed) => seed))(
    'drops, delays, repeats and reorders end at the server\'s state (seed %i)',
    seed => {
      const random = new Random(seed);
      const server = new FakeBoard(random);
      const stream = deliver(server, random);
      expect(stream.board).toEqual(server.board());
    },
  );
});
