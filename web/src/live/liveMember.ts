import { waitBefore } from './backoff';
import { openLine, type Link, type Refused } from './line';
import { Answered } from './server';

/** Where the member stands on the programme's board of this week. */
export interface WeekRank {
  /** Null without a score there. */
  readonly rank: number | null;
  readonly size: number;
  /** Where it would stand: it is off the boards by its own wish. */
  readonly isVirtual: boolean;
}

interface Told {
  readonly topic: string;
  readonly kind: 'snapshot';
  readonly member: WeekRank;
}

export interface MemberWatcher {
  /** Asks for the account again. False when a part of it could not be had. Throws what asking for the account itself threw. */
  load(): Promise<boolean>;
  hasSomething(): boolean;
  week(rank: WeekRank): void;
  link(link: Link): void;
  refused(reason: Refused): void;
}

/** In a replay a member may buy many times a second: nobody reads as fast. */
const loadEveryMs = 1_000;

/** Follows the member's own topic, and asks for the account whenever it says something: at most once a second, and once more for what came meanwhile. */
export function followMember(token: string, watcher: MemberWatcher): { reload(): void; stop(): void } {
  let isBusy = false;
  let again = false;
  let failures = 0;

  const line = openLine<Told>(token, {
    topics: ['member/me'],
    hear: ({ member }) => {
      watcher.week(member);
      void reload();
    },
    poll: async () => void (await watcher.load()),
    hasSomething: () => watcher.hasSomething(),
    link: link => watcher.link(link),
    refused: reason => watcher.refused(reason),
  });

  async function reload(): Promise<void> {
    again = isBusy;
    if (isBusy || line.isOver()) return;
    isBusy = true;
    let isWhole = false;
    try {
      isWhole = await watcher.load();
    } catch (error) {
      if (error instanceof Answered && error.status === 401) return line.refuse('expired');
    }

    failures = isWhole ? 0 : failures + 1;
    again ||= !isWhole;
    window.setTimeout(() => {
      isBusy = false;
      if (again) void reload();
    }, failures === 0 ? loadEveryMs : waitBefore(failures));
  }

  return { reload: () => void reload(), stop: line.stop };
}
