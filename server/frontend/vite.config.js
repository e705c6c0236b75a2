import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// Of the form editor we use the canvas: its panel, its viewer and its expressions stay out.
const UNUSED = /^(@codemirror\/.*|@bpmn-io\/(feel-editor|feelers-editor|feelin)|feelers|focus-trap|flatpickr|luxon|marked|dompurify)$/
const ofFormEditor = /@bpmn-io[\\/]form-js-(editor|viewer)[\\/]/
const canvasOnly = {
  name: 'canvas-only',
  enforce: 'pre',
  resolveId (source, importer) {
    if (!UNUSED.test(source) || !ofFormEditor.test(importer || '')) return null
    return fileURLToPath(new URL('src/forms/unused.js', import.meta.url))
  },
}

// Every page loads src/app.js; each island is an entry of its own and only its page loads it.
// Clerks' machines are old: no syntax newer than Chromium 89.
export default defineConfig({
  base: './',
  // the form editor pins an older one of its own: one page has one
  resolve: { dedupe: ['preact'] },
  plugins: [canvasOnly],
  build: {
    outDir: '../static/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    license: { fileName: 'licenses.md' },
    target: 'chrome89',
    cssTarget: 'chrome89',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 800, // kB: what designers draw with, which only they load
    rollupOptions: {
      input: ['app', 'diagram/index', 'designer/index', 'forms/index', 'documents/index', 'tables/index'].map((name) => `src/${name}.js`),
    },
  },
})
