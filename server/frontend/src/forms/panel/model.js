// How the panel changes a field: every change is one step that can be undone.
import { keyName, keyOf } from '../kinds.js'
import { renamed } from '../expressions.js'

const part = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** A part without what says nothing. */
function without (values) {
  const found = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return found.length ? Object.fromEntries(found) : undefined
}

/** What a field is called in expressions: itself, and its columns. */
export function namesOf (field) {
  const key = keyOf(field)
  return key ? [key, ...(field.type === 'dynamiclist' ? field.components.map((cell) => `${key}_${keyOf(cell)}`) : [])] : []
}

export class Model {
  constructor (editor, field) {
    Object.assign(this, { editor, field, room: editor.room, parent: editor.parentOf(field) })
  }

  get siblings () {
    return this.parent.components
  }

  /** What an expression may read here: what stands above. */
  get above () {
    return this.siblings.slice(0, this.siblings.indexOf(this.field)).filter(keyOf)
  }

  get inTable () {
    return this.parent.type === 'dynamiclist'
  }

  of (name) {
    return part(this.field[name])
  }

  set (properties) {
    this.editor.edit(this.field, properties)
  }

  /** One thing of a part: {validate: {required: true}}. */
  setIn (name, properties) {
    this.set({ [name]: without({ ...this.of(name), ...properties }) })
  }

  /** Another key; expressions that read it go along. */
  rename (key) {
    const { field, editor } = this
    const before = keyOf(field)
    if (!key || key === before) return
    const wider = this.inTable ? { [`${keyOf(this.parent)}_${before}`]: `${keyOf(this.parent)}_${key}` } : {}
    const columns = field.type === 'dynamiclist'
      ? Object.fromEntries(field.components.map((cell) => [`${before}_${keyOf(cell)}`, `${key}_${keyOf(cell)}`]))
      : {}
    editor.several(() => {
      this.set({ [keyName(field)]: key })
      for (const one of this.siblings) rewrite(editor, one, { [before]: key, ...columns })
      if (this.inTable) for (const one of editor.root.components) rewrite(editor, one, wider)
    })
  }
}

const isExpression = (text) => typeof text === 'string' && text.startsWith('=')

function rewrite (editor, field, names) {
  const changed = {}
  const within = (name, keys) => {
    const found = part(field[name])
    for (const key of keys) {
      if (!isExpression(found[key])) continue
      const now = renamed(found[key], names)
      if (now !== found[key]) changed[name] = { ...found, ...changed[name], [key]: now }
    }
  }
  within('conditional', ['hide'])
  within('validate', ['requiredWhen', 'validationType'])
  if (isExpression(field.expression)) {
    const now = renamed(field.expression, names)
    if (now !== field.expression) changed.expression = now
  }
  if (Object.keys(changed).length) editor.edit(field, changed)
}
