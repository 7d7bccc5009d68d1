import { openLine, type Link, type Refused } from './line';
import { getJson } from './server';

interface Told<T> {
  readonly topic: string;
  readonly kind: 'snapshot';
  readonly content: T;
}

export interface AskedWatcher<T> {
  heard(content: T): void;
  link(link: Link): void;
  refused(reason: Refused): void;
}

/** Follows a topic that always says all of itself, the same that its address answers. */
export function followAsked<T>(topic: string, path: string, token: string, watcher: AskedWatcher<T>): { stop(): void } {
  let known = false;
  return openLine<Told<T>>(token, {
    topics: [topic],
    hear: message => take(message.content),
    poll: async () => take(await getJson<T>(path, token)),
    hasSomething: () => known,
    link: link => watcher.link(link),
    refused: reason => watcher.refused(reason),
  });

  function take(content: T): void {
    known = true;
    watcher.heard(content);
  }
}
