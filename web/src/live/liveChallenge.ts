import type { HubConnection } from '@microsoft/signalr';
import { fetchChallenge, type AnsweredChallenge, type Challenge, type Own, type Totals } from './challenge';
import { openLine, refusalOf, type Link, type Refused } from './line';
import { businessTime, localNow, measured, type BusinessTime, type ServerClock } from './serverClock';
import { Answered } from './server';

interface Told {
  readonly topic: string;
  readonly kind: 'snapshot';
  readonly asOf: string;
  readonly challenge?: Totals & { readonly run: number; readonly shownVersion: number };
  readonly own?: Own & { readonly run: number };
}

export interface ChallengeWatcher {
  challenge(challenge: Challenge, time: BusinessTime): void;
  link(link: Link): void;
  refused(reason: Refused): void;
}

export interface FollowedChallenge {
  /** The answer to a command of this page: shown whatever was known before. */
  take(answer: AnsweredChallenge): void;
  stop(): void;
}

const roundTrips = 5;

/**
 * Follows a challenge: all of it over HTTP, then what moves by its topics. An older run no longer moves and is only
 * read. A message that speaks of another run, phase or version than the page shows makes it read all of it again.
 */
export function followChallenge(id: string, run: number | null, token: string, watcher: ChallengeWatcher): FollowedChallenge {
  const totals = `challenge/${id}`;
  const own = `${totals}/me`;
  let known: Challenge | null = null;
  let clock: ServerClock | null = null;
  let heard = 0;
  let heardAt = 0;
  let reading: Promise<void> | null = null;
  let again = false;

  const line = openLine<Told>(token, {
    topics: run === null ? [totals] : [],
    hear,
    poll: read,
    hasSomething: () => known !== null,
    link: link => watcher.link(link),
    refused: reason => watcher.refused(reason),
    opened,
  });
  read().catch(failed);

  async function opened(hub: HubConnection): Promise<void> {
    await (reading ?? read());
    // Only a member has a part of its own to follow.
    if (run === null && known?.own != null) line.follow(own);
    // The device may have slept: what was measured before says nothing any more.
    clock = null;
    for (let trip = 0; trip < roundTrips && !line.isOver(); trip++) {
      const sentAt = localNow();
      const serverTime = await hub.invoke<number>('Time');
      if (serverTime > 0) clock = measured(clock, { sentAt, receivedAt: localNow(), serverTime });
    }

    tell();
  }

  /** One question at a time: what changed while it was under way is asked for after it. */
  function read(): Promise<void> {
    if (reading !== null) {
      again = true;
      return reading;
    }

    reading = ask().finally(() => {
      reading = null;
      if (!again || line.isOver()) return;
      again = false;
      read().catch(failed);
    });
    return reading;
  }

  async function ask(): Promise<void> {
    const sentAt = localNow();
    const answer = await fetchChallenge(id, run, token);
    const sample = { sentAt, receivedAt: localNow(), serverTime: Date.parse(answer.serverTime) };
    // Without a socket the answers tell the time, unless the business time is another one.
    if (Math.abs(sample.serverTime - sample.receivedAt) < 3_600_000) clock ??= measured(null, sample);
    take(answer);
  }

  function take(answer: AnsweredChallenge): void {
    hearTime(answer.serverTime);
    known = answer;
    tell();
  }

  function hear(message: Told): void {
    if (known === null) return;
    if (message.own !== undefined) {
      const { run: newest, ...part } = message.own;
      // Who has joined and done nothing yet is not among those that are counted: only the account knows of it.
      if (newest === known.run && part.joined) show({ ...known, own: part });
      else if (known.own === null || known.own.score !== part.score) read().catch(failed);
    }

    if (message.challenge !== undefined) {
      const { run: newest, shownVersion, ...moved } = message.challenge;
      hearTime(message.asOf);
      if (newest === known.run && moved.phase === known.phase && shownVersion === (known.versions.at(-1)?.version ?? 0)) show({ ...known, ...moved });
      else read().catch(failed);
    }
  }

  function hearTime(instant: string): void {
    heard = Date.parse(instant);
    heardAt = localNow();
  }

  function show(challenge: Challenge): void {
    known = challenge;
    tell();
  }

  function tell(): void {
    if (!line.isOver() && known !== null) watcher.challenge(known, businessTime(clock, heard, heardAt));
  }

  function failed(error: unknown): void {
    const reason = error instanceof Answered ? refusalOf(error.status) : null;
    if (reason !== null) line.refuse(reason);
  }

  return { take, stop: line.stop };
}
