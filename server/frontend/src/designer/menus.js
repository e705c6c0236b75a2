// Palette, context pad and the menus to create, append and change: what they offer comes from
// elements.js. They take the place of the library's own providers.
import { is } from 'bpmn-js/lib/util/ModelUtil'
import { ELEMENTS, PALETTE, edgesFor, followersOf, groupOf, ofKey, othersFor } from './elements.js'
import { t } from './words.js'

// the keyboard reaches them as it does buttons, which some browsers do not let anybody drag
const BUTTON = '<div class="entry" role="button" tabindex="0" draggable="true"></div>'
const MORE = '<div class="entry" role="button" tabindex="0">…</div>'

const MENU = { width: 280, height: 420 }
const ROOM = 60 // between two shapes

const inside = (services, names) => names.map((name) => services.get(name))

function shapesOf (services, attrs) {
  const factory = services.get('elementFactory')
  if (attrs.type === 'bpmn:Participant') return [factory.createParticipantShape()]
  const shape = factory.createShape(attrs)
  if (attrs.type !== 'bpmn:SubProcess') return [shape]
  const place = { type: 'bpmn:StartEvent', x: 40, y: 82, parent: shape }
  return [shape, factory.createShape(place)]
}

/** Hang it on the mouse, to be put down by a click. */
function carry (services, attrs, event, source) {
  const shapes = shapesOf(services, attrs)
  const hints = { autoSelect: [shapes[0]] }
  services.get('create').start(event, shapes.length > 1 ? shapes : shapes[0], { source, hints })
}

/** Put it down where there is room, without a mouse. */
function putDown (services, attrs) {
  const [canvas, modeling, selection] = inside(services, ['canvas', 'modeling', 'selection'])
  const { x, y, width, height } = canvas.viewbox()
  const [shape, ...inner] = shapesOf(services, attrs)
  const middle = freePlace(services, { x: x + width / 2, y: y + height / 2 }, shape)
  const all = modeling.createElements([shape, ...inner], middle, canvas.getRootElement())
  selection.select(all[0] || shape)
}

function freePlace (services, middle, shape) {
  const place = { x: Math.round(middle.x), y: Math.round(middle.y) }
  const taken = () => services.get('elementRegistry').find((other) => (
    other.width && other.parent && !other.waypoints && !other.labelTarget &&
    Math.abs(other.x + other.width / 2 - place.x) < (other.width + shape.width) / 2 + 20 &&
    Math.abs(other.y + other.height / 2 - place.y) < (other.height + shape.height) / 2 + 20
  ))
  for (let other = taken(); other; other = taken()) place.y = other.y + other.height + shape.height / 2 + 40
  return place
}

/** Into the only way out of what is no gateway: what comes behind makes room. */
function insert (services, shape, way) {
  const [modeling, registry] = inside(services, ['modeling', 'elementRegistry'])
  const { source, target } = way
  const begin = source.x + source.width
  const missing = shape.width + 2 * ROOM - (target.x - begin)
  if (target.x > source.x && missing > 0) {
    const behind = registry.filter((other) => (
      other.parent === target.parent && other.x >= target.x && !other.waypoints && !other.labelTarget && !other.host
    ))
    modeling.moveElements(behind, { x: missing, y: 0 })
  }
  const middle = { x: begin + ROOM + shape.width / 2, y: source.y + source.height / 2 }
  return modeling.createShape(shape, middle, way)
}

function append (services, source, attrs) {
  const [shape, ...inner] = shapesOf(services, attrs)
  const [way] = is(source, 'bpmn:Gateway') ? [] : source.outgoing.filter((one) => is(one, 'bpmn:SequenceFlow'))
  if (way && attrs.type !== 'bpmn:EndEvent') {
    services.get('commandStack').execute('lianban.together', { act: () => insert(services, shape, way) })
    services.get('selection').select(shape)
    services.get('directEditing').activate(shape)
  } else services.get('autoPlace').append(source, shape)
  for (const one of inner) {
    services.get('modeling').createShape(one, { x: shape.x + 58, y: shape.y + 100 }, shape)
  }
}

function attach (services, host, attrs) {
  const [factory, modeling, selection] = inside(services, ['elementFactory', 'modeling', 'selection'])
  const free = host.attachers.length * 50 + 30
  const place = { x: host.x + host.width - free % Math.max(host.width, 60), y: host.y + host.height }
  selection.select(modeling.createShape(factory.createShape(attrs), place, host, { attach: true }))
}

class Menu {
  constructor (injector, popupMenu) {
    this.services = injector
    for (const name of ['create', 'append']) {
      popupMenu.registerProvider(`lianban-${name}`, { getPopupMenuEntries: this[name].bind(this) })
    }
    popupMenu.registerProvider('bpmn-replace', { getPopupMenuEntries: this.replace.bind(this) })
  }

  entries (list, act) {
    return Object.fromEntries(list.map((one) => [one.key, {
      label: t(one.words), search: `${one.key} ${one.attrs.type}`, className: one.icon, group: groupOf(one), action: act(one),
    }]))
  }

  create () {
    return this.entries(ELEMENTS, ({ attrs }) => ({
      click: (event) => this.byMouse(event)
        ? carry(this.services, attrs, event)
        : putDown(this.services, attrs),
      dragstart: (event) => carry(this.services, attrs, event),
    }))
  }

  append (source) {
    return {
      ...this.entries(followersOf(source), ({ attrs }) => ({
        click: () => append(this.services, source, attrs),
        dragstart: (event) => carry(this.services, attrs, event, source),
      })),
      ...this.entries(edgesFor(source), ({ attrs }) => () => attach(this.services, source, attrs)),
    }
  }

  replace (element) {
    return this.entries(othersFor(element), ({ attrs }) => () => (
      this.services.get('bpmnReplace').replaceElement(element, attrs)
    ))
  }

  byMouse (event) {
    return event.type !== 'keydown'
  }

  open (name, target, at) {
    const place = { // inside the window: the library only looks at the page
      x: Math.max(0, Math.min(at.x, innerWidth - MENU.width - 20)),
      y: Math.max(10, Math.min(at.y, innerHeight - MENU.height)),
    }
    const position = { ...place, cursor: place }
    this.services.get('popupMenu').open(target, name, position, {
      title: { 'lianban-create': t('添加元素'), 'lianban-append': t('添加下一步'), 'bpmn-replace': t('改为') }[name],
      width: MENU.width,
      search: true,
    })
  }
}
Menu.$inject = ['injector', 'popupMenu']

class Palette {
  constructor (injector, palette, menu) {
    this.services = injector
    this.menu = menu
    palette.registerProvider(this)
  }

  getPaletteEntries () {
    const tool = (name, icon, words, start) => [name, {
      group: 'tools', className: `bpmn-icon-${icon}`, title: t(words), html: BUTTON, action: { click: start },
    }]
    const get = (name) => this.services.get(name)
    const tools = [
      tool('hand', 'hand-tool', '移动画面', (event) => get('handTool').activateHand(event)),
      tool('lasso', 'lasso-tool', '框选', (event) => get('lassoTool').activateSelection(event)),
      tool('space', 'space-tool', '腾出或收回空间', (event) => get('spaceTool').activateSelection(event)),
      tool('connect', 'connection-multi', '连线', (event) => get('globalConnect').start(event)),
    ]
    const shapes = PALETTE.map(ofKey).map(({ key, icon, words, attrs }) => {
      const start = (event) => carry(this.services, attrs, event)
      const click = (event) => event.detail ? start(event) : putDown(this.services, attrs)
      return [key, { group: 'shapes', className: icon, title: t(words), html: BUTTON, action: { dragstart: start, click } }]
    })
    const more = ['more', {
      group: 'more',
      className: 'palette-more',
      html: MORE,
      title: t('更多元素'),
      action: { click: (event) => {
        const { right, top } = event.target.getBoundingClientRect()
        this.menu.open('lianban-create', get('canvas').getRootElement(), { x: right + 8, y: top - 200 })
      } },
    }]
    const line = ['line', { group: 'tools', separator: true }]
    return Object.fromEntries([...tools, line, ...shapes, more])
  }
}
Palette.$inject = ['injector', 'palette', 'menu']

const NEXT = { default: ['user', 'call', 'exclusive', 'end'], race: ['timer', 'message', 'receive'] }

class ContextPad {
  constructor (injector, contextPad, menu) {
    this.services = injector
    this.menu = menu
    contextPad.registerProvider(this)
  }

  remove () {
    const act = (event, chosen) => this.services.get('modeling').removeElements([chosen].flat())
    return { delete: this.entry('edit', 'trash', '删除', act) }
  }

  entry (group, icon, words, click, dragstart) {
    const className = icon.startsWith('bpmn-icon-') ? icon : `bpmn-icon-${icon}`
    return { group, className, title: t(words), html: BUTTON, action: { click, ...(dragstart && { dragstart }) } }
  }

  getMultiElementContextPadEntries () {
    return this.remove()
  }

  getContextPadEntries (element) {
    if (element.type === 'label') return {}
    const pad = is(element, 'bpmn:Lane') || is(element, 'bpmn:Participant')
      ? this.lanes(element)
      : this.next(element)
    if (othersFor(element).length) {
      pad.replace = this.entry('edit', 'screw-wrench', '改为', () => this.openAt('bpmn-replace', element))
    }
    return { ...pad, ...this.remove() }
  }

  openAt (name, element) {
    const pad = this.services.get('canvas').getContainer().querySelector('.djs-context-pad.open')
    const { left, bottom } = pad.getBoundingClientRect()
    this.menu.open(name, element, { x: left, y: bottom + 5 })
  }

  next (element) {
    const followers = followersOf(element)
    const first = is(element, 'bpmn:EventBasedGateway') ? NEXT.race : NEXT.default
    const pad = Object.fromEntries(followers.filter(({ key }) => first.includes(key)).map((one) => [
      `append-${one.key}`,
      this.entry('model', one.icon, one.words, () => append(this.services, element, one.attrs),
        (event) => carry(this.services, one.attrs, event, element)),
    ]))
    if (followers.length) {
      const more = this.entry('model', '', '更多元素', () => this.openAt('lianban-append', element))
      pad.more = { ...more, className: 'palette-more', html: MORE }
    }
    if (followers.length || is(element, 'bpmn:TextAnnotation')) {
      const connect = (event) => this.services.get('connect').start(event, element)
      pad.connect = this.entry('connect', 'connection-multi', '连线', connect, connect)
    }
    return pad
  }

  lanes (element) {
    const modeling = this.services.get('modeling')
    return {
      above: this.entry('lanes', 'lane-insert-above', '在上面加泳道', () => modeling.addLane(element, 'top')),
      below: this.entry('lanes', 'lane-insert-below', '在下面加泳道', () => modeling.addLane(element, 'bottom')),
    }
  }
}
ContextPad.$inject = ['injector', 'contextPad', 'menu']

export default {
  __init__: ['menu', 'paletteProvider', 'contextPadProvider'],
  menu: ['type', Menu],
  paletteProvider: ['type', Palette],
  contextPadProvider: ['type', ContextPad],
  replaceMenuProvider: ['value', null],
}
