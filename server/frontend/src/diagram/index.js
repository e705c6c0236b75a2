// The picture of a process: what each item is doing now, readable without colour, on any screen.
//   <div data-diagram="/url/of/xml" data-states='{"R01": "approved"}' data-labels='{"approved": "已批准"}'
//        data-badges='{"R01": "剩 2 天"}' data-lights='{"R01": "red"}' data-links='{"R01": "/tasks/3"}'>
// Keys are item codes, or ids of elements that are not items. All words come from the page.
// data-together="1": compared with the others of that name; keys are ids, arrows have states too.
import Viewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './diagram.css'
import { paint } from './paint.js'
import { join } from './together.js'
import { addTouch } from './touch.js'
import { fit, hasMore, widenLabels, zoomBy } from './view.js'

const table = (host, name) => JSON.parse(host.dataset[name] || '{}')

async function load (url) {
  const response = await fetch(url, { headers: { Accept: 'application/xml' } })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.text()
}

function addButtons (host, viewer) {
  const does = {
    in: () => zoomBy(viewer, 1.25),
    out: () => zoomBy(viewer, 0.8),
    fit: () => fit(viewer, true),
  }
  host.addEventListener('click', ({ target }) => {
    does[target.closest('[data-zoom]')?.dataset.zoom]?.()
  })
}

function addKeys (host, viewer) {
  const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }
  const scales = { '+': 1.25, '=': 1.25, '-': 0.8 }
  host.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const [dx, dy] = steps[event.key] || []
    if (steps[event.key]) viewer.get('canvas').scroll({ dx, dy })
    else if (scales[event.key]) zoomBy(viewer, scales[event.key])
    else if (event.key === '0') fit(viewer, true)
    else return
    event.preventDefault()
  })
}

/** The wheel moves the picture while there is more of it that way, and then the page. */
function shareWheel (host, viewer) {
  host.addEventListener('wheel', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    if (!hasMore(viewer, event.deltaY)) event.stopPropagation()
  }, { capture: true, passive: true })
}

/** A phone that was turned shows the picture anew; one that hid its address bar does not. */
function refitOnTurn (container, viewer) {
  let width = container.clientWidth
  addEventListener('resize', () => {
    if (container.clientWidth === width) return
    width = container.clientWidth
    fit(viewer)
  })
}

async function draw (host) {
  const container = host.querySelector('[data-canvas]')
  const fontFamily = getComputedStyle(host).fontFamily
  const viewer = new Viewer({
    container,
    textRenderer: {
      defaultStyle: { fontFamily, fontSize: '14px' },
      externalStyle: { fontFamily, fontSize: '13px' },
    },
  })
  await viewer.importXML(await load(host.dataset.diagram))
  widenLabels(viewer)
  paint(viewer, {
    states: table(host, 'states'),
    labels: table(host, 'labels'),
    badges: table(host, 'badges'),
    lights: table(host, 'lights'),
    links: table(host, 'links'),
    compared: 'together' in host.dataset,
  })
  addButtons(host, viewer)
  addKeys(host, viewer)
  shareWheel(host, viewer)
  addTouch(container, viewer)
  container.querySelector('svg').setAttribute('aria-label', host.getAttribute('aria-label'))
  fit(viewer)
  refitOnTurn(container, viewer)
  if (host.dataset.together) join(viewer, host.dataset.together)
}

function show (host) {
  draw(host)
    .then(() => { host.dataset.drawn = 'yes' })
    .catch((error) => {
      host.dataset.drawn = 'no'
      console.warn(error)
    })
}

for (const host of document.querySelectorAll('[data-diagram]')) {
  const folded = host.closest('details:not([open])') // has no size yet
  if (folded) folded.addEventListener('toggle', () => show(host), { once: true })
  else show(host)
}
