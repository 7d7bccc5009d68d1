/**
 * What the server's clock says, as far as this client can know: half of the shortest round trip off at most. Every
 * client that counts down to one instant of the server then shows it in the same moment, whatever its own clock says.
 *
 * Pure: times of this client are milliseconds of one clock that does not jump.
 */
export interface ServerClock {
  /** The server's time less this client's. */
  readonly offset: number;
  readonly error: number;
  readonly measuredAt: number;
}

/** One question: when it left, when its answer came, and what the server's clock said in between. */
export interface Sample {
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly serverTime: number;
}

/** Quartz drifts a few tens of milliseconds in this time: then an older, closer sample is worth no more than a new one. */
const goodForMs = 600_000;

/** The closer of what was known and what the sample says. */
export function measured(clock: ServerClock | null, { sentAt, receivedAt, serverTime }: Sample): ServerClock {
  const next = { offset: serverTime - (sentAt + receivedAt) / 2, error: (receivedAt - sentAt) / 2, measuredAt: receivedAt };
  return clock !== null && receivedAt - clock.measuredAt < goodForMs && clock.error <= next.error ? clock : next;
}

/**
 * The business time, by which a programme's instants are meant. Live it is the server's own; in a replay or a sandbox
 * it stands where it was put, and nothing can be counted down.
 */
export interface BusinessTime {
  readonly clock: ServerClock | null;
  /** Where it stood when it was last heard of. */
  readonly heard: number;
  readonly stands: boolean;
}

/** A live answer may be this old when it comes. */
const liveWithinMs = 15_000;

/** @param heardAt when `heard` was heard, by this client. */
export function businessTime(clock: ServerClock | null, heard: number, heardAt: number): BusinessTime {
  return { clock, heard, stands: clock === null || Math.abs(heardAt + clock.offset - heard) > liveWithinMs };
}

export function businessNow({ clock, heard, stands }: BusinessTime, local: number): number {
  return stands || clock === null ? heard : local + clock.offset;
}

/** Milliseconds since 1970 by a clock that goes on evenly when somebody sets the device's. */
export function localNow(): number {
  return performance.timeOrigin + performance.now();
}
