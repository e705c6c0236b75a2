// Checked as it is drawn, by the rules of publication: the server says what is wrong, the drawing
// marks where, and a list says it in words.
import { Checking } from './checking.js'
import { nameOf } from './elements.js'
import { h } from './panel/controls.js'
import { show } from './modeler.js'
import { t } from './words.js'

const MARKER = 'has-fault'

export class Check extends Checking {
  constructor (host, modeler, room) {
    super(host, room, async () => (await modeler.saveXML({ format: true })).xml)
    Object.assign(this, { modeler, marked: [] })
  }

  elementOf ({ file, element }) {
    const here = !file || file === this.room.file || !file.includes('.')
    const found = here ? this.modeler.get('elementRegistry').get(element) : undefined
    return found?.parent ? found : undefined
  }

  tell (faults) {
    this.unmark()
    this.count.textContent = faults.length
      ? t('有 {n} 个问题，提交前要改好。', { n: faults.length })
      : t('没有问题。')
    this.host.dataset.found = faults.length
    this.list.replaceChildren(...faults.map((fault) => this.line(fault)))
    const places = new Map()
    for (const fault of faults) {
      const element = this.elementOf(fault)
      if (element) places.set(element, [...places.get(element) || [], fault.sentence])
    }
    places.forEach((sentences, element) => this.mark(element, sentences))
  }

  line (fault) {
    const element = this.elementOf(fault)
    const where = element ? nameOf(element) : [fault.file, fault.element].filter(Boolean).join(' · ')
    const words = [h('strong', {}, where), ' ', fault.sentence]
    return h('li', {}, element
      ? h('button', { type: 'button', className: 'btn btn-link', onclick: () => show(this.modeler, element) }, words)
      : h('span', {}, words))
  }

  mark (element, sentences) {
    this.modeler.get('canvas').addMarker(element, MARKER)
    this.marked.push(element)
    if (element.waypoints) return
    const badge = h('div', { className: 'fault-badge', title: sentences.join('\n') }, '!')
    this.modeler.get('overlays').add(element, 'fault', { position: { top: -10, left: -10 }, html: badge })
  }

  unmark () {
    this.modeler.get('overlays').remove({ type: 'fault' })
    for (const element of this.marked) {
      if (this.modeler.get('elementRegistry').get(element.id) === element) {
        this.modeler.get('canvas').removeMarker(element, MARKER)
      }
    }
    this.marked = []
  }
}
