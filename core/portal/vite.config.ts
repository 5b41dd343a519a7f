import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { noncePlaceholder } from './page-policy.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  // styled-components reads the nonce from the meta tag that Vite writes; the server puts a fresh one in at each answer.
  html: { cspNonce: noncePlaceholder },
  build: {
    // Nothing inline: the page policy allows no data: scripts and keeps fonts and pictures as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
  },
});
