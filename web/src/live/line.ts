import { HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import { waitBefore } from './backoff';
import { Answered } from './server';
import type { Message, RefusalReason } from './stream';

/** `polling` still shows the truth, only later; `lost` shows the last that was known. */
export type Link = 'connecting' | 'live' | 'lost' | 'polling';

/** `expired` means that the token opens nothing any more; the others concern what was asked for only. */
export type Refused = 'expired' | 'forbidden' | RefusalReason;

export interface LineUser<M> {
  readonly topics: readonly string[];
  /** A message of one of the topics that is no refusal. */
  hear(message: M): void;
  /** Asks the same over plain HTTP, for networks that let no socket through. Throws what the request threw. */
  poll(): Promise<void>;
  hasSomething(): boolean;
  link(link: Link): void;
  refused(reason: Refused): void;
  /** Connected anew: messages of all topics follow. */
  opened?(hub: HubConnection): Promise<void>;
}

export interface Line {
  /** One topic more, now and after every break. */
  follow(topic: string): void;
  /** Fails quietly while the connection is down: the next subscription brings a snapshot. */
  resnapshot(topic: string): void;
  /** Whether it was stopped or refused: nothing is heard any more. */
  isOver(): boolean;
  /** What was asked beside it was refused: it ends, and says so once, as if it had been refused itself. */
  refuse(reason: Refused): void;
  stop(): void;
}

const pollEveryMs = 5_000;

/**
 * Stays in touch with the server until stopped. There is one loop: connect, subscribe, stay until the connection
 * closes, wait, begin again. Polling runs beside it while the loop does not get through.
 */
export function openLine<M extends { topic: string; kind: string }>(token: string, user: LineUser<M>): Line {
  const topics = [...user.topics];
  let hub: HubConnection | null = null;
  let stopped = false;
  let failures = 0;
  let polling: number | undefined;
  let wake: () => void = () => {};

  function hear(message: M | Extract<Message, { kind: 'refused' }>): void {
    if (stopped || !topics.includes(message.topic)) return;
    if (message.kind !== 'refused') user.hear(message as M);
    else if ('reason' in message && message.reason !== 'unauthorised') refuse(message.reason);
    else void checkToken();
  }

  /** A refusal over the socket does not say whether the token died or only lacks this topic; HTTP does. */
  async function checkToken(): Promise<void> {
    try {
      await user.poll();
      startPolling();
    } catch (error) {
      if (error instanceof Answered) refuse(error.status === 401 ? 'expired' : 'forbidden');
    }
  }

  function refuse(reason: Refused): void {
    if (stopped) return;
    stop();
    user.refused(reason);
  }

  async function poll(): Promise<void> {
    try {
      await user.poll();
      if (!stopped && polling !== undefined) user.link('polling');
    } catch (error) {
      if (stopped || polling === undefined) return;
      const reason = error instanceof Answered ? refusalOf(error.status) : null;
      if (reason === null) user.link('lost');
      else refuse(reason);
    }
  }

  function startPolling(): void {
    if (polling !== undefined) return;
    polling = window.setInterval(() => void poll(), pollEveryMs);
    // With something to show, a short break may heal before the first poll is due.
    if (!user.hasSomething()) void poll();
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
      for (const topic of topics) await connection.invoke('Subscribe', topic);
      await user.opened?.(connection);
      failures = 0;
      stopPolling();
      user.link('live');
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
      if (failures === 1) user.link(user.hasSomething() ? 'lost' : 'connecting');
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

  function stop(): void {
    if (stopped) return;
    stopped = true;
    stopPolling();
    window.removeEventListener('online', onReturn);
    document.removeEventListener('visibilitychange', onReturn);
    wake();
    void hub?.stop();
  }

  window.addEventListener('online', onReturn);
  document.addEventListener('visibilitychange', onReturn);
  user.link('connecting');
  void stayConnected();
  return {
    follow: topic => {
      if (topics.includes(topic)) return;
      topics.push(topic);
      void hub?.invoke('Subscribe', topic).catch(() => {});
    },
    resnapshot: topic => void hub?.invoke('Resnapshot', topic).catch(() => {}),
    isOver: () => stopped,
    refuse,
    stop,
  };
}

/** What an answer means for what was asked; null for a fault that may pass. */
export function refusalOf(status: number): Refused | null {
  switch (status) {
    case 401: return 'expired';
    case 403: return 'forbidden';
    case 404: return 'unknown-topic';
    default: return null;
  }
}
