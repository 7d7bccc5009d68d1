import { expect, test } from 'vitest';

const sources = import.meta.glob<string>('../src/**/*.tsx', { query: '?raw', import: 'default', eager: true });

test('browsers read every pattern of a field, as they do: with the v flag', () => {
  const patterns = Object.values(sources).flatMap(source => [...source.matchAll(/ pattern="([^"]+)"/g)].map(found => found[1] ?? ''));
  expect(patterns.length).toBeGreaterThan(0);
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'v'), pattern).not.toThrow();
});
