// 连线和网关: under which condition a way is taken, in words; which one is the default.
import { is } from 'bpmn-js/lib/util/ModelUtil'
import * as conditions from '../conditions.js'
import { nameOf } from '../elements.js'
import { show } from '../modeler.js'
import { t } from '../words.js'
import { area, button, choice, group, h, text } from './controls.js'
import { writtenBy } from './rule.js'
import { tryout } from './tryout.js'

const splits = (element) => (
  (is(element, 'bpmn:ExclusiveGateway') || is(element, 'bpmn:InclusiveGateway')) && waysOf(element).length > 1
)
const waysOf = (element) => element.outgoing.filter((way) => is(way, 'bpmn:SequenceFlow'))
const bodyOf = ({ businessObject }) => businessObject.conditionExpression?.body || ''

function setCondition (model, body) {
  model.set({ conditionExpression: model.expression(body, model.object) })
}

/** Variables there may be: those of steps, of scripts, of rule tasks. */
function namesOf (model, room) {
  const found = new Set(room.variables)
  model.get('elementRegistry').forEach(({ businessObject: object, type }) => {
    if (type === 'bpmn:ScriptTask') {
      for (const line of (object.script || '').split('\n')) {
        const [, name] = line.match(/^\s*([\w\u4e00-\u9fff]+)\s*=[^=]/) || []
        if (name) found.add(name)
      }
    }
    if (type === 'bpmn:BusinessRuleTask') writtenBy(object, room).forEach((name) => found.add(name))
  })
  return [...found]
}

function valueField (row, index, room, set) {
  const known = conditions.valuesOf(row.of, room)
  if (known) {
    const quoted = (value) => value === 'true' || value === 'false' ? value : `"${value}"`
    return choice(`value-${index}`, '值', row.value,
      Object.entries(known).map(([value, words]) => [quoted(value), words]), (value) => set({ ...row, value: value || '""' }))
  }
  const bare = row.value.replace(/^"|"$/g, '')
  return text(`value-${index}`, '值', bare, (value) => set({
    ...row, value: /^-?\d+(\.\d+)?$|^(true|false)$/.test(value) ? value : `"${value.replace(/["\\]/g, '')}"`,
  }))
}

function rowOf (model, room, found, row, index) {
  const set = (changed) => {
    const now = conditions.read(bodyOf(model.element)) || found
    const rows = now.rows.flatMap((one, place) => place === index ? changed : [one])
    setCondition(model, conditions.write({ ...now, rows }))
  }
  const plain = row.about === 'value'
    ? [choice(`is-${index}`, '比较', row.is, conditions.operators(), (sign) => set({ ...row, is: sign || '==' })),
        valueField(row, index, room, set)]
    : [choice(`is-${index}`, '比较', row.is, {
        needed: [['yes', t('需要办理')], ['no', t('不需要办理')]],
        commitment: [['yes', t('选择了告知承诺')], ['no', t('未选择告知承诺')]],
        truth: [['yes', t('成立')], ['no', t('不成立')]],
      }[row.about], (value) => set({ ...row, is: value || 'yes' }))]
  const subject = `${row.about === 'truth' ? 'value' : row.about}:${row.of}`
  return h('fieldset', { className: 'condition' },
    h('legend', { className: 'visually-hidden' }, t('第 {n} 个条件', { n: index + 1 })),
    choice(`about-${index}`, '什么', subject, conditions.subjects(room, namesOf(model, room)),
      (chosen) => set(chosen ? conditions.begin(chosen, room) : [])),
    plain,
    button(`drop-${index}`, t('去掉这个条件'), () => set([]), 'btn btn-outline-secondary btn-sm'))
}

function builder (model, room, found) {
  const add = (subject) => setCondition(model, conditions.write({
    ...found, rows: [...found.rows, conditions.begin(subject, room)],
  }))
  return [
    found.rows.length > 1
      ? choice('join', '几个条件', found.join, [['and', t('都要成立（且）')], ['or', t('有一个成立就行（或）')]],
        (join) => setCondition(model, conditions.write({ ...found, join: join || 'and' })))
      : undefined,
    found.rows.map((row, index) => rowOf(model, room, found, row, index)),
    choice('add', '添加条件', '', conditions.subjects(room, namesOf(model, room)), (subject) => subject && add(subject)),
  ]
}

export function condition (model, room) {
  const { source } = model.element
  if (!is(model.element, 'bpmn:SequenceFlow') || !splits(source)) return undefined
  if (source.businessObject.default === model.object) {
    return group('条件', h('p', {}, t('这是默认出线：别的条件都不成立时走这里。')))
  }
  const body = bodyOf(model.element)
  const found = conditions.read(body)
  return group('条件',
    h('p', { className: 'said' }, body ? conditions.say(body, room) : t('还没有条件。')),
    found ? builder(model, room, found) : undefined,
    area('expression', '表达式', body, (value) => setCondition(model, value), { rows: 2 }),
    tryout(room, body),
    button('default', t('设为默认出线'), () => model.set({ default: model.object }, source)))
}

export function ways (model, room) {
  const { element } = model
  if (!is(element, 'bpmn:Gateway') || waysOf(element).length < 2) return undefined
  const said = (way) => (
    way.businessObject === model.object.default ? t('默认') : conditions.say(bodyOf(way), room) || t('还没有条件。')
  )
  return group('分支',
    splits(element)
      ? choice('default', '默认出线', model.object.default?.id,
        waysOf(element).map((way) => [way.id, nameOf(way.target)]), (id) => {
          const chosen = waysOf(element).find((way) => way.id === id)
          model.set({ default: chosen?.businessObject })
        })
      : undefined,
    h('ul', { className: 'ways' }, waysOf(element).map((way) => h('li', {},
      button(`way-${way.id}`, `→ ${nameOf(way.target)}`, () => show(model.modeler, way), 'btn btn-link btn-sm'),
      splits(element) ? h('span', {}, said(way)) : undefined))))
}
