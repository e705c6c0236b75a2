// The canvas: the editor of the form-js library with our own kinds, our own layout and our own panel.
import { FormEditor } from '@bpmn-io/form-js-editor'
import { FormLayouter } from '@bpmn-io/form-js-viewer'
import { begun, freeKey, keyName, keyOf, kindOf, labelOf } from './kinds.js'
import { copy } from './reading.js'
import { Shapes } from './shapes.js'
import { t } from './words.js'

const SIXTEEN = 16

/** Rows as the page that is filled in has them: one after the other, as many as fit. */
class Flow extends FormLayouter {
  calculateLayout (field) {
    let row
    let used = SIXTEEN
    for (const { id, layout } of field.components || []) {
      const columns = layout?.columns || SIXTEEN
      if (used + columns > SIXTEEN) {
        row = { id: `row-${id}`, components: [] }
        this.addRow(field.id, row)
        used = 0
      }
      row.components.push(id)
      used += columns
    }
    field.components?.forEach((one) => this.calculateLayout(one))
    this._eventBus.fire('form.layoutCalculated', { rows: this._rows })
  }
}
Flow.$inject = ['eventBus']

/** Whether two have the same name is for the server to say: the canvas shows them both. */
class AnyPath {
  canClaimPath () { return true }
  claimPath () {}
  unclaimPath () {}
  clear () {}
  executeRecursivelyOnFields () { return true }
  getValuePath ({ id }) { return [id] }
}

class Removal {
  constructor (actions, eventBus) {
    actions.registerProvider({
      getContextPadEntries: (field) => field.type === 'default'
        ? {}
        : { delete: { title: t('移除'), group: 'actions', action: (event) => {
            event.stopPropagation()
            eventBus.fire('lianban.remove')
          } } },
    })
  }
}
Removal.$inject = ['formFieldContextActions', 'eventBus']

/** Expressions are ours, and none of the canvas's business. */
const LANGUAGE = {
  isExpression: () => false,
  getVariableNames: () => [],
  evaluate: () => null,
  evaluateUnaryTest: () => null,
}

/** The widths that a page has; none: whatever there is. */
const isWidth = (columns) => columns === undefined || (columns >= 2 && columns <= SIXTEEN && columns % 2 === 0)

const OURS = {
  formFields: ['type', Shapes],
  formLayouter: ['type', Flow],
  formLayoutValidator: ['value', { validateField: (_field, columns) => isWidth(columns) ? null : 'no width' }],
  pathRegistry: ['type', AnyPath],
  deleteActionProvider: ['type', Removal],
  validateBehavior: ['value', {}],
  expressionLanguage: ['value', LANGUAGE],
  propertiesPanel: ['value', { attachTo () {} }],
}

class Canvas extends FormEditor {
  _getModules () {
    return super._getModules().filter((module) => !module.propertiesProvider)
  }
}

export class Editor {
  constructor (host, room, reading) {
    Object.assign(this, { host, room, reading })
    const nowhere = document.createElement('div')
    this.canvas = new Canvas({
      container: host,
      additionalModules: [OURS],
      keyboard: { bind: false },
      palette: { parent: nowhere },
      propertiesPanel: { parent: nowhere },
    })
    for (const name of ['modeling', 'selection', 'commandStack', 'eventBus', 'formFieldRegistry']) {
      this[name] = this.canvas.get(name)
    }
    this.commandStack.register('several', { preExecute: ({ act }) => act() })
    this.addFormField = this.modeling.addFormField.bind(this.modeling)
    this.guardDrops()
    this.on('lianban.remove', () => this.remove())
  }

  /** What is dropped from the palette begins as ours does; a table takes what a table can have. */
  guardDrops () {
    const dragging = this.canvas.get('dragging')
    dragging.validateDrop = (element, target) => {
      const node = element.querySelector('.fjs-element')
      const type = node ? this.formFieldRegistry.get(node.dataset.id)?.type : element.dataset.fieldType
      const parent = this.formFieldRegistry.get(target.closest('.fjs-element')?.dataset.id)
      return parent && this.fits(type, parent) ? undefined : 'no place'
    }
    this.on('drag.start', ({ element }) => { this.dragged = element.dataset.kind })
    this.modeling.addFormField = (attrs, parent, index) => {
      this.begin(this.dragged || attrs.type, parent, index)
    }
  }

  on (name, act) {
    this.eventBus.on(name, act)
  }

  async open (text) {
    await this.canvas.importSchema(this.reading.read(text))
    this.commandStack.clear()
  }

  get root () {
    return this.canvas._getState().schema
  }

  get chosen () {
    return this.selection.get() || undefined
  }

  text () {
    return `${JSON.stringify(this.reading.write(this.root), null, 2)}\n`
  }

  parentOf (field) {
    return this.formFieldRegistry.get(field._parent)
  }

  /** Every component, those of tables behind their table. */
  all (parent = this.root) {
    return parent.components.flatMap((one) => [one, ...(one.components ? this.all(one) : [])])
  }

  taken (parent) {
    return parent.components.map(keyOf)
  }

  fits (type, parent) {
    if (parent.type === 'default') return this.room.types.includes(type) || !type
    return parent.type === 'dynamiclist' && this.room.cells.includes(type)
  }

  choose (field) {
    this.selection.set(field || null)
  }

  /** Where something new comes: in the chosen table, behind the chosen component, or at the end. */
  placeFor (type) {
    const { chosen, root } = this
    if (!chosen || chosen.type === 'default') return [root, root.components.length]
    if (chosen.type === 'dynamiclist' && this.fits(type, chosen)) return [chosen, chosen.components.length]
    for (let field = chosen; field !== root; field = this.parentOf(field)) {
      const parent = this.parentOf(field)
      if (this.fits(type, parent)) return [parent, parent.components.indexOf(field) + 1]
    }
    return [root, root.components.length]
  }

  add (kind) {
    this.begin(kind, ...this.placeFor(begun(kind, []).type))
  }

  /** Put something new in its place; who listens has it named. */
  begin (kind, parent, index) {
    this.insert(begun(kind, this.taken(parent)), parent, index)
    this.eventBus.fire('lianban.begun')
  }

  /** Put a component, as files have it, in its place: one step, with all that is in it. */
  insert (raw, parent, index) {
    const { components, ...shown } = this.reading.component(raw)
    let added
    this.several(() => {
      added = this.addFormField({ ...shown, ...(components ? { components: [] } : {}), _parent: parent.id }, parent, index)
      components?.forEach((one, at) => this.addFormField({ ...one, _parent: added.id }, added, at))
    })
    this.choose(added)
    return added
  }

  several (act) {
    this.commandStack.execute('several', { act })
  }

  edit (field, properties) {
    this.modeling.editFormField(field, properties)
  }

  remove (field = this.chosen) {
    if (!field || field.type === 'default') return
    const parent = this.parentOf(field)
    this.modeling.removeFormField(field, parent, parent.components.indexOf(field))
  }

  move (by) {
    const { chosen } = this
    if (!chosen || chosen.type === 'default') return
    const parent = this.parentOf(chosen)
    const from = parent.components.indexOf(chosen)
    const to = from + by
    if (to < 0 || to >= parent.components.length) return
    this.modeling.moveFormField(chosen, parent, parent, from, by > 0 ? to + 1 : to)
    this.choose(chosen)
  }

  /** The chosen component as files have it. */
  copied () {
    const { chosen } = this
    return chosen && chosen.type !== 'default' ? copy(this.reading.written(chosen)) : undefined
  }

  paste (raw) {
    const [parent, index] = this.placeFor(raw.type)
    const taken = this.taken(parent)
    const name = keyName(raw)
    if (taken.includes(raw[name])) raw[name] = freeKey(String(raw[name]).replace(/_\d+$/, ''), taken)
    delete raw.id
    return this.insert(raw, parent, index)
  }

  /** The next component, or the one before. */
  step (by) {
    const all = this.all()
    const at = all.indexOf(this.chosen)
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]
    if (next) this.show(next)
  }

  show (field) {
    this.choose(field)
    setTimeout(() => this.nodeOf(field)?.focus())
  }

  nodeOf (field) {
    return this.host.querySelector(`.fjs-element[data-id="${CSS.escape(field.id)}"]`)
  }

  /** Keys go on where they were when what they were pressed on is gone. */
  refocus () {
    setTimeout(() => {
      if (document.activeElement !== document.body) return
      const node = this.chosen && this.nodeOf(this.chosen)
      ;(node || this.host.firstElementChild).focus()
    })
  }

  /** What each component is, for who does not see it. */
  describe () {
    for (const field of this.all()) {
      const node = this.nodeOf(field)
      node?.setAttribute('role', 'group')
      node?.setAttribute('aria-label', `${labelOf(field)} ${kindOf(field.type)}`)
    }
  }

  /** The component at this place of the file. */
  at (place) {
    return place.reduce((parent, index) => parent?.components?.[index], this.root)
  }
}
