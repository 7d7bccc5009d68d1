import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** The first three rows are taller: together they take this much more than three. */
const podiumExtra = 0.7 + 0.25 + 0.25;

/**
 * How many rows a full screen holds, at a size that reads from three metres, and the row height that fills it
 * to the edge. Null off kiosk, where the page scrolls.
 */
export function useFit(list: RefObject<HTMLElement | null>, kiosk: boolean): number | null {
  const [fit, setFit] = useState(10);

  useLayoutEffect(() => {
    const stage = list.current?.parentElement;
    if (!kiosk || stage == null) return;
    const measure = () => {
      const { height, gap, smallest } = roomIn(stage);
      const count = Math.max(3, Math.min(45, Math.floor((height + gap) / (smallest + gap) - podiumExtra)));
      stage.style.setProperty('--unit', `${(height - gap * (count - 1)) / (count + podiumExtra)}px`);
      setFit(count);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    measure();
    return () => {
      observer.disconnect();
      stage.style.removeProperty('--unit');
    };
  }, [kiosk]);

  return kiosk ? fit : null;
}

function roomIn(stage: HTMLElement): { height: number; gap: number; smallest: number } {
  const style = getComputedStyle(stage);
  const height = stage.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const shortSide = Math.min(window.innerWidth, window.innerHeight);
  return { height, gap: shortSide * 0.0085, smallest: shortSide * 0.0735 };
}
