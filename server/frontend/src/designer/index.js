// The designer of a diagram: the page says where to ask and what there is to choose from.
//   <div data-designer='{"save": "/drafts/…", "items": […], …}'> with [data-canvas], [data-panel],
//   [data-check], [data-saved], [data-conflict], [data-unread] and buttons data-do="undo"
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import 'diagram-js-minimap/assets/diagram-js-minimap.css'
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css'
import './designer.css'
import { widenLabels } from '../diagram/view.js'
import { ask } from './asking.js'
import { carryOut } from './carry.js'
import { Check } from './check.js'
import { confirmed } from './confirmed.js'
import { shareCopies } from './copying.js'
import { addKeys } from './keys.js'
import { createModeler, fit } from './modeler.js'
import { addPanel } from './panel/index.js'
import { importXML, saveXML } from './reading.js'
import { Saving, revisionOf } from './saving.js'
import { OFFERED } from './elements.js'
import { t, unknown } from './words.js'

const host = document.querySelector('[data-designer]')
const room = JSON.parse(host.dataset.designer)
const find = (name) => host.querySelector(`[data-${name}]`)

/** A file without a picture gets one from the server; others come in as they are. */
async function drawn (xml) {
  if (/<(\w+:)?BPMNShape[\s>]/.test(xml)) return xml
  return laidOut(xml)
}

/** With positions from the server; one that it cannot read is for the library to refuse. */
async function laidOut (xml, more = {}) {
  const answer = await ask(room, room.layout, { text: xml, ...more })
  return answer.ok ? (await answer.json()).text : xml
}

async function load () {
  if (room.blank) return { xml: room.blank, revision: 0 }
  const answer = await fetch(room.text, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${room.text}: ${answer.status}`)
  return { xml: await answer.text(), revision: revisionOf(answer) }
}

function tellUnread ({ lost, hidden }) {
  const place = find('unread')
  place.hidden = !lost.length && !hidden.length
  place.textContent = [
    lost.length && t('文件里有 {n} 处读不懂，保存后会丢失：{first}', { n: lost.length, first: lost[0] }),
    hidden.length && t('有 {n} 处没有画出来，文件里还在；可以重新排版：{first}', { n: hidden.length, first: hidden[0] }),
  ].filter(Boolean).join(' ')
}

/** A file may have several sheets, one a process: one of them is shown. */
function listSheets (modeler) {
  const place = find('sheets')
  const sheets = modeler.getDefinitions().diagrams
  place.parentElement.hidden = sheets.length < 2
  place.replaceChildren(...sheets.map(({ id, plane }) => new Option(plane.bpmnElement?.name || plane.bpmnElement?.id || id, id)))
  place.onchange = async () => {
    await modeler.open(place.value)
    fit(modeler)
  }
}

async function open (modeler, xml) {
  tellUnread(await importXML(modeler, await drawn(xml)))
  widenLabels(modeler)
  listSheets(modeler)
  fit(modeler)
}

function actions (modeler, saving, check) {
  const get = (name) => modeler.get(name)
  const zoom = (by) => get('canvas').zoom(get('canvas').zoom() * by)
  const file = find('import')
  file.addEventListener('change', async () => {
    const [chosen] = file.files
    if (!chosen) return
    try {
      await open(modeler, await chosen.text())
      saving.changed()
      check.soon()
    } catch (error) {
      tellUnread({ lost: [error.message], hidden: [] })
    }
    file.value = ''
  })
  return {
    undo: () => get('commandStack').undo(),
    redo: () => get('commandStack').redo(),
    search: () => get('searchPad').toggle(),
    simulate: () => get('toggleMode').toggleMode(),
    map: () => get('minimap').toggle(),
    in: () => zoom(1.25),
    out: () => zoom(0.8),
    fit: () => fit(modeler, true),
    tidy: () => confirmed(t('所有图形重新排列，现在的位置不再保留，也不能撤销。'), t('重新排版'), async () => {
      await open(modeler, await laidOut(await saveXML(modeler), { anew: 'yes' }))
      saving.changed()
      check.soon()
    }),
    import: () => file.click(),
    ...Object.fromEntries(['bpmn', 'svg', 'png', 'pdf'].map((kind) => [kind, () => carryOut(modeler, kind, room.file)])),
    mine: () => carryOut(modeler, 'bpmn', room.file),
    overwrite: () => confirmed(t('对方的修改会丢失。建议先查看并保存对方的文件。'), t('覆盖'), () => saving.overwrite()),
    theirs: () => confirmed(t('您的修改会丢失。建议先下载。'), t('用对方的'), async () => {
      const { xml, revision } = await load()
      await open(modeler, xml)
      saving.begin(revision)
    }),
  }
}

function addButtons (modeler, saving, check) {
  const does = actions(modeler, saving, check)
  host.addEventListener('click', ({ target }) => does[target.closest('[data-do]')?.dataset.do]?.())
  modeler.get('eventBus').on('commandStack.changed', () => {
    host.querySelector('[data-do=undo]').disabled = !modeler.get('commandStack').canUndo()
    host.querySelector('[data-do=redo]').disabled = !modeler.get('commandStack').canRedo()
  })
  modeler.get('eventBus').on('tokenSimulation.toggleMode', ({ active }) => {
    host.querySelector('[data-do=simulate]').setAttribute('aria-pressed', String(active))
    host.classList.toggle('simulates', active)
  })
}

async function begin () {
  const modeler = createModeler(find('canvas'))
  const check = new Check(find('check'), modeler, room)
  const saving = new Saving(find('saved'), find('conflict'), room, () => saveXML(modeler))
  addPanel(find('panel'), modeler, room)
  addKeys(modeler, find('panel'))
  addButtons(modeler, saving, check)
  const { xml, revision } = await load()
  await open(modeler, xml)
  saving.begin(revision)
  shareCopies(modeler, () => { find('copied').textContent = t('已从另一个窗口复制，可以粘贴。') })
  modeler.get('eventBus').on('elements.changed', () => check.soon())
  modeler.get('eventBus').on('commandStack.changed', ({ trigger }) => {
    if (trigger !== 'clear') saving.changed()
    check.soon()
  })
  check.now()
  if (room.testing) {
    globalThis.__designer = {
      importXML: async (text) => importXML(modeler, await drawn(text)),
      saveXML: () => saveXML(modeler),
      modeler,
      unknown,
      offered: OFFERED,
    }
  }
}

begin()
  .then(() => { host.dataset.drawn = 'yes' })
  .catch((error) => {
    host.dataset.drawn = 'no'
    find('failed').textContent = error.message
    console.warn(error)
  })
