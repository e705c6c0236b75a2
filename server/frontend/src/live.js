// <div data-live='{"fields": [...], "known": {...}}'>: a form whose questions depend on answers
// above them. As one writes, what does not apply is hidden, what has to be answered is marked, and
// what is computed is shown. The server decides by the same expressions when the form is posted;
// where a value is not known here, a question stays as the server has drawn it: shown.
const PLACES = 1e6
const MOST = 1e15

function unknown () {
  throw new RangeError('not known yet')
}

const truth = (value) => Array.isArray(value) ? value.length > 0 : Boolean(value)
const plain = (value) => typeof value === 'boolean' ? Number(value) : value ?? null
const number = (value) => typeof value === 'number' && Math.abs(value) <= MOST ? value : unknown()
const members = (value) => Array.isArray(value) ? value : unknown()
const same = (a, b) => Array.isArray(a) && Array.isArray(b)
  ? a.length === b.length && a.every((one, at) => same(one, b[at]))
  : plain(a) === plain(b)

function inside (item, group) {
  if (typeof group === 'string') return typeof item === 'string' ? group.includes(item) : unknown()
  return members(group).some((one) => same(one, item))
}

function ordered (a, b) {
  const [left, right] = [plain(a), plain(b)]
  const fit = typeof left === typeof right && ['number', 'string'].includes(typeof left)
  return fit ? (left < right ? -1 : Number(left > right)) : unknown()
}

const COMPARE = {
  '==': same,
  '!=': (a, b) => !same(a, b),
  '<': (a, b) => ordered(a, b) < 0,
  '<=': (a, b) => ordered(a, b) <= 0,
  '>': (a, b) => ordered(a, b) > 0,
  '>=': (a, b) => ordered(a, b) >= 0,
  in: inside,
  'not in': (a, b) => !inside(a, b)
}
const RECKON = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => b === 0 ? unknown() : a / b
}
const some = (group) => members(group).length ? group.map(number) : unknown()
const FUNCTIONS = {
  len: (value) => typeof value === 'string' ? [...value].length : members(value).length,
  count: (group, item) => members(group).filter((one) => same(one, item)).length,
  sum: (group) => number(members(group).map(number).reduce((a, b) => a + b, 0)),
  min: (group) => Math.min(...some(group)),
  max: (group) => Math.max(...some(group)),
  any: (group) => members(group).some(truth),
  all: (group) => members(group).every(truth)
}

function value ([kind, ...parts], scope) {
  const of = (part) => value(part, scope)
  switch (kind) {
    case 'is': return parts[0]
    case 'name': return parts[0] in scope ? scope[parts[0]] : unknown()
    case 'list': return parts.map(of)
    case 'call': return FUNCTIONS[parts[0]](...parts.slice(1).map(of))
    case 'if': return of(truth(of(parts[0])) ? parts[1] : parts[2])
    case 'and': return parts.every((part) => truth(of(part)))
    case 'or': return parts.some((part) => truth(of(part)))
    case 'not': return !truth(of(parts[0]))
    case 'minus': return -number(of(parts[0]))
    case 'reckon': return number(RECKON[parts[0]](number(of(parts[1])), number(of(parts[2]))))
  }
  let left = of(parts[0])
  return parts.slice(1).every(([sign, part]) => {
    const right = of(part)
    const holds = COMPARE[sign](left, right)
    left = right
    return holds
  })
}

// undefined: not to be known here
function outcome (tree, scope) {
  try {
    return tree ? value(tree, scope) : undefined
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return undefined
  }
}

const blank = (field) => field.type === 'checkbox' ? false : ['checklist', 'dynamiclist'].includes(field.type) ? [] : null

function answer (form, { name, type }) {
  if (type === 'checkbox') return form.querySelector(`[name="${name}"]`)?.checked ?? false
  if (type === 'checklist') return [...form.querySelectorAll(`[name="${name}"]:checked`)].map((one) => one.value)
  if (type === 'radio') return form.querySelector(`[name="${name}"]:checked`)?.value ?? null
  if (type === 'filepicker') return null // nothing asks what is in a file
  const written = form.querySelector(`[name="${name}"]`)?.value.trim() ?? ''
  if (type !== 'number' || !written) return written || null
  const digits = written.normalize('NFKC')
  return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(digits) ? Number(digits) : written
}

function show (field, asked, required, computed) {
  const place = document.getElementById(`f-${field.name}`)
  const around = place?.closest('.field')
  if (!around) return
  if (field.hide) around.hidden = !asked
  if (field.require) around.querySelector('.form-label')?.classList.toggle('required', required)
  if (!field.compute) return
  place.querySelector('[data-value]').textContent = computed ?? place.dataset.blank
  place.querySelector('[data-unit]').hidden = computed === null
}

function compute (tree, scope) {
  const found = outcome(tree, scope)
  if (typeof found === 'number') return Math.round(found * PLACES) / PLACES
  return ['string', 'boolean'].includes(typeof found) ? found : null
}

function rows (form, field) {
  const start = `${field.name}.`
  const names = [...form.elements].map(({ name }) => name).filter((name) => name?.startsWith(start))
  const count = Math.max(0, ...names.map((name) => Number.parseInt(name.slice(start.length), 10) + 1))
  const found = []
  for (let at = 0; at < count; at++) {
    const cells = field.cells.map((cell) => ({ ...cell, name: `${start}${at}.${cell.key}` }))
    const row = settle(form, cells, {})
    if (cells.some((cell) => answer(form, cell) !== null)) found.push(row)
  }
  return found
}

function settle (form, fields, scope) {
  for (const field of fields) {
    const asked = !truth(outcome(field.hide, scope) ?? false)
    const required = truth(outcome(field.require, scope) ?? false)
    if (field.type === 'expression') {
      scope[field.key] = asked ? compute(field.compute, scope) : null
    } else if (field.type === 'dynamiclist') {
      scope[field.key] = asked ? rows(form, field) : []
      for (const cell of field.cells) {
        scope[`${field.key}_${cell.key}`] = scope[field.key].map((row) => row[cell.key]).filter((one) => one !== null)
      }
    } else {
      scope[field.key] = asked ? answer(form, field) : blank(field)
    }
    show(field, asked, required, scope[field.key])
  }
  return scope
}

function settleAll (form) {
  for (const place of form.querySelectorAll('[data-live]')) {
    const { fields, known } = JSON.parse(place.dataset.live)
    settle(form, fields, { ...known })
  }
}

for (const kind of ['input', 'change']) {
  document.addEventListener(kind, ({ target }) => {
    if (target.form?.querySelector('[data-live]')) settleAll(target.form)
  })
}
for (const place of document.querySelectorAll('[data-live]')) settleAll(place.closest('form'))
