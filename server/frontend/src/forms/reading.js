// A form comes in and goes out again as it was: what the canvas or the panel does not know stays.
// The canvas is given names of its own for the components (files may repeat theirs, or have none),
// and how wide each is shown.
import { t } from './words.js'
import { usualColumns } from './kinds.js'

export const copy = (value) => value === undefined ? undefined : JSON.parse(JSON.stringify(value))
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const OURS = ['id', 'components', 'layout', '_parent', '_path']

const sorted = (_key, value) => isObject(value)
  ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1))
  : value
const same = (one, other) => JSON.stringify(one, sorted) === JSON.stringify(other, sorted)
const isEmpty = (value) => value === undefined || (isObject(value) && !Object.keys(value).length)

export class Reading {
  constructor (room) {
    this.room = room
    this.count = 0
    this.origins = new Map()
  }

  /** A file as the canvas takes it. */
  read (text) {
    const raw = JSON.parse(text)
    if (!isObject(raw) || !Array.isArray(raw.components)) throw new Error(t('文件里不是表单：没有 components。'))
    this.root = raw
    return { type: 'default', id: 'form', components: raw.components.map((one) => this.component(one)) }
  }

  /** A component as the canvas takes it; where it came from is remembered. */
  component (raw) {
    const id = `c${++this.count}`
    const known = isObject(raw) ? copy(raw) : {}
    const type = typeof known.type === 'string' && known.type !== 'default' ? known.type : '?'
    const columns = Number(known.layout?.columns)
    const shown = { ...known, id, type, layout: { columns: columns >= 2 && columns <= 16 ? columns : usualColumns(this.room, type) } }
    delete shown.components
    this.origins.set(id, { raw: copy(raw), shown: copy(shown) })
    if (Array.isArray(known.components)) shown.components = known.components.map((one) => this.component(one))
    return shown
  }

  /** The form as it is written; keys stand where they stood. */
  write (schema) {
    const { components, ...rest } = this.root
    const keys = Object.keys(this.root)
    const written = { ...rest, components: this.components(schema) }
    return Object.fromEntries(keys.map((key) => [key, written[key]]))
  }

  components (parent) {
    return (parent.components || []).map((one) => this.written(one))
  }

  /** One component as it is written. */
  written (component) {
    const { raw, shown } = this.origins.get(component.id) || { raw: {}, shown: {} }
    if (!isObject(raw)) return raw
    const keys = [...new Set([...Object.keys(raw), ...Object.keys(component)])]
    const found = keys.map((key) => [key, this.value(key, component, raw, shown)])
    return Object.fromEntries(found.filter(([, value]) => value !== undefined))
  }

  value (key, component, raw, shown) {
    if (key === 'id') return raw.id
    if (key === 'layout') return this.layout(component, raw, shown)
    if (key === 'components') return Array.isArray(component.components) ? this.components(component) : raw.components
    if (OURS.includes(key)) return undefined
    if (same(component[key], shown[key])) return raw[key]
    return isEmpty(component[key]) ? undefined : copy(component[key])
  }

  layout (component, raw, shown) {
    const columns = component.layout?.columns || usualColumns(this.room, component.type)
    const before = isObject(raw.layout) ? raw.layout : {}
    if (shown.layout && columns === shown.layout.columns) return raw.layout
    const usual = columns === usualColumns(this.room, component.type)
    const layout = { ...before, columns: usual ? undefined : columns }
    return isEmpty(copy(layout)) ? undefined : copy(layout)
  }
}
