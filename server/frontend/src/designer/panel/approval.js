// 审批环节: who does it, what it is, what can be concluded, who signs with whom.
import { is } from 'bpmn-js/lib/util/ModelUtil'
import { nameOf } from '../elements.js'
import { t } from '../words.js'
import { choice, group, h, pairs, text, tick, ticks } from './controls.js'

const TYPE = 'lb:Approval'
const PASS = '60%'

function others (model) {
  return model.get('elementRegistry')
    .filter((element) => is(element, 'bpmn:UserTask') && element.type !== 'label' && element !== model.element)
    .map((element) => [element.id, nameOf(element)])
}

/** "checker approver:2" as a table: duty → votes. */
const votesOf = (signers) => new Map((signers || '').split(/\s+/).filter(Boolean).map((one) => {
  const [duty, votes] = one.split(':')
  return [duty, votes || '1']
}))

const written = (votes, rule) => [...votes]
  .map(([duty, count]) => rule === 'vote' && count !== '1' ? `${duty}:${count}` : duty).join(' ')

function signing (model, own, room, set) {
  const votes = votesOf(own?.signers)
  const again = (table, rule = own?.rule) => set({ signers: written(table, rule) })
  return [
    choice('rule', '会签规则', own?.rule, pairs(room.words.rule), (rule) => set({
      rule,
      signers: written(votes, rule),
      pass: rule === 'vote' ? own?.pass || PASS : undefined,
      conclusions: rule === 'vote' ? own?.conclusions : 'agree disagree',
    }), { help: '会签：都要签；或签：第一个签的算数；票签：赞成票达到通过线。' }),
    h('fieldset', { className: 'field' }, h('legend', { className: 'form-label' }, t('签署的岗位')),
      pairs(room.words.duty).map(([duty, words]) => h('div', { className: 'signer' },
        tick(`signer-${duty}`, words, votes.has(duty), (chosen) => {
          const order = Object.keys(room.words.duty)
          const table = votesOf(model.own(TYPE)?.signers)
          if (chosen) table.set(duty, '1')
          else table.delete(duty)
          again(new Map([...table].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))))
        }),
        own?.rule === 'vote' && votes.has(duty)
          ? h('input', {
            className: 'form-control form-control-sm', type: 'number', min: 1, max: 100, value: votes.get(duty),
            'data-field': `votes-${duty}`, 'aria-label': t('{duty}的票数', { duty: words }),
            onchange: ({ target }) => again(new Map([...votesOf(model.own(TYPE)?.signers), [duty, target.value || '1']])),
          })
          : undefined))),
    own?.rule === 'vote'
      ? text('pass', '通过线', own.pass, (pass) => set({ pass }), { help: '占全部票数的比例，如 60%，或者票数，如 4' })
      : undefined,
  ]
}

/** One step that makes it signed by several, or by one again: the marker on the shape as well. */
function together (model, own, many) {
  const loop = many ? model.create('bpmn:MultiInstanceLoopCharacteristics', {}, model.object) : undefined
  const props = many
    ? { duty: undefined, rule: 'all', signers: own?.signers || 'handler checker', kind: 'review', conclusions: 'agree disagree' }
    : { signers: undefined, rule: undefined, pass: undefined }
  model.set({ ...model.setOwn(TYPE, props), loopCharacteristics: loop })
}

export function approval (model, room) {
  const own = model.own(TYPE)
  const set = (props) => model.set(model.setOwn(TYPE, props))
  const several = Boolean(own?.signers || own?.rule)
  return group('审批',
    tick('together', t('几个岗位一起签（会签、或签、票签）'), several, (many) => together(model, own, many)),
    several
      ? signing(model, own, room, set)
      : choice('duty', '岗位', own?.duty, pairs(room.words.duty), (duty) => set({ duty })),
    choice('kind', '环节类型', own?.kind, pairs(room.words.kind), (kind) => set({ kind })),
    ticks('conclusions', '可选的结论', own?.conclusions,
      pairs(room.words.conclusion).filter(([code]) => code !== 'abstain' || own?.rule === 'vote'),
      (conclusions) => set({ conclusions })),
    choice('differentFrom', '不能与哪个环节是同一个人', own?.differentFrom, others(model),
      (differentFrom) => set({ differentFrom })),
    choice('form', '表单', own?.form, room.forms.map((name) => [name, name]), (form) => set({ form })),
    h('p', { className: 'form-text' }, t('办理部门由目录里的事项决定；申请表各项的权限也写在目录里。')))
}
