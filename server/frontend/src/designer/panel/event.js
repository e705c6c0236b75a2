// 事件: what is waited for or thrown, and whether it interrupts.
import { is } from 'bpmn-js/lib/util/ModelUtil'
import { t } from '../words.js'
import { choice, group, text, tick } from './controls.js'

const DECLARED = {
  'bpmn:MessageEventDefinition': ['消息', '消息名称', 'bpmn:Message', 'name', 'messageRef'],
  'bpmn:ErrorEventDefinition': ['错误', '错误代码', 'bpmn:Error', 'errorCode', 'errorRef'],
  'bpmn:EscalationEventDefinition': ['升级', '升级代码', 'bpmn:Escalation', 'escalationCode', 'escalationRef'],
}
const TIMES = {
  timeDuration: ['时长', '如 10wd、3.5h、60d、P5D，或者算得出这些的表达式'],
  timeDate: ['时刻', '如 2026-03-02、2026-03-02T09:00+08:00，或者表达式'],
}

function timer (model, definition) {
  const kind = definition.timeDate ? 'timeDate' : 'timeDuration'
  const set = (name, body) => model.setIn(definition, {
    timeDuration: undefined,
    timeDate: undefined,
    [name]: model.create('bpmn:FormalExpression', { body }, definition),
  })
  const body = definition[kind]?.body || ''
  const [words, help] = TIMES[kind]
  return group('定时',
    choice('timer', '等到', kind, Object.entries(TIMES).map(([name, [said]]) => [name, t(said)]),
      (name) => set(name || 'timeDuration', body)),
    text('time', words, body, (value) => set(kind, value), { help }))
}

function reference (model, holder, [title, words, type, attribute, property], help) {
  const value = holder[property]?.get(attribute)
  return group(title, text('declared', words, value, (name) => model.together(() => {
    model.setIn(holder, { [property]: model.declared(type, attribute, name) })
  }), { options: model.names(type, attribute), help }))
}

export function event (model) {
  if (is(model.element, 'bpmn:ReceiveTask')) {
    return reference(model, model.object, DECLARED['bpmn:MessageEventDefinition'])
  }
  const [definition] = model.object.eventDefinitions || []
  if (!definition) return undefined
  if (definition.$type === 'bpmn:TimerEventDefinition') return timer(model, definition)
  const known = DECLARED[definition.$type]
  const any = is(model.element, 'bpmn:BoundaryEvent') && known?.[0] !== '消息'
  return known && reference(model, definition, known, any ? '不写代码的，捕获所有的' : undefined)
}

export function interrupting (model) {
  const [definition] = model.object.eventDefinitions || []
  if (!is(model.element, 'bpmn:BoundaryEvent') || definition?.$type === 'bpmn:ErrorEventDefinition') return undefined
  return tick('interrupting', t('发生时中断这个环节'), model.object.cancelActivity !== false,
    (cancelActivity) => model.set({ cancelActivity }))
}
