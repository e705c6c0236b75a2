// Keys of the drawing, beside those of the library: what a mouse does, the keyboard does too.
import { thingsOf, show } from './modeler.js'

function step (modeler, by) {
  const things = thingsOf(modeler).filter((element) => !element.waypoints)
    .sort((one, other) => one.x - other.x || one.y - other.y)
  const [chosen] = modeler.get('selection').get()
  const place = things.indexOf(chosen)
  const next = things[place < 0 ? 0 : (place + by + things.length) % things.length]
  if (next) show(modeler, next)
}

function middleOf (modeler, element) {
  const { left, top } = modeler.get('canvas').getContainer().getBoundingClientRect()
  const box = modeler.get('canvas').getAbsoluteBBox(element)
  return { x: left + box.x + box.width, y: top + box.y }
}

function openMenu (modeler, name) {
  const [chosen] = modeler.get('selection').get()
  const canvas = modeler.get('canvas')
  const root = canvas.getRootElement()
  const { left, top } = canvas.getContainer().getBoundingClientRect()
  if (name === 'lianban-create') modeler.get('menu').open(name, root, { x: left + 80, y: top + 40 })
  else if (chosen && !modeler.get('popupMenu').isEmpty(chosen, name)) {
    modeler.get('menu').open(name, chosen, middleOf(modeler, chosen))
  }
}

/** Entries of palette and context pad are pressed as buttons are. */
function pressEntries (container) {
  container.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    const entry = event.target.closest('.entry[role=button]')
    if (!entry) return
    event.preventDefault()
    entry.click()
  })
}

export function addKeys (modeler, panel) {
  pressEntries(modeler.get('canvas').getContainer())
  const does = {
    n: () => openMenu(modeler, 'lianban-create'),
    a: () => openMenu(modeler, 'lianban-append'),
    r: () => openMenu(modeler, 'bpmn-replace'),
    j: () => step(modeler, 1),
    k: () => step(modeler, -1),
    p: () => panel.querySelector('input, select, textarea, button')?.focus(),
  }
  modeler.get('keyboard').addListener(1500, ({ keyEvent }) => {
    if (keyEvent.ctrlKey || keyEvent.metaKey || keyEvent.altKey || panel.closest('.simulates')) return
    const act = does[keyEvent.key.toLowerCase()]
    if (act) act()
    return act ? true : undefined
  })
}
