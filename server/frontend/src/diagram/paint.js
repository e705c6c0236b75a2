// Colours, words and links on the shapes of a diagram.

/** Item code of a call activity (<lb:item code="R09"/>), with the way it is granted if the diagram
    draws that apart (R09:commitment); any other element is known by its id. */
function keyOf (element) {
  const values = element.businessObject.extensionElements?.values || []
  const item = values.find((value) => value.$type === 'lb:item')
  return item ? [item.code, item.mode].filter(Boolean).join(':') : element.id
}

function badge (words, classes) {
  const line = document.createElement('div')
  line.className = classes
  line.textContent = words
  return line
}

function addLink (viewer, element, href, words) {
  const url = new URL(href, location.href)
  if (url.origin !== location.origin) return
  const shape = viewer.get('elementRegistry').getGraphics(element)
  const name = [element.businessObject.name, ...words].filter(Boolean).join('，')
  shape.setAttribute('tabindex', '0')
  shape.setAttribute('role', 'link')
  shape.setAttribute('aria-label', name)
  viewer.get('canvas').addMarker(element, 'has-link')
  shape.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') location.assign(url)
  })
  viewer.get('eventBus').on('element.click', ({ element: clicked }) => {
    if (clicked === element || clicked === element.label) location.assign(url)
  })
}

function paintOne (viewer, element, tables) {
  const key = tables.compared ? element.id : keyOf(element)
  const state = tables.states[key]
  const words = [tables.labels[state], tables.badges[key]].filter(Boolean)
  if (state) viewer.get('canvas').addMarker(element, `is-${state}`)
  if (words.length) {
    const box = document.createElement('div')
    box.className = 'item-badges'
    if (tables.labels[state]) box.append(badge(tables.labels[state], `item-badge is-${state}`))
    if (tables.badges[key]) {
      box.append(badge(tables.badges[key], `item-badge light-${tables.lights[key] || 'none'}`))
    }
    viewer.get('overlays').add(element, {
      position: { top: -13, left: 5 },
      html: box,
      scale: { min: 0.8, max: 1.1 },
    })
  }
  if (tables.links[key]) addLink(viewer, element, tables.links[key], words)
}

/** An arrow has the colour of its state, and in its middle the sign that its label begins with. */
function paintArrow (viewer, arrow, tables) {
  const state = tables.states[arrow.id]
  viewer.get('canvas').addMarker(arrow, `is-${state}`)
  if (state === 'moved') return
  const points = arrow.waypoints
  const half = Math.floor((points.length - 1) / 2)
  const [from, to] = [points[half], points[half + 1]]
  const left = (from.x + to.x) / 2 - Math.min(...points.map(({ x }) => x))
  const top = (from.y + to.y) / 2 - Math.min(...points.map(({ y }) => y))
  const [sign] = tables.labels[state].split(' ')
  const html = badge(sign, `item-badge is-${state}`)
  html.title = tables.labels[state]
  viewer.get('overlays').add(arrow, { position: { left: left - 10, top: top - 10 }, html })
}

export function paint (viewer, tables) {
  viewer.get('elementRegistry').forEach((element) => {
    if (tables.compared && element.waypoints && tables.states[element.id]) {
      paintArrow(viewer, element, tables)
    }
    if (element.parent && !element.waypoints && element.type !== 'label') {
      paintOne(viewer, element, tables)
    }
  })
}
