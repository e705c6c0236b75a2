// The designer of a form: the page says where to ask and what a form may consist of.
//   <div data-form-designer='{"save": "/drafts/…", "types": […], …}'> with [data-palette],
//   [data-canvas], [data-panel], [data-check], [data-saved], [data-conflict], buttons data-do="undo"
import '@bpmn-io/form-js-viewer/dist/assets/form-js-base.css'
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor-base.css'
import '@bpmn-io/form-js-editor/dist/assets/dragula.css'
import './forms.css'
import { download } from '../designer/carry.js'
import { confirmed } from '../designer/confirmed.js'
import { Saving, revisionOf } from '../designer/saving.js'
import { Check } from './check.js'
import { Clipboard } from './copying.js'
import { Editor } from './editor.js'
import { addKeys } from './keys.js'
import { addPalette } from './palette.js'
import { addPanel } from './panel/index.js'
import { Reading } from './reading.js'
import { t, unknown } from './words.js'

const host = document.querySelector('[data-form-designer]')
const room = JSON.parse(host.dataset.formDesigner)
host.hidden = false // without scripts there is nothing to see in it
const find = (name) => host.querySelector(`[data-${name}]`)

async function load () {
  const answer = await fetch(room.text, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${room.text}: ${answer.status}`)
  return { text: await answer.text(), revision: revisionOf(answer) }
}

function actions (editor, saving, clipboard) {
  const paste = () => {
    const raw = clipboard.get()
    if (raw) editor.paste(raw)
  }
  const copied = () => clipboard.put(editor.copied())
  return {
    undo: () => editor.commandStack.undo(),
    redo: () => editor.commandStack.redo(),
    up: () => editor.move(-1),
    down: () => editor.move(1),
    before: () => editor.step(-1),
    next: () => editor.step(1),
    copy: copied,
    cut: () => { copied(); editor.remove() },
    again: () => { copied(); paste() },
    paste,
    remove: () => editor.remove(),
    save: () => saving.now(),
    mine: () => download(room.file, new Blob([editor.text()], { type: 'application/json' })),
    overwrite: () => confirmed(t('对方的修改会丢失。建议先查看并保存对方的文件。'), t('覆盖'), () => saving.overwrite()),
    theirs: () => confirmed(t('您的修改会丢失。建议先下载。'), t('用对方的'), async () => {
      const { text, revision } = await load()
      await editor.open(text)
      saving.begin(revision)
    }),
  }
}

function addButtons (editor, does) {
  host.addEventListener('click', ({ target }) => does[target.closest('[data-do]')?.dataset.do]?.())
  editor.on('commandStack.changed', () => {
    host.querySelector('[data-do=undo]').disabled = !editor.commandStack.canUndo()
    host.querySelector('[data-do=redo]').disabled = !editor.commandStack.canRedo()
  })
  const trial = find('trial')
  trial.addEventListener('submit', () => { trial.elements['form.text'].value = editor.text() })
}

async function begin () {
  const editor = new Editor(find('canvas'), room, new Reading(room))
  const check = new Check(find('check'), editor, room)
  const saving = new Saving(find('saved'), find('conflict'), room, async () => editor.text())
  const clipboard = new Clipboard(() => { find('copied').textContent = t('已从另一个窗口复制，可以粘贴。') })
  const does = actions(editor, saving, clipboard)
  addPanel(find('panel'), editor)
  addPalette(find('palette'), editor)
  addKeys(editor, find('panel'), find('palette'), does)
  addButtons(editor, does)
  const { text, revision } = await load()
  await editor.open(text)
  saving.begin(revision)
  editor.on('commandStack.changed', ({ trigger }) => {
    if (trigger !== 'clear') saving.changed()
    check.soon()
    setTimeout(() => {
      check.mark()
      editor.describe()
    })
  })
  editor.describe()
  check.now()
  if (room.testing) {
    globalThis.__forms = {
      editor,
      unknown,
      through: async (text) => {
        await editor.open(text)
        return editor.text()
      },
    }
  }
}

begin()
  .then(() => { host.dataset.drawn = 'yes' })
  .catch((error) => {
    host.dataset.drawn = 'no'
    find('failed').textContent = t('这个文件不能在这里画：{why}', { why: error.message })
    console.info(error)
  })
