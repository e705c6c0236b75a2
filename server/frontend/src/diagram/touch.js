// Fingers: one moves the picture, two change its size. (The viewer itself only knows the mouse.)
const middle = (points) => {
  const [a, b = a] = points
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}
const spread = ([a, b]) => b ? Math.hypot(a.x - b.x, a.y - b.y) : 0

export function addTouch (container, viewer) {
  const canvas = viewer.get('canvas')
  const fingers = new Map()
  const put = (event) => fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
  const lift = ({ pointerId }) => fingers.delete(pointerId)

  container.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse') put(event)
  })
  container.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return
    const before = [...fingers.values()]
    put(event)
    const after = [...fingers.values()]
    const [from, to] = [middle(before), middle(after)]
    canvas.scroll({ dx: to.x - from.x, dy: to.y - from.y })
    if (spread(before) && spread(after)) {
      const frame = container.getBoundingClientRect()
      const scale = canvas.zoom() * spread(after) / spread(before)
      canvas.zoom(Math.max(0.15, Math.min(3, scale)), { x: to.x - frame.left, y: to.y - frame.top })
    }
  })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
    container.addEventListener(end, lift)
  }
}
