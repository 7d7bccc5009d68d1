import { reducedMotion } from './reduced';
import { settleSeconds, springAt, springPath, type Spring } from './spring';

interface Seat {
  top: number;
  height: number;
  spring: Spring;
  slide: Animation | null;
}

/**
 * Makes the rows of a list slide when the list is reordered. The page is laid out at once, in its final
 * order; each moved row then starts where the eye last saw it and springs home, by transform alone.
 * Call `settle` after every layout.
 */
export class SlidingRows {
  private seats = new Map<string, Seat>();
  private frame = '';

  constructor(private readonly list: HTMLElement) {}

  settle(): void {
    // A resize moves every row, but nobody overtook anybody.
    const frame = `${this.list.clientWidth}×${this.list.clientHeight}@${window.innerWidth}`;
    const still = this.frame !== frame || reducedMotion();
    this.frame = frame;

    // Read everything, then write everything: one layout, not one a row.
    const rows = [...this.list.children].filter(child => child instanceof HTMLElement);
    const places = rows.map(row => ({ row, id: row.dataset['id'] ?? '', top: row.offsetTop, height: row.offsetHeight }));
    const opening = this.seats.size === 0;
    const seats = new Map<string, Seat>();
    places.forEach(({ row, id, top, height }, index) => {
      const before = this.seats.get(id);
      if (before === undefined && !reducedMotion()) arrive(row, opening ? index : 0);
      seats.set(id, before === undefined || still ? sit(before, top, height) : slide(row, before, top, height));
    });

    this.seats = seats;
  }
}

/**
 * A new row comes in from the side; at the opening one after the other, as tickets are dealt. Not a CSS animation,
 * because the browser starts those again whenever a row is moved within the list.
 */
function arrive(row: HTMLElement, order: number): void {
  const timing: KeyframeAnimationOptions = {
    duration: 500,
    delay: Math.min(order, 14) * 28,
    easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
    fill: 'backwards',
  };
  for (const part of row.children) part.animate([{ opacity: 0, transform: 'translateX(36px)' }, {}], timing);
}

const atRest: Spring = { distance: 0, speed: 0 };

function sit(before: Seat | undefined, top: number, height: number): Seat {
  before?.slide?.cancel();
  return { top, height, spring: atRest, slide: null };
}

function slide(row: HTMLElement, before: Seat, top: number, height: number): Seat {
  if (before.top === top && before.height === height) return before;
  const now = seenNow(before);
  const spring = { distance: before.top + now.distance - top, speed: now.speed };

  before.slide?.cancel();
  const timing: KeyframeAnimationOptions = { duration: settleSeconds * 1000, easing: 'linear' };
  const animation = row.animate(
    springPath(spring).map(distance => ({ transform: `translate3d(0, ${distance.toFixed(2)}px, 0)` })),
    timing,
  );

  // Whoever climbs passes in front of whoever is overtaken.
  row.style.zIndex = spring.distance > 0 ? '2' : '1';
  animation.onfinish = () => { row.style.zIndex = ''; };
  if (before.height !== height) grow(row, before.height / height, timing);
  return { top, height, spring, slide: animation };
}

/** A row that enters or leaves the podium changes size; its paper and its text grow by transform too. */
function grow(row: HTMLElement, ratio: number, timing: KeyframeAnimationOptions): void {
  const path = springPath({ distance: ratio - 1, speed: 0 });
  for (const part of row.querySelectorAll<HTMLElement>('[data-grow]')) {
    const tall = part.dataset['grow'] === 'height';
    const scales = path.map(rest => ({ transform: tall ? `scaleY(${1 + rest})` : `scale(${1 + rest})` }));
    part.animate(scales, timing);
  }
}

function seenNow({ spring, slide }: Seat): Spring {
  if (slide === null || slide.playState !== 'running') return atRest;
  return springAt(spring, Number(slide.currentTime ?? 0) / 1000);
}
