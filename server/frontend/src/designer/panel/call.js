// 事项: which matter of the catalogue is done here, and by which process.
import { t } from '../words.js'
import { choice, facts, group, h, tick } from './controls.js'

const TYPE = 'lb:Item'
const RIGHTS = { read: '只读', write: '可改', hide: '不显示' }

function rights (item) {
  return item.rights.map(({ field, right, steps }) => `${field}：${t(RIGHTS[right])}${steps ? `（${steps}）` : ''}`).join('；')
}

function about (item, room) {
  return [
    facts([
      ['部门', item.department],
      ['法定时限', item.statutory],
      ['承诺时限', item.promised],
      ['预警', item.warning],
      ['计时', item.clock],
      ['申请表权限', rights(item)],
    ]),
    h('p', { className: 'form-text' }, t('时限在目录里修改：'),
      h('a', { href: room.catalogue, target: '_blank', rel: 'noopener' }, 'catalogue.yaml')),
  ]
}

export function call (model, room) {
  const own = model.own(TYPE)
  const item = room.items.find(({ code }) => code === own?.code)
  const processes = room.processes.filter(({ id }) => id !== room.process)
  const chooseItem = (code) => {
    const chosen = room.items.find((one) => one.code === code)
    const named = chosen && (!model.object.name || model.object.name === item?.name)
    model.set({
      ...model.setOwn(TYPE, { code, mode: chosen?.commitment ? own?.mode : undefined }),
      ...(named && { name: chosen.name }),
      ...(chosen && (!model.object.calledElement || model.object.calledElement === item?.process) && { calledElement: chosen.process }),
    })
  }
  return group('事项',
    choice('item', '办哪个事项', own?.code, room.items.map(({ code, name }) => [code, `${code} ${name}`]), chooseItem,
      { help: room.items.length ? undefined : '目录还没有写好，或者有错误，所以没有事项可选。' }),
    item?.commitment || own?.mode
      ? tick('mode', t('以告知承诺方式办理'), own?.mode === 'commitment', (promised) => model.set({
        ...model.setOwn(TYPE, { mode: promised ? 'commitment' : undefined }),
        calledElement: promised ? 'item_commitment' : item?.process || model.object.calledElement,
      }))
      : undefined,
    choice('called', '调用的流程', model.object.calledElement,
      processes.map(({ id, name }) => [id, name && name !== id ? `${name}（${id}）` : id]),
      (calledElement) => model.set({ calledElement: calledElement || undefined })),
    item ? about(item, room) : undefined)
}
