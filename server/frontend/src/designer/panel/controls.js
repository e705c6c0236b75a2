// Labelled fields of the panel. A field says under which key it can be found again, so that the
// focus stays where it was when the panel is built anew.
import { t } from '../words.js'

// What the hall has written itself is Chinese: a screen reader changes its voice.
const HAN = /[\u3400-\u9fff]/
const english = document.documentElement.lang === 'en'

export function h (name, props = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (key === 'value' && 'defaultValue' in element) element.defaultValue = value
    else if (key === 'className' || key === 'value') element[key] = value
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value)
  }
  const inside = children.flat(Infinity).filter((child) => child)
  element.append(...inside)
  if (english && [props.value, ...inside].some((one) => typeof one === 'string' && HAN.test(one))) element.lang = 'zh-CN'
  return element
}

export function group (words, ...children) {
  return h('fieldset', { className: 'part' }, h('legend', {}, t(words)), ...children)
}

function labelled (key, words, control, help) {
  control.id = `panel-${key}`
  control.dataset.field = key
  const label = h('label', { className: 'form-label', for: control.id }, words)
  if (!help) return h('div', { className: 'field' }, label, control)
  control.setAttribute('aria-describedby', `panel-${key}-help`)
  return h('div', { className: 'field' }, label, control,
    h('div', { className: 'form-text', id: `panel-${key}-help` }, help))
}

const changed = (control, act) => control.addEventListener('change', () => act(control.value.trim()))

/** One line of text; `options` are suggested. */
export function text (key, words, value, act, { help, options, ...more } = {}) {
  const control = h('input', { className: 'form-control', autocomplete: 'off', ...more, value: value || '' })
  changed(control, act)
  const field = labelled(key, t(words), control, help && t(help))
  if (options) {
    control.setAttribute('list', `panel-${key}-list`)
    field.append(h('datalist', { id: `panel-${key}-list` }, options.map((one) => h('option', { value: one }))))
  }
  return field
}

export function area (key, words, value, act, { help, rows = 3 } = {}) {
  const control = h('textarea', { className: 'form-control', rows, value: value || '' })
  changed(control, act)
  return labelled(key, t(words), control, help && t(help))
}

/** A choice of [value, words]; what is chosen and not offered is shown all the same. */
export function choice (key, words, value, options, act, { help } = {}) {
  const all = value && !options.some(([one]) => one === value) ? [...options, [value, value]] : options
  const control = h('select', { className: 'form-select' },
    [['', t('（未选）')], ...all].map(([one, said]) => h('option', { value: one }, said)))
  control.value = value || ''
  changed(control, act)
  return labelled(key, t(words), control, help && t(help))
}

export function tick (key, words, checked, act) {
  const control = h('input', { className: 'form-check-input', type: 'checkbox', id: `panel-${key}`, 'data-field': key })
  control.checked = checked
  control.addEventListener('change', () => act(control.checked))
  return h('div', { className: 'form-check' }, control, h('label', { className: 'form-check-label', for: control.id }, words))
}

/** Several of [value, words], kept as words with spaces between, in the order of the list. */
export function ticks (key, words, value, options, act) {
  const chosen = new Set((value || '').split(/\s+/).filter(Boolean))
  const boxes = options.map(([one, said]) => tick(`${key}-${one}`, said, chosen.has(one), (is) => {
    if (is) chosen.add(one)
    else chosen.delete(one)
    const known = options.map(([each]) => each)
    act([...known, ...[...chosen].filter((each) => !known.includes(each))].filter((each) => chosen.has(each)).join(' '))
  }))
  return h('fieldset', { className: 'field' }, h('legend', { className: 'form-label' }, t(words)), boxes)
}

export function button (key, words, act, className = 'btn btn-outline-primary btn-sm') {
  return h('button', { type: 'button', className, 'data-field': key, onclick: act }, words)
}

export function facts (rows) {
  return h('dl', { className: 'facts' }, rows.filter(([, value]) => value)
    .flatMap(([words, value]) => [h('dt', {}, t(words)), h('dd', {}, value)]))
}

export const pairs = (table) => Object.entries(table)
