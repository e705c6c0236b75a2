// An expression tried at once: the server says which variables it reads, and what it comes to.
import { ask } from '../asking.js'
import { t } from '../words.js'
import { h } from './controls.js'

const samples = {} // what was typed stays while one goes from branch to branch

const read = (text) => {
  try { return JSON.parse(text) } catch { return text }
}

function sayResult ({ fault, result }) {
  if (fault) return fault
  if (result === true) return t('成立：走这条线')
  if (result === false) return t('不成立：不走这条线')
  return t('结果是 {result}', { result: JSON.stringify(result) })
}

const CONDITION = { say: sayResult, ask: '填写样例值，就知道这个条件成立不成立。' }

/** Fields for the variables of an expression, and what it comes to with them. */
export function tryout (room, expression, { say, ask: wanted, of = '' } = CONDITION) {
  const place = h('div', { className: 'tryout', role: 'status' })
  const fields = h('div', {})
  let asked = 0
  async function again () {
    const number = ++asked
    const values = Object.fromEntries(Object.entries(samples).map(([name, text]) => [name, read(text)]))
    const answer = await ask(room, room.try, { expression, values: JSON.stringify(values) })
    if (!answer.ok) return
    const tried = await answer.json()
    if (number !== asked) return // of several answers only the last one counts
    if (fields.childElementCount !== tried.names.length) {
      fields.replaceChildren(...tried.names.map((name) => sample(name, again, of)))
    }
    const missing = tried.names.some((name) => !samples[name])
    place.textContent = missing && !tried.result ? t(wanted) : say(tried)
    place.classList.toggle('is-fault', Boolean(tried.fault) && !missing)
  }
  if (expression) again()
  return expression ? h('details', { className: 'field', open: true }, h('summary', {}, t('试算')), fields, place) : undefined
}

function sample (name, again, of) {
  const input = h('input', {
    className: 'form-control form-control-sm',
    id: `sample-${of}${name}`,
    'data-field': `sample-${of}${name}`,
    value: samples[name] || '',
    placeholder: of ? '' : name === 'items' ? '["R01"]' : 'granted',
    oninput: ({ target }) => { samples[name] = target.value.trim(); again() },
  })
  return h('div', { className: 'sample' }, h('label', { for: input.id }, h('code', {}, name)), input)
}
