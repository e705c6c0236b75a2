// Positions are written in the order things are drawn in. The library would leave out those of what
// it does not draw (another process of the file, a conversation): they stay as they were read.
import { getDi, is } from 'bpmn-js/lib/util/ModelUtil'
import { selfAndAllChildren } from 'diagram-js/lib/util/Elements'

class Positions {
  constructor (eventBus, canvas) {
    eventBus.on('saveXML.start', () => canvas.getRootElements().forEach(write))
  }
}
Positions.$inject = ['eventBus', 'canvas']

function write (root) {
  const plane = getDi(root)
  const drawn = selfAndAllChildren([root], false)
    .filter((element) => element !== root && !element.labelTarget && is(getDi(element), 'bpmndi:DiagramElement'))
    .map(getDi)
  const known = new Set(drawn)
  plane.set('planeElement', [...drawn, ...plane.get('planeElement').filter((one) => !known.has(one))])
}

export default { bpmnDiOrdering: ['type', Positions] }
