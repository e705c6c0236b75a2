// 规则任务: which decision table is asked, and what its answer is called from then on.
import { t } from '../words.js'
import { choice, group, h, text } from './controls.js'

const TYPE = 'lb:Decision'

/** The variables that a task of the drawing writes of its table. */
export function writtenBy (object, room) {
  const own = object.extensionElements?.values?.find((value) => value.$type === TYPE)
  if (own?.result) return [own.result]
  return room.tables.find(({ id }) => id === own?.ref)?.writes || []
}

export function rule (model, room) {
  const own = model.own(TYPE)
  const table = room.tables.find(({ id }) => id === own?.ref)
  const choose = (ref) => {
    const chosen = room.tables.find(({ id }) => id === ref)
    const named = chosen && (!model.object.name || model.object.name === table?.name)
    model.set({ ...model.setOwn(TYPE, { ref }), ...(named && { name: chosen.name }) })
  }
  return group('规则表',
    choice('decision', '查哪张规则表', own?.ref, room.tables.map(({ id, name, file }) => [id, `${name}（${file}）`]), choose,
      { help: room.tables.length ? undefined : '草稿里还没有规则表，请先到“规则表”里新建。' }),
    table ? h('p', { className: 'form-text' }, h('a', { href: table.page }, table.file)) : undefined,
    text('result', '结果写入变量', own?.result, (result) => model.set(model.setOwn(TYPE, { result })),
      { help: '不写的，各个结果写入与输出同名的变量' }),
    table && !own?.result
      ? h('p', { className: 'form-text' }, t('变量：{words}', { words: table.writes.join('、') }))
      : undefined)
}
