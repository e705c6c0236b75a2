// Everything the engine runs, once: the palette, the menus to create, append and replace are made
// of this list, so that nothing is offered that publication would refuse.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil'
import { t } from './words.js'

const definition = (kind) => `bpmn:${kind}EventDefinition`

/** [key, group, icon, words, type, more] */
const ROWS = [
  ['user', 'activity', 'user-task', '审批环节', 'bpmn:UserTask'],
  ['call', 'activity', 'call-activity', '事项（调用流程）', 'bpmn:CallActivity'],
  ['script', 'activity', 'script-task', '脚本', 'bpmn:ScriptTask'],
  ['rule', 'activity', 'business-rule-task', '规则任务（查规则表）', 'bpmn:BusinessRuleTask'],
  ['receive', 'activity', 'receive-task', '接收任务', 'bpmn:ReceiveTask'],
  ['sub', 'activity', 'subprocess-expanded', '子流程', 'bpmn:SubProcess', { isExpanded: true }],
  ['exclusive', 'gateway', 'gateway-xor', '排他网关', 'bpmn:ExclusiveGateway'],
  ['parallel', 'gateway', 'gateway-parallel', '并行网关', 'bpmn:ParallelGateway'],
  ['inclusive', 'gateway', 'gateway-or', '相容网关', 'bpmn:InclusiveGateway'],
  ['race', 'gateway', 'gateway-eventbased', '事件网关', 'bpmn:EventBasedGateway'],
  ['start', 'event', 'start-event-none', '开始', 'bpmn:StartEvent'],
  ['end', 'event', 'end-event-none', '结束', 'bpmn:EndEvent'],
  ['end-error', 'event', 'end-event-error', '错误结束', 'bpmn:EndEvent', { eventDefinitionType: definition('Error') }],
  ['end-escalation', 'event', 'end-event-escalation', '升级结束', 'bpmn:EndEvent', { eventDefinitionType: definition('Escalation') }],
  ['end-terminate', 'event', 'end-event-terminate', '终止', 'bpmn:EndEvent', { eventDefinitionType: definition('Terminate') }],
  ['timer', 'event', 'intermediate-event-catch-timer', '等候时间', 'bpmn:IntermediateCatchEvent', { eventDefinitionType: definition('Timer') }],
  ['message', 'event', 'intermediate-event-catch-message', '等候消息', 'bpmn:IntermediateCatchEvent', { eventDefinitionType: definition('Message') }],
  ['escalation', 'event', 'intermediate-event-throw-escalation', '抛出升级', 'bpmn:IntermediateThrowEvent', { eventDefinitionType: definition('Escalation') }],
  ['milestone', 'event', 'intermediate-event-none', '里程碑', 'bpmn:IntermediateThrowEvent'],
  ['pool', 'drawing', 'participant', '泳池', 'bpmn:Participant'],
  ['note', 'drawing', 'text-annotation', '注释', 'bpmn:TextAnnotation'],
  ['group', 'drawing', 'group', '分组', 'bpmn:Group'],
]
/** What stands at the edge of an activity; the latter two only where something can be thrown. */
const BOUNDARY = [
  ['at-timer', 'boundary', 'intermediate-event-catch-timer', '边界：到时', 'Timer', true],
  ['at-timer-beside', 'boundary', 'intermediate-event-catch-non-interrupting-timer', '边界：到时，不中断', 'Timer', false],
  ['at-message', 'boundary', 'intermediate-event-catch-message', '边界：消息', 'Message', true],
  ['at-message-beside', 'boundary', 'intermediate-event-catch-non-interrupting-message', '边界：消息，不中断', 'Message', false],
  ['at-error', 'boundary', 'intermediate-event-catch-error', '边界：错误', 'Error', true],
  ['at-escalation', 'boundary', 'intermediate-event-catch-escalation', '边界：升级', 'Escalation', true],
  ['at-escalation-beside', 'boundary', 'intermediate-event-catch-non-interrupting-escalation', '边界：升级，不中断', 'Escalation', false],
]
const GROUPS = { event: '事件', activity: '环节', gateway: '网关', drawing: '画法', boundary: '边界事件' }

const entry = ([key, group, icon, words, type, more = {}]) => ({
  key, group, icon: `bpmn-icon-${icon}`, words, attrs: { type, ...more },
})

export const ELEMENTS = ROWS.map(entry)
export const EDGES = BOUNDARY.map(([key, group, icon, words, kind, cancelActivity]) => entry(
  [key, group, icon, words, 'bpmn:BoundaryEvent', { eventDefinitionType: definition(kind), cancelActivity }],
))
export const OFFERED = [...ELEMENTS, ...EDGES]
export const PALETTE = ['user', 'call', 'exclusive', 'parallel', 'inclusive', 'start', 'end']

export const groupOf = ({ group }) => ({ id: group, name: t(GROUPS[group]) })
export const ofKey = (key) => ELEMENTS.find((one) => one.key === key)

const definitionOf = (element) => getBusinessObject(element).eventDefinitions?.[0]?.$type

/** The entry of our list that an element is, if it is one. */
export function entryOf (element) {
  return [...ELEMENTS, ...EDGES].find(({ attrs }) => (
    element.type === attrs.type && definitionOf(element) === attrs.eventDefinitionType &&
    (attrs.cancelActivity === undefined || getBusinessObject(element).cancelActivity === attrs.cancelActivity)
  ))
}

const SOLID = ['bpmn:UserTask', 'bpmn:ReceiveTask', 'bpmn:SubProcess', 'bpmn:CallActivity']
const HOLLOW = ['bpmn:SubProcess', 'bpmn:CallActivity']
const isOne = (element, types) => types.some((type) => is(element, type))

/** What may be attached to an activity. */
export function edgesFor (host) {
  if (!isOne(host, SOLID)) return []
  return EDGES.filter(({ attrs }) => (
    /Timer|Message/.test(attrs.eventDefinitionType) || isOne(host, HOLLOW)
  ))
}

/** What may follow an element directly. */
export function followersOf (source) {
  if (!is(source, 'bpmn:FlowNode') || is(source, 'bpmn:EndEvent')) return []
  const race = is(source, 'bpmn:EventBasedGateway')
  return ELEMENTS.filter(({ key, group }) => (
    race ? ['timer', 'message', 'receive'].includes(key) : key !== 'start' && group !== 'drawing'
  ))
}

/** What an element may be changed into. */
export function othersFor (element) {
  const own = entryOf(element)
  if (is(element, 'bpmn:BoundaryEvent')) return edgesFor(element.host).filter((one) => one !== own)
  if (is(element, 'bpmn:SubProcess')) return []
  if (!isOne(element, ['bpmn:Event', 'bpmn:Activity', 'bpmn:Gateway'])) return []
  const family = ['bpmn:Event', 'bpmn:Activity', 'bpmn:Gateway'].find((type) => is(element, type))
  const group = { 'bpmn:Event': 'event', 'bpmn:Activity': 'activity', 'bpmn:Gateway': 'gateway' }[family]
  return ELEMENTS.filter((one) => one !== own && one.group === group && one.key !== 'sub')
}

const KINDS = {
  'bpmn:SequenceFlow': '连线', 'bpmn:Process': '流程', 'bpmn:Collaboration': '流程',
  'bpmn:Lane': '泳道', 'bpmn:Association': '关联', 'bpmn:BoundaryEvent': '边界事件',
}

/** What an element is, in words. */
export function kindOf (element) {
  const known = entryOf(element) || ELEMENTS.find(({ attrs }) => attrs.type === element.type)
  return t(known?.words || KINDS[element.type] || '其他元素')
}

/** What an element is called: its name, else what it is. */
export function nameOf (element) {
  const { name, text } = getBusinessObject(element)
  return (name || text || '').trim() || kindOf(element)
}
