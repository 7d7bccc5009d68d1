import { HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import { waitBefore } from './backoff';
import { Answered, fetchBoard } from './server';
import { emptyStream, receive, type Board, type Message, type RefusalReason, type Snapshot, type Delta } from './stream';
import { topicOf, type BoardChoice } from './topic';

/** `polling` still shows the truth, only later; `lost` shows the last that was known. */
export type Link = 'connecting' | 'live' | 'lost' | 'polling';

export interface Watcher {
  board(board: Board): void;
  link(link: Link): void;
  /** `expired` means that the token opens nothing any more; the others concern this board only. */
  refused(reason: 'expired' | 'forbidden' | RefusalReason): void;
}

const pollEveryMs = 5_000;
const askAgainAfterMs = 1_000;
/** A lost last delta leaves no gap behind it, so a long silence is checked too. */
const silenceMs = 60_000;

/**
 * Follows one board until the returned function is called. There is one loop: connect, subscribe, stay until
 * the connection closes, wait, begin again. Polling runs beside it while the loop does not get through.
 */
export function followBoard(choice: BoardChoice, token: string, watcher: Watcher): () => void {
  const topic = topicOf(choice);
  let stream = emptyStream;
  let hub: HubConnection | null = null;
  let stopped = false;
  let failures = 0;
  let asking: number | undefined;
  let heardAt = performance.now();
  let polling: number | undefined;
  let wake: () => void = () => {};

  function take(message: Snapshot | Delta): void {
    heardAt = performance.now();
    const before = stream.board;
    const step = receive(stream, message);
    stream = step.stream;
    if (step.resnapshot) askForSnapshot();
    if (stream.board === null || stream.board === before) return;
    stopAsking();
    watcher.board(stream.board);
  }

  function hear(message: Message): void {
    if (stopped || message.topic !== topic) return;
    if (message.kind !== 'refused') take(message);
    else if (message.reason === 'unauthorised') void checkToken();
    else refuse(message.reason);
  }

  /** Asks until a message fits again, once a second: a burst of misfits is one question. */
  function askForSnapshot(): void {
    if (asking !== undefined) return;
    const ask = () => {
      hub?.invoke('Resnapshot', topic).catch(() => {
        // The connection is going down; the loop takes over and the next subscription brings a snapshot.
      });
    };
    asking = window.setInterval(ask, askAgainAfterMs);
    ask();
  }

  function stopAsking(): void {
    window.clearInterval(asking);
    asking = undefined;
  }

  /** A refusal over the socket does not say whether the token died or only lacks this board; HTTP does. */
  async function checkToken(): Promise<void> {
    try {
      take(await fetchBoard(choice, token));
      startPolling();
    } catch (error) {
      if (error instanceof Answered) refuse(error.status === 401 ? 'expired' : 'forbidden');
    }
  }

  function refuse(reason: Parameters<Watcher['refused']>[0]): void {
    if (stopped) return;
    stop();
    watcher.refused(reason);
  }

  async function poll(): Promise<void> {
    try {
      const board = await fetchBoard(choice, token);
      if (stopped || polling === undefined) return;
      take(board);
      watcher.link('polling');
    } catch (error) {
      if (stopped || polling === undefined) return;
      if (error instanceof Answered && error.status === 401) refuse('expired');
      else if (error instanceof Answered && error.status === 403) refuse('forbidden');
      else if (error instanceof Answered && error.status === 404) refuse('unknown-topic');
      else watcher.link('lost');
    }
  }

  function startPolling(): void {
    if (polling !== undefined) return;
    polling = window.setInterval(() => void poll(), pollEveryMs);
    // With something to show, a short break may heal before the first poll is due.
    if (stream.board === null) void poll();
  }

  function stopPolling(): void {
    window.clearInterval(polling);
    polling = undefined;
  }

  async function connectOnce(): Promise<void> {
    const connection = new HubConnectionBuilder()
      .withUrl('/live', { accessTokenFactory: () => token })
      .configureLogging(LogLevel.None)
      .build();
    connection.on('message', hear);
    const closed = new Promise<void>(resolve => connection.onclose(() => resolve()));
    try {
      await connection.start();
      if (stopped) return;
      hub = connection;
      await connection.invoke('Subscribe', topic);
      failures = 0;
      stopPolling();
      watcher.link('live');
      await closed;
    } finally {
      hub = null;
      await connection.stop();
    }
  }

  async function stayConnected(): Promise<void> {
    while (!stopped) {
      await connectOnce().catch(() => {});
      if (stopped) return;
      failures++;
      if (failures === 1) watcher.link(stream.board === null ? 'connecting' : 'lost');
      startPolling();
      await pause(waitBefore(failures));
    }
  }

  /** Ends early when the network or the viewer comes back. */
  function pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = window.setTimeout(resolve, ms);
      wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });
  }

  function onReturn(): void {
    if (document.visibilityState === 'visible') wake();
  }

  const silence = window.setInterval(() => {
    if (performance.now() - heardAt < silenceMs) return;
    heardAt = performance.now();
    askForSnapshot();
  }, 5_000);

  function stop(): void {
    if (stopped) return;
    stopped = true;
    stopPolling();
    stopAsking();
    window.clearInterval(silence);
    window.removeEventListener('online', onReturn);
    document.removeEventListener('visibilitychange', onReturn);
    wake();
    void hub?.stop();
  }

  window.addEventListener('online', onReturn);
  document.addEventListener('visibilitychange', onReturn);
  watcher.link('connecting');
  void stayConnected();
  return stop;
}
