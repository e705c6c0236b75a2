// The panel beside the drawing: what is chosen, in words, to be changed. A plain form, built anew
// after every change; the focus stays where it was.
import { is, isAny } from 'bpmn-js/lib/util/ModelUtil'
import { kindOf, nameOf } from '../elements.js'
import { thingsOf } from '../modeler.js'
import { t } from '../words.js'
import { anew } from './anew.js'
import { approval } from './approval.js'
import { call } from './call.js'
import { area, button, choice, group, h, text, tick } from './controls.js'
import { event, interrupting } from './event.js'
import { condition, ways } from './flow.js'
import { Model } from './model.js'
import { multiple } from './multiple.js'
import { rule } from './rule.js'

const TEXTUAL = ['bpmn:TextAnnotation', 'bpmn:Group']

function general (model) {
  const { element, object } = model
  const isNote = is(element, 'bpmn:TextAnnotation')
  const [documentation] = object.documentation || []
  const rename = (value) => model.get('modeling').updateLabel(element, value)
  const document = (body) => model.set({
    documentation: body ? [model.create('bpmn:Documentation', { text: body }, object)] : undefined,
  })
  return group('常规',
    isNote || isAny(element, TEXTUAL)
      ? area('name', '文字', isNote ? object.text : object.categoryValueRef?.value, rename)
      : is(element, 'bpmn:Association')
        ? undefined
        : text('name', '名称', object.name, (name) => element.parent ? rename(name) : model.set({ name })),
    interrupting(model),
    area('documentation', '说明', documentation?.text, document, { rows: 2 }))
}

function script (model) {
  return is(model.element, 'bpmn:ScriptTask') && group('脚本',
    area('script', '脚本', model.object.script, (body) => model.set({ script: body || undefined }),
      { rows: 5, help: '每行一个“变量 = 表达式”' }))
}

/** Draw an arrow without a mouse. */
function connect (model) {
  const { element } = model
  if (!is(element, 'bpmn:FlowNode') || is(element, 'bpmn:EndEvent')) return undefined
  const rules = model.get('rules')
  const free = thingsOf(model.modeler).filter((other) => (
    other !== element && !other.waypoints && is(other, 'bpmn:FlowNode') &&
    !element.outgoing.some(({ target }) => target === other) &&
    rules.allowed('connection.create', { source: element, target: other })?.type === 'bpmn:SequenceFlow'
  ))
  return group('连线', choice('connect', '连到', '', free.map((one) => [one.id, nameOf(one)]), (id) => {
    const target = free.find((one) => one.id === id)
    if (target) model.get('modeling').connect(element, target)
  }))
}

function advanced (model) {
  const { element, object } = model
  const taken = (id) => model.get('moddle').ids.assigned(id)
  const change = (id) => {
    if (id && id !== object.id && /^[^\W\d][\w.-]*$/u.test(id) && !taken(id)) model.set({ id })
  }
  const isEnd = is(element, 'bpmn:EndEvent')
  return h('details', { className: 'part', open: isEnd }, h('summary', {}, t('高级')),
    text('id', '标识', object.id, change, {
      help: isEnd ? '事项流程的结果就是结束事件的标识：granted 准予，refused 不予' : '已经发布的不要改：历史按它记录',
    }),
    is(element, 'bpmn:Process')
      ? tick('executable', t('可执行'), Boolean(object.isExecutable), (isExecutable) => model.set({ isExecutable }))
      : undefined)
}

/** In a pool there is no empty sheet to choose: the process is shown with the pool. */
function pooled (model) {
  const { processRef: process } = model.object
  return process && group('流程',
    text('process', '流程标识', process.id, (id) => id && model.setIn(process, { id })),
    tick('executable', t('可执行'), Boolean(process.isExecutable), (isExecutable) => model.setIn(process, { isExecutable })))
}

function parts (model, room) {
  const { element } = model
  return [
    general(model),
    is(element, 'bpmn:UserTask') && approval(model, room),
    is(element, 'bpmn:CallActivity') && call(model, room),
    is(element, 'bpmn:BusinessRuleTask') && rule(model, room),
    condition(model, room),
    ways(model, room),
    event(model),
    script(model),
    multiple(model),
    connect(model),
    is(element, 'bpmn:Participant') && pooled(model),
    advanced(model),
  ].filter(Boolean)
}

function head (modeler, element) {
  const back = element.parent
    ? button('back', t('整个流程'), () => modeler.get('selection').select([]), 'btn btn-link btn-sm')
    : undefined
  return h('div', { className: 'panel-head' }, h('h2', {}, element.parent ? kindOf(element) : t('流程')), back)
}

/** The sheet itself stands for the process; in a pool, for the process of the pool. */
function chosenIn (modeler) {
  const chosen = modeler.get('selection').get()
  if (chosen.length > 1) return undefined
  const [element = modeler.get('canvas').getRootElement()] = chosen
  return element.labelTarget || element
}

function build (host, modeler, room) {
  const element = chosenIn(modeler)
  if (!element) return host.replaceChildren(h('p', {}, t('选中了几个图形；选中一个就能修改它。')))
  if (!element.businessObject) return host.replaceChildren()
  host.replaceChildren(head(modeler, element), ...parts(new Model(modeler, element), room))
}

export function addPanel (host, modeler, room) {
  const again = anew(host, () => build(host, modeler, room))
  const bus = modeler.get('eventBus')
  for (const name of ['selection.changed', 'commandStack.changed', 'import.done', 'root.set']) bus.on(name, again)
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') modeler.get('canvas').focus()
  })
}
