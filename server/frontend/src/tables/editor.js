// The table itself: the decision tables and expressions of one file, with words in two languages.
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn.css'
import EditingManager from 'dmn-js-shared/lib/base/EditingManager'
import { is } from 'dmn-js-shared/lib/util/ModelUtil'
import DecisionTableEditor from 'dmn-js-decision-table/lib/Editor'
import LiteralExpressionEditor from 'dmn-js-literal-expression/lib/Editor'
import { keepWords, translate } from './words.js'

const decides = (logic) => (element) => is(element, 'dmn:Decision') && is(element.decisionLogic, logic)

class Tables extends EditingManager {
  _getViewProviders () {
    return [
      { id: 'decisionTable', constructor: DecisionTableEditor, opens: decides('dmn:DecisionTable') },
      { id: 'literalExpression', constructor: LiteralExpressionEditor, opens: decides('dmn:LiteralExpression') },
    ]
  }
}

export function createEditor (container) {
  const words = { additionalModules: [{ translate: ['value', translate] }] }
  const tables = new Tables({ container, height: '100%', decisionTable: words, literalExpression: words })
  keepWords(container)
  const listeners = { change: [], stack: [] }
  const stack = () => tables.getActiveViewer()?.get('commandStack', false)
  tables.on('viewer.created', ({ viewer }) => {
    viewer.on('commandStack.changed', ({ trigger }) => {
      if (trigger !== 'clear') listeners.change.forEach((act) => act())
      if (stack()) listeners.stack.forEach((act) => act(stack()))
    })
  })
  return {
    tables,
    stack,
    viewer: () => tables.getActiveViewer(),
    act: (name) => tables.getActiveViewer()?.get('editorActions', false)?.trigger(name),
    onChange: (act) => listeners.change.push(act),
    onStack: (act) => listeners.stack.push(act),
    onViews: (act) => tables.on('views.changed', act),
    open: (view) => tables.open(view),
    importXML: async (xml) => (await tables.importXML(xml)).warnings,
    saveXML: async () => (await tables.saveXML({ format: true })).xml,
  }
}
