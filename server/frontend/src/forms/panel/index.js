// The panel beside the form: what is chosen, in words, to be changed.
import { anew } from '../../designer/panel/anew.js'
import { area, button, choice, group, h, text, tick, ticks } from '../../designer/panel/controls.js'
import { keyOf, kindOf, labelName, labelOf, usualColumns } from '../kinds.js'
import { t } from '../words.js'
import { choices } from './choices.js'
import { condition, formula } from './condition.js'
import { Model } from './model.js'

const CHOOSING = ['select', 'radio', 'checklist']
const WORDED = ['textfield', 'textarea']
const UNITS = ['textfield', 'number', 'expression']
const TEXTS = {
  email: '电子邮箱', phone: '电话（各国）', id_card: '居民身份证号', credit_code: '统一社会信用代码',
  mobile: '手机号码', telephone: '手机或固定电话',
}
const WIDTHS = { 16: '整行', 8: '半行', 4: '四分之一行', 12: '四分之三行' }
const said = (value) => typeof value === 'string' || typeof value === 'number' ? String(value) : ''
/** A number as it is kept; what is none stays as it was written, for the server to say so. */
const number = (value) => value === '' ? undefined : Number.isFinite(Number(value)) ? Number(value) : value

function general (model) {
  const { field } = model
  if (field.type === 'text') {
    return group('常规', area('text', '文字', said(field.text), (value) => model.set({ text: value }),
      { rows: 5, help: '空行分段；以 ### 开头的是标题；两边加 ** 的是粗体。' }), width(model))
  }
  const name = labelName(field)
  return group('常规',
    text('label', '名称', said(field[name]), (value) => model.set({ [name]: value })),
    text('key', '代号', said(keyOf(field)), (value) => model.rename(value),
      { help: '条件、计算、目录和文书里用它；已经发布的不要改。' }),
    area('description', '填写说明', said(field.description), (value) => model.set({ description: value || undefined }), { rows: 2 }),
    field.type === 'dynamiclist' ? undefined : width(model))
}

function width (model) {
  const { field } = model
  const usual = usualColumns(model.room, field.type)
  const options = [16, 14, 12, 10, 8, 6, 4, 2].map((columns) => (
    [String(columns), WIDTHS[columns] ? t(WIDTHS[columns]) : t('{n}/16 行', { n: columns })]))
  return choice('width', '宽度', String(field.layout?.columns || usual), options,
    (value) => model.set({ layout: { ...field.layout, columns: Number(value) || usual } }))
}

function figure (model, name, words, part = 'validate') {
  return text(name, words, said(model.of(part)[name]), (value) => model.setIn(part, { [name]: number(value) }), { inputmode: 'decimal' })
}

function kindOfText (model) {
  const kind = said(model.of('validate').validationType)
  const byAnswer = kind.startsWith('=')
  const set = (validationType) => model.setIn('validate', { validationType })
  const options = [...model.room.texts.map((one) => [one, TEXTS[one] ? t(TEXTS[one]) : one]), ['=', t('看前面的回答')]]
  return [
    choice('format', '格式', byAnswer ? '=' : kind, options, (value) => set(value === '=' ? '="id_card"' : value)),
    byAnswer ? formula(model, 'format-by', '哪一种格式', kind, set) : undefined,
  ]
}

function texts (model) {
  return [
    kindOfText(model),
    figure(model, 'minLength', '最少几个字'),
    figure(model, 'maxLength', '最多几个字'),
    h('details', { className: 'field' }, h('summary', {}, t('自定格式')),
      text('pattern', '正则表达式', said(model.of('validate').pattern), (pattern) => model.setIn('validate', { pattern })),
      text('patternErrorMessage', '不符合时说', said(model.of('validate').patternErrorMessage),
        (patternErrorMessage) => model.setIn('validate', { patternErrorMessage }))),
  ]
}

function numbers (model) {
  const { field } = model
  return [
    figure(model, 'min', '最小'),
    figure(model, 'max', '最大'),
    text('decimalDigits', '几位小数', said(field.decimalDigits), (value) => model.set({ decimalDigits: number(value) }), { inputmode: 'numeric' }),
  ]
}

function units (model) {
  const set = (name) => (value) => model.setIn('appearance', { [name]: value })
  return [
    text('prefixAdorner', '前面的字', said(model.of('appearance').prefixAdorner), set('prefixAdorner')),
    text('suffixAdorner', '单位', said(model.of('appearance').suffixAdorner), set('suffixAdorner')),
  ]
}

function file (model) {
  const accept = said(model.field.accept).split(',').map((one) => one.trim()).filter(Boolean).join(' ')
  return group('文件',
    tick('signature', t('手写签名'), model.of('properties').signature === 'yes',
      (is) => model.setIn('properties', { signature: is ? 'yes' : undefined })),
    ticks('accept', '只收这些（不选就都收）', accept, model.room.endings.map((one) => [one, one]),
      (value) => model.set({ accept: value.split(' ').filter(Boolean).join(',') || undefined })))
}

function answers (model) {
  const { type } = model.field
  const checks = model.of('validate')
  const required = checks.required === true
  return [
    group('回答',
      tick('required', t(type === 'checkbox' ? '必须勾选' : '必填'), required,
        (is) => model.setIn('validate', { required: is || undefined, requiredWhen: is ? undefined : checks.requiredWhen })),
      WORDED.includes(type) ? texts(model) : undefined,
      type === 'number' ? numbers(model) : undefined,
      UNITS.includes(type) ? units(model) : undefined,
      searchable(model)),
    required
      ? undefined
      : condition(model, 'required-when', '什么时候必填', checks.requiredWhen, (requiredWhen) => model.setIn('validate', { requiredWhen })),
  ]
}

function searchable (model) {
  if (model.inTable || !model.room.searchable.includes(model.field.type)) return undefined
  return tick('searchable', t('办件可以按它查询'), Boolean(model.of('properties').searchable),
    (is) => model.setIn('properties', { searchable: is ? 'yes' : undefined }))
}

function table (model) {
  const { editor, field } = model
  const add = (type) => type && editor.begin(type, field, field.components.length)
  return group('表格',
    text('defaultRepetitions', '先给几行', said(field.defaultRepetitions ?? 1), (value) => model.set({ defaultRepetitions: number(value) }),
      { inputmode: 'numeric', help: '最多 50 行' }),
    h('ul', { className: 'ways' }, field.components.map((cell) => h('li', {},
      button(`column-${cell.id}`, labelOf(cell), () => editor.choose(cell), 'btn btn-link btn-sm')))),
    choice('add-column', '添加列', '', model.room.cells.map((type) => [type, kindOf(type)]), add))
}

function parts (model) {
  const { type } = model.field
  const hidden = (hide) => model.setIn('conditional', { hide })
  return [
    general(model),
    type === 'expression'
      ? group('计算', formula(model, 'expression', '公式', model.field.expression, (expression) => model.set({ expression })), units(model))
      : undefined,
    CHOOSING.includes(type) ? choices(model) : undefined,
    type === 'dynamiclist' ? table(model) : undefined,
    type === 'filepicker' ? file(model) : undefined,
    type === 'text' || type === 'expression' ? undefined : answers(model),
    type === 'text' ? undefined : condition(model, 'hide', '什么时候不问', model.of('conditional').hide, hidden),
  ]
}

/** The whole form, when nothing is chosen: what it has, in order. */
function outline (editor, fields = editor.root.components) {
  return h('ol', { className: 'outline' }, fields.map((field) => h('li', {},
    button(`field-${field.id}`, labelOf(field), () => editor.choose(field), 'btn btn-link btn-sm'),
    ' ', h('small', { className: 'text-secondary' }, kindOf(field.type)),
    field.components?.length ? outline(editor, field.components) : undefined)))
}

function build (host, editor) {
  const field = editor.chosen
  if (!field || field.type === 'default') {
    const empty = !editor.root.components.length
    host.replaceChildren(h('h3', {}, t('表单')),
      h('p', { className: 'form-text' }, t(empty ? '还没有内容：从组件里选一个。' : '选一个来修改：')), outline(editor))
    return
  }
  const model = new Model(editor, field)
  host.replaceChildren(
    h('div', { className: 'panel-head' }, h('h3', {}, kindOf(field.type)),
      button('back', t('整张表单'), () => editor.choose(), 'btn btn-link btn-sm')),
    ...editor.room.types.includes(field.type)
      ? parts(model).flat(Infinity).filter(Boolean)
      : [h('p', {}, t('这里不能用这种组件，请移除：{type}', { type: field.type }))])
}

/** The canvas takes the focus when a field changes its place: it is given back to who was writing. */
function keepFocus (host, editor) {
  let last
  host.addEventListener('change', ({ target }) => { last = { field: target.dataset.field, at: performance.now() } })
  return () => {
    const taken = editor.host.contains(document.activeElement) && last && performance.now() - last.at < 500
    if (taken) host.querySelector(`[data-field="${CSS.escape(last.field || '')}"]`)?.focus()
  }
}

/** What was put on the form is named at once. */
function name (host) {
  const field = host.querySelector('#panel-label, #panel-text')
  field?.focus()
  field?.select()
}

export function addPanel (host, editor) {
  const giveBack = keepFocus(host, editor)
  let isNew = false
  const again = anew(host, () => {
    const open = new Set([...host.querySelectorAll('details[open][data-part]')].map(({ dataset }) => dataset.part))
    build(host, editor)
    if (host.dataset.of === editor.chosen?.id) {
      for (const part of host.querySelectorAll('details[data-part]')) part.open ||= open.has(part.dataset.part)
    }
    host.dataset.of = editor.chosen?.id || ''
    if (isNew) name(host)
    else giveBack()
    isNew = false
  })
  for (const name of ['selection.changed', 'commandStack.changed', 'import.done']) editor.on(name, again)
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && editor.chosen) editor.nodeOf(editor.chosen)?.focus()
  })
  editor.on('lianban.begun', () => {
    isNew = true
    again()
  })
}
