// The editor of decision tables: the page says where to ask.
//   <div data-ruler='{"save": "/drafts/…", …}'> with [data-canvas], [data-check], [data-saved],
//   [data-conflict], [data-unread], [data-try] and buttons data-do="undo"
import './tables.css'
import { ask } from '../designer/asking.js'
import { confirmed } from '../designer/confirmed.js'
import { Saving, revisionOf } from '../designer/saving.js'
import { t, unknown } from '../designer/words.js'
import { Check } from './check.js'
import { Columns } from './columns.js'
import { createEditor } from './editor.js'
import { Trial } from './trial.js'
import { listViews } from './views.js'

const host = document.querySelector('[data-ruler]')
const room = JSON.parse(host.dataset.ruler)
const find = (name) => host.querySelector(`[data-${name}]`)

async function load () {
  const answer = await fetch(room.text, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${room.text}: ${answer.status}`)
  return { xml: await answer.text(), revision: revisionOf(answer) }
}

function tellUnread (warnings) {
  const lost = warnings.map(({ message }) => message).filter((one) => /unparsable|unrecognized|unknown/i.test(one))
  const place = find('unread')
  place.hidden = !lost.length
  place.textContent = lost.length
    ? t('文件里有 {n} 处读不懂，保存后会丢失：{first}', { n: lost.length, first: lost[0] })
    : ''
}

function download (text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/xml' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: room.file })
  link.click()
  URL.revokeObjectURL(address)
}

function actions (editor, saving, open) {
  return {
    undo: () => editor.stack()?.undo(),
    redo: () => editor.stack()?.redo(),
    rule: () => editor.act('addRule'),
    'no-rule': () => editor.act('removeRule'),
    input: () => editor.act('addInput'),
    output: () => editor.act('addOutput'),
    mine: async () => download(await editor.saveXML()),
    overwrite: () => confirmed(t('对方的修改会丢失。建议先查看并保存对方的文件。'), t('覆盖'), () => saving.overwrite()),
    theirs: () => confirmed(t('您的修改会丢失。建议先下载。'), t('用对方的'), async () => {
      const { xml, revision } = await load()
      await open(xml)
      saving.begin(revision)
    }),
  }
}

async function begin () {
  const editor = createEditor(find('canvas'))
  const check = new Check(find('check'), room, () => editor.saveXML())
  const columns = new Columns(find('columns'), editor, room)
  const trial = new Trial(host, room, () => editor.saveXML())
  const saving = new Saving(find('saved'), find('conflict'), room, () => editor.saveXML())
  const open = async (xml) => {
    tellUnread(await editor.importXML(xml))
    check.soon()
    trial.soon()
  }
  const does = actions(editor, saving, open)
  host.addEventListener('click', ({ target }) => does[target.closest('[data-do]')?.dataset.do]?.())
  editor.onChange(() => {
    saving.changed()
    check.soon()
    trial.soon()
  })
  editor.onStack((stack) => {
    find('do=undo').disabled = !stack.canUndo()
    find('do=redo').disabled = !stack.canRedo()
    columns.soon()
  })
  listViews(find('views'), editor, (id) => {
    trial.of(id)
    columns.soon()
  })
  const { xml, revision } = await load()
  await open(xml)
  saving.begin(revision)
  if (room.testing) globalThis.__tables = { ...editor, unknown, importXML: open }
}

begin()
  .then(() => { host.dataset.drawn = 'yes' })
  .catch((error) => {
    host.dataset.drawn = 'no'
    find('failed').textContent = t('这个文件不能在这里画，只能画 DMN 1.3 的表；下面可以读、可以试算：{why}', { why: error.message })
    console.warn(error)
  })
