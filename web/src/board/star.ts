/**
 * Pseudonyms are names of stars, so each member has a star of their own: its points and colour follow from the
 * public id, and help the eye to follow one row among many.
 */
export interface Star {
  readonly path: string;
  /** Index into the palette of the style sheet. */
  readonly hue: number;
}

const hues = 6;
const shapes: readonly (readonly [points: number, inner: number])[] = [
  [4, 0.38], [5, 0.5], [6, 0.58], [7, 0.62], [8, 0.56], [9, 0.72], [12, 0.78], [6, 0.36], [5, 0.3],
];

export function starOf(id: string): Star {
  const seed = hash(id);
  const [points, inner] = shapes[seed % shapes.length] ?? [5, 0.5];
  const turn = ((seed >>> 8) % 360) * (Math.PI / 180);
  const corners = Array.from({ length: points * 2 }, (_, i) => {
    const radius = i % 2 === 0 ? 15 : 15 * inner;
    const angle = turn + (i * Math.PI) / points;
    return `${(16 + radius * Math.sin(angle)).toFixed(1)} ${(16 - radius * Math.cos(angle)).toFixed(1)}`;
  });
  return { path: `M${corners.join('L')}Z`, hue: (seed >>> 20) % hues };
}

/** FNV-1a: small, and spread well enough for six colours. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
