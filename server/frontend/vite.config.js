import { defineConfig } from 'vite'

// Every page loads src/app.js; each island is an entry of its own and only its page loads it.
// Clerks' machines are old: no syntax newer than Chromium 89.
export default defineConfig({
  base: './',
  build: {
    outDir: '../static/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    license: { fileName: 'licenses.md' },
    target: 'chrome89',
    cssTarget: 'chrome89',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 600, // kB: the designer, which only designers load
    rollupOptions: { input: ['src/app.js', 'src/diagram/index.js', 'src/designer/index.js', 'src/documents/index.js'] },
  },
})
