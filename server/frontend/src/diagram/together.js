// Two versions of a diagram: they move together, and a click in the list shows an element in both.
//   <a href="#d-1" data-in="1" data-select="R01">
const groups = new Map()
let leading = false

export function join (viewer, name) {
  const group = groups.get(name) || groups.set(name, []).get(name)
  if (group.length) {
    const { x, y, width, height } = group[0].get('canvas').viewbox()
    viewer.get('canvas').viewbox({ x, y, width, height })
  }
  group.push(viewer)
  viewer.get('eventBus').on('canvas.viewbox.changed', ({ viewbox: { x, y, width, height } }) => {
    if (leading) return
    leading = true
    for (const other of group) {
      if (other !== viewer) other.get('canvas').viewbox({ x, y, width, height })
    }
    leading = false
  })
}

function choose (viewer, id) {
  const canvas = viewer.get('canvas')
  const registry = viewer.get('elementRegistry')
  registry.filter((element) => canvas.hasMarker(element, 'is-chosen'))
    .forEach((element) => canvas.removeMarker(element, 'is-chosen'))
  const element = registry.get(id)
  if (element) canvas.addMarker(element, 'is-chosen')
  return element
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-select]')
  const group = link && groups.get(link.dataset.in)
  if (!group) return
  event.preventDefault()
  const [viewer] = group.filter((each) => choose(each, link.dataset.select))
  document.getElementById(`d-${link.dataset.in}`).scrollIntoView({ block: 'nearest' })
  viewer?.get('canvas').scrollToElement(link.dataset.select, 80)
})
