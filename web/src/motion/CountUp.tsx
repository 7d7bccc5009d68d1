import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { between } from './between';
import { reducedMotion } from './reduced';

const countMs = 700;

/**
 * A number that counts to its new value. It writes to the page directly, since sixty renders a second of a
 * whole board would be wasted on a few digits; screen readers get the final value at once.
 */
export function CountUp({ value, format }: { value: number; format: (value: number) => string }) {
  const digits = useRef<HTMLSpanElement>(null);
  const shown = useRef(value);

  // Another language groups digits in another way: that is not a count.
  useLayoutEffect(() => {
    if (digits.current !== null) digits.current.textContent = format(shown.current);
  }, [format]);

  useEffect(() => {
    const from = shown.current;
    if (from === value || digits.current === null) return;
    const started = performance.now();
    let frame = 0;
    const count = (now: number) => {
      const done = reducedMotion() ? 1 : Math.min(1, Math.max(0, now - started) / countMs);
      const eased = 1 - (1 - done) ** 3;
      shown.current = between(from, value, eased);
      if (digits.current !== null) digits.current.textContent = format(shown.current);
      if (done < 1) frame = requestAnimationFrame(count);
    };
    frame = requestAnimationFrame(count);
    return () => cancelAnimationFrame(frame);
  }, [value, format]);

  return (
    <>
      <span class="unseen">{format(value)}</span>
      <span ref={digits} aria-hidden="true" />
    </>
  );
}
