// How each kind looks on the canvas: as on the page that is filled in, but nothing can be typed.
import { Default, FormRenderContext } from '@bpmn-io/form-js-viewer'
import { createElement } from 'preact'
import { useContext } from 'preact/hooks'
import { KINDS, kindOf, labelOf } from './kinds.js'
import { t } from './words.js'

// What the hall has written itself is Chinese: a screen reader changes its voice.
const HAN = /[\u3400-\u9fff]/
const english = document.documentElement.lang === 'en'

function h (type, props, ...children) {
  const chinese = english && typeof type === 'string' && children.some((one) => typeof one === 'string' && HAN.test(one))
  return createElement(type, chinese ? { ...props, lang: 'zh-CN' } : props, ...children)
}

const said = (value) => typeof value === 'string' || typeof value === 'number' ? String(value) : ''
const part = (value) => typeof value === 'object' && value !== null ? value : {}
const listed = (value) => Array.isArray(value) ? value : []

/** What is said of a question under it. */
function notes (field) {
  const checks = part(field.validate)
  return [
    said(part(field.conditional).hide) && t('按条件显示'),
    said(checks.requiredWhen) && t('按条件必填'),
    part(field.properties).searchable && t('可以查询'),
  ].filter(Boolean)
}

function Frame ({ field, children, bare }) {
  const required = part(field.validate).required === true
  const told = [said(field.description), ...notes(field)].filter(Boolean)
  return h('div', { class: 'shape' },
    !bare && h('div', { class: `form-label${required ? ' required' : ''}` }, labelOf(field)),
    children,
    told.length > 0 && h('div', { class: 'form-text' }, told.map((one, at) => h('span', {}, at ? ` · ${one}` : one))))
}

function Box ({ field, children, kind = '' }) {
  const look = part(field.appearance)
  const [before, after] = [said(look.prefixAdorner), said(look.suffixAdorner)]
  return h('div', { class: 'input-group' },
    before && h('span', { class: 'input-group-text' }, before),
    h('div', { class: `form-control ${kind}` }, children || '\u00a0'),
    after && h('span', { class: 'input-group-text' }, after))
}

const boxed = (kind, words = () => '') => ({ field }) => h(Frame, { field }, h(Box, { field, kind }, words(field)))

const options = (mark) => ({ field }) => h(Frame, { field },
  h('div', { class: 'choices' }, listed(field.values).map((one) => h('span', {}, `${mark} ${said(part(one).label)}`))))

function Tick ({ field }) {
  const required = part(field.validate).required === true
  return h(Frame, { field, bare: true }, h('span', { class: required ? 'required' : '' }, `☐ ${labelOf(field)}`))
}

function Prose ({ field }) {
  return h('div', { class: 'shape' }, said(field.text).split('\n').filter((line) => line.trim()).map((line) => (
    h(line.startsWith('#') ? 'strong' : 'div', {}, line.replace(/^[#\s]+|\*\*/g, '')))))
}

function Table (props) {
  return h('div', { class: 'shape table-shape' },
    h('div', { class: `form-label${part(props.field.validate).required ? ' required' : ''}` }, labelOf(props.field)),
    said(props.field.description) && h('div', { class: 'form-text' }, props.field.description),
    h(Default, props))
}

const Unknown = ({ field }) => h('div', { class: 'shape unknown-shape' }, `${kindOf(field.type)}: ${said(field.type)}`)

function Empty ({ field }) {
  const words = field.type === 'default' ? t('空白的表单：从组件里选一个，点一下或者拖到这里。') : t('把列拖到这里。')
  return h('p', { class: 'nothing-here' }, words)
}

/** The whole form; what is empty says so in our words. */
function Whole (props) {
  const around = useContext(FormRenderContext)
  return h(FormRenderContext.Provider, { value: { ...around, Empty } }, h(Default, props))
}

const SHAPES = {
  textfield: boxed(''),
  textarea: boxed('tall'),
  number: boxed(''),
  datetime: boxed('', () => '---- / -- / --'),
  select: boxed('form-select', () => t('请选择')),
  radio: options('○'),
  checklist: options('☐'),
  checkbox: Tick,
  filepicker: boxed('', (field) => part(field.properties).signature ? t('手写签名') : t('选择文件')),
  text: Prose,
  dynamiclist: Table,
  expression: boxed('computed', (field) => said(field.expression)),
}

const asIs = (attrs) => ({ ...attrs })
const shape = (type, component) => Object.assign((props) => component(props), {
  config: { type, keyed: false, name: kindOf(type), group: 'basic-input', create: asIs, icon: () => null },
})

/** The kinds, as the canvas asks for them; one that nobody knows is drawn as such. */
export class Shapes {
  constructor () {
    this._formFields = Object.fromEntries(Object.keys(KINDS).map((type) => [type, shape(type, SHAPES[type])]))
    const create = (attrs) => ({ components: [], ...attrs })
    this._formFields.default = Object.assign((props) => h(Whole, props), { config: { type: 'default', keyed: false, create } })
  }

  register () {}

  get (type) {
    return this._formFields[type] || shape(type, Unknown)
  }
}
