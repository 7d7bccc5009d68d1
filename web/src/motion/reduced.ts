const query = window.matchMedia('(prefers-reduced-motion: reduce)');

/** Asked at each movement, since the setting can change while a screen runs for weeks. */
export function reducedMotion(): boolean {
  return query.matches;
}
