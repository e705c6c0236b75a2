// What a form may consist of: the kinds of component, and what each begins with.
import { t } from './words.js'

export const KINDS = {
  textfield: '单行文字',
  textarea: '多行文字',
  number: '数字',
  datetime: '日期',
  select: '下拉选择',
  radio: '单选',
  checklist: '多选',
  checkbox: '勾选',
  filepicker: '文件',
  text: '说明文字',
  dynamiclist: '表格',
  expression: '计算值',
}
/** What is often asked, with its check: on offer beside the kinds. */
const OFTEN = {
  id_card: ['居民身份证号', { type: 'textfield', validate: { validationType: 'id_card', maxLength: 40 } }],
  credit_code: ['统一社会信用代码', { type: 'textfield', validate: { validationType: 'credit_code', maxLength: 40 } }],
  mobile: ['手机号码', { type: 'textfield', validate: { validationType: 'mobile', maxLength: 40 } }],
  signature: ['手写签名', { type: 'filepicker', properties: { signature: 'yes' } }],
}
const CHOOSING = ['select', 'radio', 'checklist']
/** What the answers are called until somebody says better. */
const CALLED = {
  textfield: 'text', textarea: 'words', number: 'number', datetime: 'day', select: 'choice', radio: 'choice',
  checklist: 'choices', checkbox: 'tick', filepicker: 'file', dynamiclist: 'table', expression: 'result',
}

export const kindOf = (type) => KINDS[type] ? t(KINDS[type]) : t('不支持的组件')
export const offered = (room) => [
  ...room.types.filter((type) => KINDS[type]).map((type) => [type, kindOf(type)]),
  ...Object.entries(OFTEN).map(([key, [words]]) => [key, t(words)]),
]
export const keyName = (component) => component.type === 'dynamiclist' ? 'path' : 'key'
export const keyOf = (component) => component[keyName(component)]
export const labelName = (component) => 'dateLabel' in component ? 'dateLabel' : 'label'
const said = (value) => typeof value === 'string' ? value : ''
export const labelOf = (component) => component.type === 'text'
  ? said(component.text).replace(/^[#\s]+|\*\*/g, '').split('\n')[0] || kindOf('text')
  : said(component[labelName(component)]) || said(keyOf(component)) || kindOf(component.type)

/** Columns, of sixteen, of a component that does not say how wide it is. */
export const usualColumns = (room, type) => room.short.includes(type) ? 8 : 16

/** A name that none of these has. */
export function freeKey (base, taken) {
  for (let number = 1; ; number++) {
    if (!taken.includes(`${base}_${number}`)) return `${base}_${number}`
  }
}

/** A new component of this kind, or of what is often asked. */
export function begun (kind, taken) {
  const [words, given] = OFTEN[kind] || [KINDS[kind], { type: kind }]
  const { type } = given
  if (type === 'text') return { type, text: `### ${t('标题')}` }
  const label = t(words)
  const more = {
    ...(CHOOSING.includes(type) ? { values: ['1', '2'].map((value) => ({ label: t('选项 {n}', { n: value }), value })) } : {}),
    ...(type === 'expression' ? { expression: '=0' } : {}),
    ...(type === 'datetime' ? { subtype: 'date', dateLabel: label } : { label }),
    ...(type === 'dynamiclist'
      ? { defaultRepetitions: 1, components: [{ type: 'textfield', key: 'name', label: t('名称') }] }
      : {}),
  }
  return { ...given, [type === 'dynamiclist' ? 'path' : 'key']: freeKey(CALLED[type], taken), ...more }
}
