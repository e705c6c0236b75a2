// What can be put on a form: pressed, it comes behind what is chosen; or it is dragged to its place.
import { h } from '../designer/panel/controls.js'
import { begun, offered } from './kinds.js'
import { t } from './words.js'

const MARKS = {
  textfield: 'Aa', textarea: '¶', number: '12', datetime: '31', select: '▾', radio: '◉', checklist: '☑',
  checkbox: '☐', filepicker: '↥', text: 'T', dynamiclist: '▦', expression: '∑', signature: '✎',
}

function entry ([kind, words], press) {
  const { type } = begun(kind, [])
  return h('button', {
    type: 'button',
    className: 'fjs-palette-field fjs-drag-copy fjs-no-drop',
    'data-field-type': type,
    'data-kind': kind,
    onclick: () => press(kind),
  }, h('span', { className: 'sign', 'aria-hidden': 'true' }, MARKS[kind] || '#'), words)
}

export function addPalette (host, editor) {
  const press = (kind) => editor.add(kind)
  host.replaceChildren(
    h('h3', {}, t('组件')),
    h('div', { className: 'fjs-palette-fields fjs-drag-container fjs-no-drop' }, offered(editor.room).map((one) => entry(one, press))))
}
