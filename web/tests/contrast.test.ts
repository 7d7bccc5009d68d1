import { expect, test } from 'vitest';
import css from '../src/style/base.css?raw';

/** Name, light value, dark value: `--page: light-dark(#ffc233, #14100a);` or one colour for both. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g)]
    .map(([, name, light, dark, both]) => [name, { light: light ?? both ?? '', dark: dark ?? both ?? '' }]),
);

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = colours.get(name);
  if (found === undefined) throw new Error(`base.css has no colour ${name}`);
  return found[theme];
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const texts = [
  ['ink', 'page'], ['ink-soft', 'page'], ['warn', 'page'], ['page', 'ink'],
  ['ink', 'paper'], ['paper-soft', 'paper'], ['warn', 'paper'],
  ['on-first', 'first'], ['on-second', 'second'], ['on-third', 'third'], ['on-gain', 'gain'],
] as const;

const shapes = [0, 1, 2, 3, 4, 5].map(hue => [`hue-${hue}`, 'paper'] as const);

test.each(['light', 'dark'] as const)('text and shapes stand out in the %s theme', theme => {
  for (const [text, ground] of texts) {
    expect(contrast(colour(text, theme), colour(ground, theme)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }

  for (const [shape, ground] of shapes) {
    expect(contrast(colour(shape, theme), colour(ground, theme)), `${shape} on ${ground}`).toBeGreaterThanOrEqual(3);
  }
});
