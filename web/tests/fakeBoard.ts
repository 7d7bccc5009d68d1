import { emptyStream, receive, type Board, type Delta, type Message, type Snapshot, type Standing, type Stream } from '../src/live/stream';

/** Mulberry32: the same seed tells the same story. */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** The server's side as plainly as it can be written: sort everything, compare with what was last sent. */
export class FakeBoard {
  private readonly scores = new Map<string, { score: number; reachedAt: number }>();
  private stream = 1;
  private version = 1;
  private minute = 0;
  private sent: Board;

  constructor(private readonly random: Random) {
    for (let i = 0; i < 8; i++) this.score();
    this.sent = this.board();
  }

  board(): Board {
    const order = [...this.scores].sort(([, a], [, b]) => b.score - a.score || a.reachedAt - b.reachedAt);
    const rows = order.map(([id, { score, reachedAt }], index): Standing => ({
      id,
      name: `Star ${id}`,
      rank: 1 + order.filter(([, other]) => other.score > score).length,
      tiedWith: order.filter(([, other]) => other.score === score).length - 1,
      score,
      reachedAt: instant(reachedAt),
      place: index + 1,
    }));
    return {
      topic: 'board/programme/week/points',
      streamId: `stream-${this.stream}`,
      version: this.version,
      asOf: instant(this.minute),
      window: { period: 'week', id: '2011-W19', start: '2011-05-09', end: '2011-05-16' },
      size: rows.length,
      rows: rows.slice(0, 10),
    };
  }

  snapshot(): Snapshot {
    return { kind: 'snapshot', ...this.board() };
  }

  /** Something happens, and is told: usually a delta, sometimes a new stream. */
  change(): Message & (Snapshot | Delta) {
    if (this.random.chance(0.05)) {
      this.stream++;
      this.version = 1;
      this.minute++;
      if (this.random.chance(0.5)) this.scores.clear();
      this.score();
      this.sent = this.board();
      return { kind: 'snapshot', ...this.sent };
    }

    const from = this.version;
    const changes = 1 + this.random.below(4);
    for (let i = 0; i < changes; i++) this.score();
    this.version += changes;
    return this.deltaFrom(from);
  }

  private deltaFrom(from: number): Delta {
    const before = new Map(this.sent.rows.map(row => [row.id, JSON.stringify(row)]));
    const { topic, streamId, asOf, size, rows } = (this.sent = this.board());
    const present = new Set(rows.map(row => row.id));
    return {
      kind: 'delta', topic, streamId, from, to: this.version, asOf, size,
      removed: [...before.keys()].filter(id => !present.has(id)),
      rows: rows.filter(row => before.get(row.id) !== JSON.stringify(row)),
    };
  }

  /** Scores rise, and sometimes fall to nothing, as after a return. */
  private score(): void {
    this.minute++;
    const id = `m${this.random.below(16)}`;
    const score = (this.scores.get(id)?.score ?? 0) + 10 * (this.random.below(6) - 1);
    if (score > 0) this.scores.set(id, { score, reachedAt: this.minute });
    else this.scores.delete(id);
  }
}

/**
 * A bad network between the two: messages are lost, held back, sent twice and handed over in any order, and so
 * are the answers to the viewer's questions. At the end the network heals, and one more change is told in order.
 */
export function deliver(server: FakeBoard, random: Random): Stream {
  let stream = emptyStream;
  let inFlight: (Snapshot | Delta)[] = [server.snapshot()];

  const hear = (message: Snapshot | Delta) => {
    const step = receive(stream, message);
    stream = step.stream;
    return step.resnapshot;
  };

  for (let i = 0; i < 120; i++) {
    const told = server.change();
    if (!random.chance(0.2)) inFlight.push(told);
    if (random.chance(0.15)) inFlight.push(told);
    while (inFlight.length > 0 && random.chance(0.6)) {
      const [message] = inFlight.splice(random.below(Math.min(4, inFlight.length)), 1);
      if (message !== undefined && hear(message) && random.chance(0.8)) inFlight.push(server.snapshot());
    }
  }

  inFlight.push(server.change());
  while (inFlight.length > 0) {
    const message = inFlight.shift();
    if (message !== undefined && hear(message)) inFlight.push(server.snapshot());
  }

  return stream;
}

function instant(minute: number): string {
  return `${new Date(Date.UTC(2011, 4, 12) + minute * 60_000).toISOString().slice(0, 19)}+02:00`;
}
