import { starOf } from '../board/star';
import { reachedPart, stampsMax } from './progress';

/** A stamp card for short goals, a bar for long ones. The number beside it says the same to screen readers. */
export function Stamps({ id, score, target }: { id: string; score: number; target: number }) {
  if (target > stampsMax) return <Bar part={reachedPart(score, target)} />;
  const { path } = starOf(id);
  return (
    <ol class="stamps" aria-hidden="true" style={{ '--count': target }}>
      {Array.from({ length: target }, (_, step) => (
        <li key={step} class={step < score ? 'stamp done' : 'stamp'}>
          <svg viewBox="0 0 32 32"><path d={path} /></svg>
        </li>
      ))}
    </ol>
  );
}

export function Bar({ part }: { part: number }) {
  return <div class="bar" aria-hidden="true"><i style={{ transform: `scaleX(${part})` }} /></div>;
}
