// The drawing itself: bpmn-js with our menus, our extension elements, and words in two languages.
import Modeler from 'bpmn-js/lib/Modeler'
import minimap from 'diagram-js-minimap'
import lianban from './lianban.json'
import menus from './menus.js'
import positions from './positions.js'
import simulation, { translateSimulation } from './simulation.js'
import { translate } from './words.js'

const words = { translate: ['value', translate] }

/** Lists are variables here, not data objects: their names are text, which is kept and copied. */
function plainLists (moddle) {
  for (const property of moddle.registry.typeMap['bpmn:MultiInstanceLoopCharacteristics'].properties) {
    if (/loopData(In|Out)putRef$/.test(property.name)) {
      property.type = 'String'
      delete property.isReference
    }
  }
}

export function createModeler (container) {
  const fontFamily = getComputedStyle(container).fontFamily
  const modeler = new Modeler({
    container,
    additionalModules: [words, menus, positions, minimap, simulation],
    moddleExtensions: { lb: lianban },
    textRenderer: {
      defaultStyle: { fontFamily, fontSize: '13px' },
      externalStyle: { fontFamily, fontSize: '12px' },
    },
  })
  plainLists(modeler.get('moddle'))
  translateSimulation(container)
  for (const part of container.querySelectorAll('svg, .bjs-breadcrumbs')) part.setAttribute('lang', 'zh-CN')
  modeler.get('commandStack').registerHandler('lianban.together', class {
    preExecute ({ act }) { act() } // several changes, undone as one
  })
  return modeler
}

/** Everything drawn that is a thing of its own: no labels, not the sheet itself. */
export function thingsOf (modeler) {
  return modeler.get('elementRegistry')
    .filter((element) => element.parent && element.type !== 'label')
}

const READABLE = 0.5
const PALETTE = 120

/** Show all of it beside the palette, or as much as can be read, from the start. */
export function fit (modeler, whole = false) {
  const canvas = modeler.get('canvas')
  canvas.resized()
  const { inner, outer } = canvas.viewbox()
  const fitting = Math.min(1, (outer.width - PALETTE - 40) / inner.width, (outer.height - 60) / inner.height)
  const scale = whole ? fitting : Math.max(fitting, READABLE)
  const [width, height] = [outer.width / scale, outer.height / scale]
  const start = modeler.get('elementRegistry').find(({ type }) => type === 'bpmn:StartEvent') || inner
  const begin = (from, length, seen, margin, point) => (
    length + margin < seen ? from - margin - (seen - length - margin) / 2 : Math.max(from - margin, Math.min(point - seen / 2, from + length - seen + 40))
  )
  canvas.viewbox({
    x: begin(inner.x, inner.width, width, PALETTE / scale, start.x),
    y: begin(inner.y, inner.height, height, 30 / scale, start.y),
    width,
    height,
  })
}

/** Select an element and bring it into sight. */
export function show (modeler, element) {
  modeler.get('selection').select(element)
  modeler.get('canvas').scrollToElement(element, 60)
}
