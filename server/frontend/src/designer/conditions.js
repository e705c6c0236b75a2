// Conditions in plain words. The builder knows a handful of forms, joined by "and" or by "or";
// whatever else an expression says stays an expression.
import { t } from './words.js'

const NAME = '[A-Za-z_\\u4e00-\\u9fff][\\w\\u4e00-\\u9fff]*'
const VALUE = '"[^"]*"|-?\\d+(?:\\.\\d+)?|true|false'
const FORMS = [
  [/^"([^"]+)" (not )?in items$/, ([, code, not]) => ({ about: 'needed', of: code, is: not ? 'no' : 'yes' })],
  [/^(not )?(\w+)_commitment$/, ([, not, code]) => ({ about: 'commitment', of: code, is: not ? 'no' : 'yes' })],
  [new RegExp(`^(${NAME}) (==|!=|<=|>=|<|>) (${VALUE})$`), ([, name, is, value]) => ({ about: 'value', of: name, is, value })],
  [new RegExp(`^(not )?(${NAME})$`), ([, not, name]) => ({ about: 'truth', of: name, is: not ? 'no' : 'yes' })],
]

function readOne (text) {
  for (const [form, make] of FORMS) {
    const found = text.trim().match(form)
    if (found) return make(found)
  }
}

/** Cut at a word that stands outside quotes. */
function cut (text, word) {
  return text.split(new RegExp(`\\s+${word}\\s+(?=(?:[^"]*"[^"]*")*[^"]*$)`))
}

/** {join, rows} of an expression the builder could have made; nothing for any other. */
export function read (text) {
  if (!text.trim()) return { join: 'and', rows: [] }
  const joins = ['and', 'or'].filter((word) => cut(text, word).length > 1)
  if (joins.length > 1) return undefined
  const join = joins[0] || 'and'
  const rows = cut(text, join).map(readOne)
  return rows.every(Boolean) ? { join, rows } : undefined
}

function writeOne ({ about, of, is, value }) {
  if (about === 'needed') return `"${of}" ${is === 'no' ? 'not in' : 'in'} items`
  if (about === 'value') return `${of} ${is} ${value}`
  return `${is === 'no' ? 'not ' : ''}${of}${about === 'commitment' ? '_commitment' : ''}`
}

export const write = ({ join, rows }) => rows.map(writeOne).join(` ${join} `)

const OPERATORS = { '==': '是', '!=': '不是', '<': '小于', '<=': '不超过', '>': '大于', '>=': '不小于' }
export const operators = () => Object.entries(OPERATORS).map(([sign, words]) => [sign, t(words)])

/** Which values a variable has, with their words: results, conclusions. */
export function valuesOf (name, room) {
  const results = { granted: t('准予'), refused: t('不予') }
  if (room.items.some(({ code }) => code === name)) return results
  if (name === 'conclusion') return room.words.conclusion
  if (name === 'decision') return { ...results, returned: t('退回') }
  if (name === 'confirmed') return { true: t('同意'), false: t('不同意') }
}

function sayOne ({ about, of, is, value }, room) {
  if (about === 'needed') return t(is === 'no' ? '事项 {code} 不需要办理' : '事项 {code} 需要办理', { code: of })
  if (about === 'commitment') return t(is === 'no' ? '{code} 未选择告知承诺' : '{code} 选择了告知承诺', { code: of })
  if (about === 'truth') return t(is === 'no' ? '{name} 不成立' : '{name} 成立', { name: of })
  const bare = value.replace(/^"|"$/g, '')
  const known = valuesOf(of, room)?.[bare]
  return t('{name}{is}{value}', { name: nameOf(of, room), is: t(OPERATORS[is]), value: known || bare })
}

function nameOf (name, room) {
  const names = { conclusion: t('结论'), decision: t('决定'), confirmed: t('报批意见') }
  if (room.items.some(({ code }) => code === name)) return t('{code} 的结果', { code: name })
  return names[name] || name
}

/** The whole condition in plain words, or the expression itself. */
export function say (text, room) {
  const found = read(text)
  if (!found) return text
  return found.rows.map((row) => sayOne(row, room)).join(t(found.join === 'and' ? ' 且 ' : ' 或 '))
}

/** What a condition may be about, for the builder: [row to begin with, words]. */
export function subjects (room, names) {
  const codes = room.items.map(({ code, name }) => [code, `${code} ${name}`])
  const promised = room.items.filter(({ commitment }) => commitment)
  return [
    ...codes.map(([code, words]) => [`needed:${code}`, t('需办事项：{words}', { words })]),
    ...promised.map(({ code }) => [`commitment:${code}`, t('告知承诺：{words}', { words: code })]),
    ...codes.map(([code, words]) => [`value:${code}`, t('结果：{words}', { words })]),
    ...names.map((name) => [`value:${name}`, t('变量：{words}', { words: nameOf(name, room) })]),
  ]
}

export function begin (subject, room) {
  const [about, of] = subject.split(':')
  if (about !== 'value') return { about, of, is: 'yes' }
  const [first] = Object.keys(valuesOf(of, room) || {})
  const bare = first === 'true' || first === 'false'
  return { about, of, is: '==', value: first ? (bare ? first : `"${first}"`) : '""' }
}
