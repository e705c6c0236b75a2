// How much of the picture is seen. Letters must stay readable: a diagram too large for the box is
// not shrunk below that; it is shown around its first open item, or what is new, and can be moved.
const READABLE = 0.7
const MARGIN = 24
const FIRST = ['is-reviewing', 'is-added', 'is-removed', 'is-changed']

function startingPoint (viewer) {
  const registry = viewer.get('elementRegistry')
  const canvas = viewer.get('canvas')
  const open = (element) => element.parent && !element.waypoints &&
    FIRST.some((marker) => canvas.hasMarker(element, marker))
  return registry.find(open) || registry.find(({ type }) => type === 'bpmn:StartEvent')
}

/** Where to begin along one axis: everything in the middle, or else around `point`. */
function begin (from, length, seen, margin, point) {
  const room = seen - length
  if (room >= 2 * margin) return from - room / 2
  return Math.max(from - margin, Math.min(point - seen / 2, from + length + margin - seen))
}

/** Show everything if it stays readable; `whole` shows everything in any case. */
export function fit (viewer, whole = false) {
  const canvas = viewer.get('canvas')
  canvas.resized()
  const { inner, outer } = canvas.viewbox()
  const fitting = Math.min(
    1,
    (outer.width - 2 * MARGIN) / inner.width,
    (outer.height - 2 * MARGIN) / inner.height,
  )
  const scale = whole ? fitting : Math.max(fitting, READABLE)
  const margin = MARGIN / scale
  const width = outer.width / scale
  const height = outer.height / scale
  const start = startingPoint(viewer) || inner
  canvas.viewbox({
    x: begin(inner.x, inner.width, width, margin, start.x + start.width / 2),
    y: begin(inner.y, inner.height, height, margin, start.y + start.height / 2),
    width,
    height,
  })
}

export function zoomBy (viewer, factor) {
  const canvas = viewer.get('canvas')
  canvas.zoom(Math.max(0.15, Math.min(3, canvas.zoom() * factor)), 'auto')
}

/** Is there more of the picture below (down > 0) or above (down < 0) what is seen? */
export function hasMore (viewer, down) {
  const { inner, y, height } = viewer.get('canvas').viewbox()
  return down > 0 ? inner.y + inner.height > y + height : inner.y < y
}

/** Boxes of labels are drawn for smaller letters than ours: give the words room on both sides. */
export function widenLabels (viewer) {
  const registry = viewer.get('elementRegistry')
  for (const label of registry.filter(({ labelTarget }) => labelTarget)) {
    const more = label.width * 0.4
    label.x -= more / 2
    label.width += more
    viewer.get('graphicsFactory').update('shape', label, registry.getGraphics(label))
  }
}
