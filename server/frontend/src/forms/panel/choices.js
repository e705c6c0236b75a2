// The choices of a select, a radio or a checklist: what is shown, and what is kept.
import { button, group, h, text } from '../../designer/panel/controls.js'
import { t } from '../words.js'

const said = (value) => typeof value === 'string' ? value : ''

function row (model, values, index) {
  const one = typeof values[index] === 'object' && values[index] !== null ? values[index] : {}
  const set = (changed) => model.set({ values: values.flatMap((each, at) => at === index ? changed : [each]) })
  const up = () => model.set({ values: swapped(values, index) })
  return h('fieldset', { className: 'condition' },
    h('legend', { className: 'visually-hidden' }, t('选项 {n}', { n: index + 1 })),
    text(`choice-${index}-label`, '选项文字', said(one.label), (label) => set([{ ...one, label }])),
    text(`choice-${index}-value`, '保存为', said(one.value), (value) => set([{ ...one, value }])),
    h('div', { className: 'buttons' },
      index > 0 ? button(`choice-${index}-up`, t('上移'), up, 'btn btn-outline-secondary btn-sm') : undefined,
      button(`choice-${index}-drop`, t('去掉这个选项'), () => set([]), 'btn btn-outline-secondary btn-sm')))
}

function swapped (values, index) {
  const moved = [...values]
  moved.splice(index - 1, 2, values[index], values[index - 1])
  return moved
}

export function choices (model) {
  const values = Array.isArray(model.field.values) ? model.field.values : []
  const free = () => {
    for (let number = values.length + 1; ; number++) {
      if (!values.some((one) => one?.value === String(number))) return String(number)
    }
  }
  return group('选项',
    values.map((_one, index) => row(model, values, index)),
    button('choice-add', t('添加选项'), () => {
      const value = free()
      model.set({ values: [...values, { label: t('选项 {n}', { n: value }), value }] })
    }))
}
