import { openLine, type Link, type Refused } from './line';
import { fetchBoard } from './server';
import { emptyStream, receive, type Board, type Delta, type Snapshot } from './stream';
import { topicOf, type BoardChoice } from './topic';

export interface Watcher {
  board(board: Board): void;
  link(link: Link): void;
  refused(reason: Refused): void;
}

const askAgainAfterMs = 1_000;
/** A lost last delta leaves no gap behind it, so a long silence is checked too. */
const silenceMs = 60_000;

/** Follows one board until the returned function is called. */
export function followBoard(choice: BoardChoice, token: string, watcher: Watcher): () => void {
  const topic = topicOf(choice);
  let stream = emptyStream;
  let stopped = false;
  let asking: number | undefined;
  let heardAt = performance.now();

  const line = openLine<Snapshot | Delta>(token, {
    topics: [topic],
    hear: take,
    poll: async () => take(await fetchBoard(choice, token)),
    hasSomething: () => stream.board !== null,
    link: link => watcher.link(link),
    refused: reason => {
      stop();
      watcher.refused(reason);
    },
  });

  function take(message: Snapshot | Delta): void {
    if (stopped) return;
    heardAt = performance.now();
    const before = stream.board;
    const step = receive(stream, message);
    stream = step.stream;
    if (step.resnapshot) askForSnapshot();
    if (stream.board === null || stream.board === before) return;
    stopAsking();
    watcher.board(stream.board);
  }

  /** Asks until a message fits again, once a second: a burst of misfits is one question. */
  function askForSnapshot(): void {
    if (asking !== undefined) return;
    asking = window.setInterval(() => line.resnapshot(topic), askAgainAfterMs);
    line.resnapshot(topic);
  }

  function stopAsking(): void {
    window.clearInterval(asking);
    asking = undefined;
  }

  const silence = window.setInterval(() => {
    if (performance.now() - heardAt < silenceMs) return;
    heardAt = performance.now();
    askForSnapshot();
  }, 5_000);

  function stop(): void {
    stopped = true;
    stopAsking();
    window.clearInterval(silence);
    line.stop();
  }

  return stop;
}
