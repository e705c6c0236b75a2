// Checked as it is drawn, by the rules of publication: the server says what is wrong with which
// component, the canvas marks it, and a list leads there.
import { Checking } from '../designer/checking.js'
import { h } from '../designer/panel/controls.js'
import { labelOf } from './kinds.js'
import { t } from './words.js'

export class Check extends Checking {
  constructor (host, editor, room) {
    super(host, room, () => editor.text())
    Object.assign(this, { editor, marked: new Set() })
  }

  tell (faults) {
    const here = faults.filter(({ file }) => file === this.room.file)
    const others = faults.length - here.length
    this.count.textContent = [
      here.length ? t('这张表单有 {n} 个问题，提交前要改好。', { n: here.length }) : t('这张表单没有问题。'),
      others ? t('其他文件还有 {n} 个问题，见“检查与文件”。', { n: others }) : '',
    ].filter(Boolean).join(' ')
    this.host.dataset.found = here.length
    this.marked = new Set()
    this.list.replaceChildren(...here.map((fault) => this.line(fault)))
    this.mark()
  }

  line ({ place, sentence }) {
    const field = place.length ? this.editor.at(place) : undefined
    if (!field) return h('li', {}, h('span', {}, sentence))
    this.marked.add(field)
    return h('li', {}, h('button', { type: 'button', className: 'btn btn-link', onclick: () => this.editor.show(field) },
      h('strong', {}, labelOf(field)), ' ', sentence))
  }

  /** Mark what is wrong on the canvas, which draws itself anew now and then. */
  mark () {
    for (const node of this.editor.host.querySelectorAll('[data-fault]')) delete node.dataset.fault
    for (const field of this.marked) {
      const node = this.editor.nodeOf(field)
      if (node) node.dataset.fault = 'yes'
    }
  }
}
