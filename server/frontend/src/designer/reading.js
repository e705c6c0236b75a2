// A file comes in and goes out again as it was. The library forgets references to what is not in
// the file (a list that is a variable, a message declared elsewhere); they are kept here.

/** Put back every reference that leads nowhere: it is written as it was read. */
function keepReferences (modeler, warnings) {
  const moddle = modeler.get('moddle')
  for (const { element, property, value } of warnings) {
    if (!element || !property || !value) continue
    const known = moddle.getPropertyDescriptor(element, property)
    if (!known) continue
    const elsewhere = moddle.create(known.type, { id: value })
    moddle.ids?.unclaim(value)
    if (known.isMany) element.get(property).push(elsewhere)
    else element.set(property, elsewhere)
  }
}

const LOST = /unparsable|unrecognized|unknown/i

/** What is read is kept, even when there is nothing of it to show. */
async function read (modeler, xml) {
  const before = modeler.getDefinitions()
  try {
    return (await modeler.importXML(xml)).warnings
  } catch (error) {
    if (!modeler.getDefinitions() || modeler.getDefinitions() === before) throw error
    return [...error.warnings, error]
  }
}

/** The elements of what is shown that have no position. */
function unplaced (modeler) {
  const registry = modeler.get('elementRegistry')
  const inside = (level) => (level?.flowElements || []).flatMap((one) => [one, ...inside(one)])
  return modeler.get('canvas').getRootElements().map(({ businessObject: root }) => root)
    .flatMap((root) => root?.participants ? root.participants.map(({ processRef }) => processRef) : [root])
    .flatMap(inside)
    .filter((one) => one.$instanceOf('bpmn:FlowNode') && !registry.get(one.id))
    .map(({ id, name }) => name || id)
}

/** Show a diagram. Gives what could not be read and will be missing when it is saved (`lost`), and
    what is in the file and could not be shown (`hidden`), in the words of the library. */
export async function importXML (modeler, xml) {
  const warnings = await read(modeler, xml)
  keepReferences(modeler, warnings)
  const told = warnings.filter(({ element, property, value }) => !(element && property && value))
    .map(({ message }) => message)
  const hidden = [...unplaced(modeler), ...told.filter((one) => !LOST.test(one))]
  return { lost: told.filter((one) => LOST.test(one)), hidden: [...new Set(hidden)] }
}

export async function saveXML (modeler) {
  const { xml } = await modeler.saveXML({ format: true })
  return xml
}
