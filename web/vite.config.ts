import { defineConfig } from 'vitest/config';

// In development the pages come from Vite and everything else from a server started beside it.
const server = 'http://127.0.0.1:5080';

export default defineConfig({
  build: {
    outDir: '../api/wwwroot',
    emptyOutDir: true,
    // Fonts and images stay files, so that a strict Content-Security-Policy needs no data: sources.
    assetsInlineLimit: 0,
    target: 'es2022',
    // The browsers of shop screens are seldom new: newer CSS is written out in older words for them.
    cssTarget: ['chrome105', 'safari16'],
  },
  server: {
    proxy: {
      '/v1': server,
      '/live': { target: server, ws: true },
    },
  },
  test: { include: ['tests/**/*.test.ts'], css: true },
});
