// Conditions in plain words: a handful of forms, joined by "and" or by "or"; whatever else an
// expression says stays an expression. And names in it, changed along with the fields.
import { keyOf, labelOf } from './kinds.js'
import { t } from './words.js'

const NAME = '[A-Za-z_\\u4e00-\\u9fff][\\w\\u4e00-\\u9fff]*'
const VALUE = '(?:"[^"]*"|-?\\d+(?:\\.\\d+)?|true|false)'
const FORMS = [
  [new RegExp(`^("[^"]*") (not )?in (${NAME})$`), ([, value, not, of]) => ({ of, is: not ? 'lacks' : 'has', value })],
  [new RegExp(`^(${NAME}) (not )?in \\[(${VALUE}(?:, *${VALUE})*)?\\]$`), ([, of, not, list]) => (
    { of, is: not ? 'outside' : 'among', value: list || '' })],
  [new RegExp(`^(${NAME}) (==|!=|<=|>=|<|>) (${VALUE})$`), ([, of, is, value]) => ({ of, is, value })],
  [new RegExp(`^(not )?(${NAME})$`), ([, not, of]) => ({ of, is: not ? 'no' : 'yes', value: '' })],
]
const SIGNS = { '==': '是', '!=': '不是', '<': '小于', '<=': '不超过', '>': '大于', '>=': '不小于' }
const WORDS = {
  ...SIGNS, has: '选了', lacks: '没选', among: '是其中之一', outside: '不是其中任何一个', yes: '成立', no: '不成立',
}

function readOne (text) {
  for (const [form, make] of FORMS) {
    const found = text.trim().match(form)
    if (found && !['true', 'false', 'none'].includes(found[2])) return make(found)
  }
}

/** Cut at a word that stands outside quotes. */
const cut = (text, word) => text.split(new RegExp(`\\s+${word}\\s+(?=(?:[^"]*"[^"]*")*[^"]*$)`))

/** {join, rows} of an expression the builder could have made; nothing for any other. */
export function read (text) {
  if (!text.trim()) return { join: 'and', rows: [] }
  const joins = ['and', 'or'].filter((word) => cut(text, word).length > 1)
  if (joins.length > 1) return undefined
  const join = joins[0] || 'and'
  const rows = cut(text, join).map(readOne)
  return rows.every(Boolean) ? { join, rows } : undefined
}

function writeOne ({ of, is, value }) {
  if (is === 'yes') return of
  if (is === 'no') return `not ${of}`
  if (is === 'has' || is === 'lacks') return `${value} ${is === 'has' ? 'in' : 'not in'} ${of}`
  if (is === 'among' || is === 'outside') return `${of} ${is === 'among' ? 'in' : 'not in'} [${value}]`
  return `${of} ${is} ${value}`
}

export const write = ({ join, rows }) => rows.map(writeOne).join(` ${join} `)

const bare = (value) => value.replace(/^"|"$/g, '')
export const quoted = (value) => `"${value.replace(/["\\]/g, '')}"`
export const listed = (value) => value.split(/, */).filter(Boolean).map(bare)

/** How a field can be compared. */
export function comparisons (field) {
  const type = field?.type
  const signs = type === 'checkbox' || type === 'dynamiclist' ? ['yes', 'no']
    : type === 'checklist' ? ['has', 'lacks']
      : type === 'select' || type === 'radio' ? ['==', '!=', 'among', 'outside']
        : type === 'number' || type === 'expression' ? Object.keys(SIGNS) : ['==', '!=']
  return signs.map((sign) => [sign, t(WORDS[sign])])
}

/** The values a field offers, with their words. */
export const valuesOf = (field) => ['select', 'radio', 'checklist'].includes(field?.type) && Array.isArray(field.values)
  ? field.values.filter((one) => one?.value).map(({ value, label }) => [value, label || value])
  : undefined

/** What a condition about this field begins with. */
export function begin (field) {
  const [[is]] = comparisons(field)
  const [[first] = ['']] = valuesOf(field) || []
  const number = field.type === 'number' || field.type === 'expression'
  return { of: keyOf(field), is, value: is === 'yes' ? '' : number ? '0' : quoted(first) }
}

/** The value of a row as it is written, from what stands in its control. */
export function valueFrom (field, text) {
  const number = field?.type === 'number' || field?.type === 'expression'
  return number && /^-?\d+(\.\d+)?$/.test(text) ? text : quoted(text)
}

function sayOne ({ of, is, value }, fields) {
  const field = fields.find((one) => keyOf(one) === of)
  const known = Object.fromEntries(valuesOf(field) || [])
  const said = listed(value).map((one) => known[one] || one).join('、')
  return t('{name}{is}{value}', { name: field ? labelOf(field) : of, is: t(WORDS[is]), value: said }).trim()
}

/** The whole condition in plain words; nothing where it can only be read as it is. */
export function say (text, fields) {
  const found = read(text)
  return found?.rows.map((row) => sayOne(row, fields)).join(t(found.join === 'and' ? ' 且 ' : ' 或 '))
}

/** An expression with other names; what stands in quotes is text. */
export function renamed (text, names) {
  return text.replace(new RegExp(`"[^"]*"|'[^']*'|${NAME}`, 'g'), (word) => names[word] || word)
}
