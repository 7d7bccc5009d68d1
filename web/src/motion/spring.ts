/**
 * A critically damped spring pulled towards zero, solved in closed form: where it is and how fast it moves
 * follow from the time alone. So a movement can be handed to the browser's compositor as keyframes and still
 * be interrupted halfway, position and speed kept, without reading anything back from the page.
 */
export interface Spring {
  /** Distance from rest, in pixels. */
  readonly distance: number;
  /** Pixels a second; negative is towards zero from the positive side. */
  readonly speed: number;
}

/** Higher is stiffer. At 9 a row is home in about seven tenths of a second. */
const stiffness = 9;

export function springAt({ distance, speed }: Spring, seconds: number): Spring {
  const pull = speed + stiffness * distance;
  const decay = Math.exp(-stiffness * seconds);
  return {
    distance: (distance + pull * seconds) * decay,
    speed: (speed - stiffness * pull * seconds) * decay,
  };
}

/** Long enough that what is left to go cannot be seen. */
export const settleSeconds = 0.9;

const steps = 27;

/** The whole movement as evenly spaced distances, ending exactly at rest. */
export function springPath(spring: Spring): number[] {
  const path = Array.from({ length: steps }, (_, i) => springAt(spring, (i / steps) * settleSeconds).distance);
  return [...path, 0];
}
