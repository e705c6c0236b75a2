// Checked as it is drawn, by the rules of publication: the server says what is wrong, the drawing
// marks where, and a list says it in words. Of several answers only the last one counts.
import { ask } from './asking.js'
import { nameOf } from './elements.js'
import { h } from './panel/controls.js'
import { show } from './modeler.js'
import { t } from './words.js'

const PAUSE_MS = 600
const MARKER = 'has-fault'

export class Check {
  constructor (host, modeler, room) {
    Object.assign(this, { host, modeler, room, asked: 0, marked: [] })
    this.count = host.querySelector('[data-count]')
    this.list = host.querySelector('[data-faults]')
  }

  soon () {
    clearTimeout(this.timer)
    this.due = true
    this.host.dataset.checking = 'yes'
    this.timer = setTimeout(() => this.now(), PAUSE_MS)
  }

  async now () {
    const number = ++this.asked
    this.due = false
    this.host.dataset.checking = 'yes'
    try {
      const { xml } = await this.modeler.saveXML({ format: true })
      const answer = await ask(this.room, this.room.check, { [this.room.file]: xml })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const { faults } = await answer.json()
      if (number === this.asked) this.tell(faults)
    } catch (error) {
      if (number === this.asked) this.count.textContent = t('暂时不能检查，改动后再试。')
      console.info(error)
    }
    if (number === this.asked && !this.due) this.host.dataset.checking = 'no'
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
