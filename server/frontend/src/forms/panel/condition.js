// A condition of a field: in words, built from the fields above, or written; tried at once.
import { area, button, choice, h, text, ticks } from '../../designer/panel/controls.js'
import { tryout } from '../../designer/panel/tryout.js'
import { begin, comparisons, listed, quoted, read, say, valueFrom, valuesOf, write } from '../expressions.js'
import { keyOf, labelOf } from '../kinds.js'
import { t } from '../words.js'
import { namesOf } from './model.js'

function sayResult ({ fault, result }) {
  if (fault) return fault
  if (result === true) return t('成立')
  if (result === false) return t('不成立')
  return t('结果是 {result}', { result: JSON.stringify(result) })
}
const CONDITION = { say: sayResult, ask: '填写样例值，就知道这个条件成立不成立。' }
const FORMULA = { say: sayResult, ask: '填写样例值，就知道结果是多少。' }

const body = (expression) => (typeof expression === 'string' ? expression : '').replace(/^=\s*/, '')
const offered = (model) => model.above.map((one) => [keyOf(one), labelOf(one)])

/** What can be read here, for who writes. */
function readable (model) {
  const names = model.above.flatMap(namesOf)
  return names.length ? t('能用前面的字段：{names}', { names: names.join(' ') }) : t('前面没有字段可以用。')
}

function valueField (key, row, field, set) {
  const known = valuesOf(field)
  if (row.is === 'yes' || row.is === 'no') return undefined
  if (row.is === 'among' || row.is === 'outside') {
    const chosen = listed(row.value)
    const spaced = (known || chosen.map((one) => [one, one]))
    return ticks(key, '值', chosen.join(' '), spaced, (value) => (
      set({ ...row, value: value.split(' ').filter(Boolean).map(quoted).join(', ') })))
  }
  if (known) {
    return choice(key, '值', row.value.replace(/^"|"$/g, ''), known, (value) => set({ ...row, value: quoted(value) }))
  }
  return text(key, '值', row.value.replace(/^"|"$/g, ''), (value) => set({ ...row, value: valueFrom(field, value) }))
}

function changedSign (row, is, field) {
  const lists = (sign) => sign === 'among' || sign === 'outside'
  const [[first] = ['']] = valuesOf(field) || []
  if (lists(row.is) && !lists(is)) return { ...row, is, value: quoted(listed(row.value)[0] || first) }
  return { ...row, is }
}

function rowOf (model, name, found, index, set) {
  const row = found.rows[index]
  const key = `${name}-${index}`
  const field = model.above.find((one) => keyOf(one) === row.of)
  const change = (changed) => set(write({
    ...found, rows: found.rows.flatMap((one, place) => place === index ? changed : [one]),
  }))
  return h('fieldset', { className: 'condition' },
    h('legend', { className: 'visually-hidden' }, t('第 {n} 个条件', { n: index + 1 })),
    choice(`${key}-of`, '哪个字段', row.of, offered(model), (of) => {
      const now = model.above.find((one) => keyOf(one) === of)
      change(now ? begin(now) : [])
    }),
    choice(`${key}-is`, '比较', row.is, comparisons(field), (is) => change(is ? changedSign(row, is, field) : [])),
    valueField(`${key}-value`, row, field, change),
    button(`${key}-drop`, t('去掉这个条件'), () => change([]), 'btn btn-outline-secondary btn-sm'))
}

function builder (model, name, found, set) {
  const add = (of) => {
    const field = model.above.find((one) => keyOf(one) === of)
    if (field) set(write({ ...found, rows: [...found.rows, begin(field)] }))
  }
  return [
    found.rows.length > 1
      ? choice(`${name}-join`, '几个条件', found.join, [['and', t('都要成立（且）')], ['or', t('有一个成立就行（或）')]],
        (join) => set(write({ ...found, join: join || 'and' })))
      : undefined,
    found.rows.map((row, index) => rowOf(model, name, found, index, set)),
    offered(model).length ? choice(`${name}-add`, '添加条件', '', offered(model), add) : undefined,
  ]
}

/** A condition that may be there; `act` is given the expression, or nothing. */
export function condition (model, name, words, expression, act) {
  const written = body(expression)
  const found = read(written)
  const set = (now) => act(now.trim() ? `=${now.trim()}` : undefined)
  return h('details', { className: 'part', open: Boolean(written), 'data-part': name }, h('summary', {}, t(words)),
    written ? h('p', { className: 'said' }, say(written, model.above) || written) : undefined,
    found ? builder(model, name, found, set) : undefined,
    area(`${name}-expression`, '表达式', written, set, { rows: 2 }),
    h('p', { className: 'form-text' }, readable(model)),
    tryout(model.room, written, { ...CONDITION, of: `${name}-` }))
}

/** What a value is computed by. */
export function formula (model, name, words, expression, act) {
  const written = body(expression)
  return [
    area(name, words, written, (now) => act(`=${now.trim()}`), {
      rows: 2, help: '如 sum(table_area)、len(table)、a + b * 2、"大" if area > 100 else "小"',
    }),
    h('p', { className: 'form-text' }, readable(model)),
    tryout(model.room, written, { ...FORMULA, of: `${name}-` }),
  ]
}
