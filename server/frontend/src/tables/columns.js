// The columns as a plain form: what is asked, what is answered, of which type. The library opens
// its own form by a double click only; this one is there for the keyboard as well. Every change is
// one step that can be undone.
import { button, choice, h, text } from '../designer/panel/controls.js'
import { t } from '../designer/words.js'
import { translate } from './words.js'

const TYPES = ['string', 'number', 'boolean', 'date', 'time', 'dateTime', 'dayTimeDuration', 'yearMonthDuration', 'Any']

const types = () => TYPES.map((type) => [type, translate(type)])
const values = (said) => said.split(',').map((one) => one.trim()).filter(Boolean)

const part = (words, ...fields) => h('fieldset', { className: 'part' }, h('legend', {}, words), ...fields)

function inputOf (input, number, place) {
  const set = (props) => place.modeling.updateProperties(input, props)
  const asked = (props) => set({ inputExpression: props })
  return part(t('条件 {n}', { n: number }),
    text(`label-${input.id}`, '列标题', input.label, (label) => set({ label })),
    text(`asked-${input.id}`, '变量或表达式', input.inputExpression.text, (said) => asked({ text: said }), { options: place.variables }),
    choice(`type-${input.id}`, '类型', input.inputExpression.typeRef, types(), (typeRef) => asked({ typeRef: typeRef || 'Any' })),
    text(`values-${input.id}`, '可选的值', input.inputValues?.text, (said) => place.modeling.editAllowedValues(input, values(said)),
      { help: '如 "大型", "小型"；不写的，什么值都可以' }),
    place.inputs > 1 ? button(`drop-${input.id}`, t('删除这一列'), () => place.remove(input), 'btn btn-outline-secondary btn-sm') : undefined)
}

function outputOf (output, number, place) {
  const set = (props) => place.modeling.updateProperties(output, props)
  return part(t('结果 {n}', { n: number }),
    text(`label-${output.id}`, '列标题', output.label, (label) => set({ label })),
    text(`name-${output.id}`, '变量名', output.name, (name) => set({ name })),
    choice(`type-${output.id}`, '类型', output.typeRef, types(), (typeRef) => set({ typeRef: typeRef || 'Any' })),
    text(`values-${output.id}`, '可选的值', output.outputValues?.text, (said) => place.modeling.editAllowedValues(output, values(said)),
      { help: '如 "大型", "小型"；不写的，什么值都可以' }),
    place.outputs > 1 ? button(`drop-${output.id}`, t('删除这一列'), () => place.remove(output), 'btn btn-outline-secondary btn-sm') : undefined)
}

/** What the form needs of the table that is shown; nothing when it is no table. */
function placeOf (viewer, room) {
  const sheet = viewer?.get('sheet', false)
  const table = sheet?.getRoot()?.businessObject
  if (!table?.get('input')) return undefined
  const modeling = viewer.get('modeling')
  const columnOf = (clause) => sheet.getRoot().cols.find(({ businessObject }) => businessObject === clause)
  return {
    table,
    modeling,
    variables: room.variables,
    inputs: table.input?.length || 0,
    outputs: table.output?.length || 0,
    remove: (clause) => modeling.removeCol(columnOf(clause)),
  }
}

export class Columns {
  constructor (host, editor, room) {
    Object.assign(this, { host, editor, room })
    host.addEventListener('focusout', () => this.late && this.soon())
  }

  soon () {
    this.late = true
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.isWritten() || this.build())
  }

  /** Somebody is typing there: what is written is not thrown away. */
  isWritten () {
    const { activeElement: control } = document
    return this.host.contains(control) && control.matches('input') && control.value !== control.defaultValue
  }

  build () {
    this.late = false
    const place = placeOf(this.editor.viewer(), this.room)
    const focused = this.host.contains(document.activeElement) ? document.activeElement.dataset.field : undefined
    this.host.hidden = !place
    if (!place) return
    const parts = [
      ...place.table.get('input').map((one, index) => inputOf(one, index + 1, place)),
      ...place.table.get('output').map((one, index) => outputOf(one, index + 1, place)),
    ]
    this.host.querySelector('[data-fields]').replaceChildren(h('div', { className: 'columns' }, parts))
    if (focused) this.host.querySelector(`[data-field="${CSS.escape(focused)}"]`)?.focus()
  }
}
