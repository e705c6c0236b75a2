// How the panel changes the diagram: every change is one step that can be undone.
import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil'
import lianban from '../lianban.json'

/** The attributes of our own elements: lb:Item → code, mode. */
const ATTRIBUTES = Object.fromEntries(lianban.types.map(({ name, properties }) => [
  `lb:${name}`, properties.map((property) => property.name),
]))

export class Model {
  constructor (modeler, element) {
    this.modeler = modeler
    this.element = element
    this.object = getBusinessObject(element)
  }

  get (service) {
    return this.modeler.get(service)
  }

  create (type, props, parent) {
    const made = this.get('bpmnFactory').create(type, props)
    if (parent) made.$parent = parent
    return made
  }

  set (props, element = this.element) {
    this.get('modeling').updateProperties(element, props)
  }

  setIn (part, props) {
    this.get('modeling').updateModdleProperties(this.element, part, props)
  }

  /** Our own element on this one, if there is one. */
  own (type) {
    return this.object.extensionElements?.values?.find((value) => value.$type === type)
  }

  /** The property that changes attributes of our own element; one without any is taken away, other
      extensions stay. */
  setOwn (type, props) {
    const old = this.own(type)
    const kept = Object.fromEntries(ATTRIBUTES[type].map((name) => [name, old?.get(name)]))
    const given = Object.entries({ ...kept, ...props }).filter(([, value]) => value)
    const others = (this.object.extensionElements?.values || []).filter((value) => value !== old)
    const around = this.create('bpmn:ExtensionElements', {}, this.object)
    const made = given.length ? [this.create(type, Object.fromEntries(given), around)] : []
    Object.assign(made[0]?.$attrs || {}, old?.$attrs)
    around.values = [...others, ...made]
    for (const one of others) one.$parent = around
    return { extensionElements: around.values.length ? around : undefined }
  }

  /** Several changes as one step. */
  together (act) {
    this.get('commandStack').execute('lianban.together', { act })
  }

  expression (body, parent) {
    return body ? this.create('bpmn:FormalExpression', { body }, parent) : undefined
  }

  /** A declaration at the top of the file by its name or code: the one there is, or a new one. */
  declared (type, attribute, value) {
    const definitions = this.modeler.getDefinitions()
    const there = definitions.rootElements.find((one) => one.$type === type && one.get(attribute) === value)
    if (there || !value) return there
    const made = this.create(type, { [attribute]: value, ...(attribute !== 'name' && { name: value }) }, definitions)
    this.setIn(definitions, { rootElements: [...definitions.rootElements, made] })
    return made
  }

  names (type, attribute) {
    return this.modeler.getDefinitions().rootElements
      .filter((one) => one.$type === type).map((one) => one.get(attribute)).filter(Boolean)
  }
}
