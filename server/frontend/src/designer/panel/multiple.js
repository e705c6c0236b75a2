// 多实例: the same work several times, at once or one after the other.
import { isAny } from 'bpmn-js/lib/util/ModelUtil'
import { t } from '../words.js'
import { choice, group, text } from './controls.js'

const ON = ['bpmn:UserTask', 'bpmn:SubProcess', 'bpmn:CallActivity']
const WAYS = { together: '同时', 'one-by-one': '一个接一个' }

/** What an instance calls its member of the list, or its result: kept when it only gets a new name. */
function item (model, loop, old, type, name) {
  return name ? model.create(type, { id: old?.id, name }, loop) : undefined
}

function change (model, loop, how) {
  if (!how) return model.set({ loopCharacteristics: undefined })
  const isSequential = how === 'one-by-one'
  if (loop) return model.setIn(loop, { isSequential })
  model.set({ loopCharacteristics: model.create('bpmn:MultiInstanceLoopCharacteristics', { isSequential }, model.object) })
}

export function multiple (model) {
  if (!isAny(model.element, ON)) return undefined
  const loop = model.object.loopCharacteristics
  if (model.own('lb:Approval')?.signers) return undefined // the marker of a step that several sign
  const how = loop && (loop.isSequential ? 'one-by-one' : 'together')
  return group('多实例',
    choice('multiple', '重复办理', how, Object.entries(WAYS).map(([one, words]) => [one, t(words)]),
      (chosen) => change(model, loop, chosen)),
    loop && [
      text('cardinality', '个数', loop.loopCardinality?.body, (body) => (
        model.setIn(loop, { loopCardinality: model.expression(body, loop) })
      ), { help: '整数或表达式；有名单的不写' }),
      text('collection', '名单（列表变量）', loop.loopDataInputRef, (name) => (
        model.setIn(loop, { loopDataInputRef: name || undefined })
      )),
      text('member', '每一个的名称', loop.inputDataItem?.name, (name) => (
        model.setIn(loop, { inputDataItem: item(model, loop, loop.inputDataItem, 'bpmn:DataInput', name) })
      )),
      text('outputs', '汇总到（列表变量）', loop.loopDataOutputRef, (name) => (
        model.setIn(loop, { loopDataOutputRef: name || undefined })
      )),
      text('output', '汇总哪个变量', loop.outputDataItem?.name, (name) => (
        model.setIn(loop, { outputDataItem: item(model, loop, loop.outputDataItem, 'bpmn:DataOutput', name) })
      )),
      text('until', '提前完成的条件', loop.completionCondition?.body, (body) => (
        model.setIn(loop, { completionCondition: model.expression(body, loop) })
      ), { help: '可用 numberOfInstances、numberOfCompletedInstances 等' }),
    ])
}
