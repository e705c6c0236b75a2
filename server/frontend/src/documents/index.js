// A template of a document as text, beside how it comes out. Without this script the form has the
// same two buttons; with it the preview follows the typing, and what was written is saved by itself.
//   <div data-typesetting='{"save": "/drafts/…", "preview": "…", "revision": 3, …}'> with textarea,
//   [data-gutter] behind it, [data-shown], [data-saved], [data-conflict] and buttons data-do="overwrite"
import './documents.css'
import { ask } from '../designer/asking.js'
import { Saving, revisionOf } from '../designer/saving.js'

const PAUSE_MS = 700

const host = document.querySelector('[data-typesetting]')
const room = JSON.parse(host.dataset.typesetting)
const find = (name) => host.querySelector(`[data-${name}]`)
const area = host.querySelector('textarea')
const of = host.querySelector('[name=case]')

/** The pages of what is written now; of several answers only the last one counts. */
class Preview {
  constructor (place) {
    Object.assign(this, { place, asked: 0 })
  }

  soon () {
    clearTimeout(this.timer)
    this.place.setAttribute('aria-busy', 'true')
    this.timer = setTimeout(() => this.now(), PAUSE_MS)
  }

  async now () {
    clearTimeout(this.timer)
    const number = ++this.asked
    this.place.setAttribute('aria-busy', 'true')
    const answer = await ask(room, room.preview, { text: area.value, case: of?.value || '' }).catch(() => null)
    if (number !== this.asked) return
    this.place.removeAttribute('aria-busy')
    if (!answer) return
    const said = await answer.text()
    if (answer.ok) this.place.innerHTML = said
    else this.place.textContent = JSON.parse(said).message
  }
}

/** The lines once more, unseen behind the text and wrapped alike: their numbers show. */
function number () {
  const gutter = find('gutter')
  gutter.replaceChildren(...area.value.split('\n').map((text) => {
    const line = document.createElement('div')
    line.textContent = text || ' '
    return line
  }))
  gutter.scrollTop = area.scrollTop
}

function goTo (line) {
  const lines = area.value.split('\n')
  const begin = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
  area.focus()
  area.setSelectionRange(begin, begin + (lines[line - 1] ?? '').length)
  const place = find('gutter').children[line - 1]
  if (place) area.scrollTop = place.offsetTop - area.clientHeight / 3
}

function download () {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([area.value], { type: 'text/plain' }))
  link.download = room.file
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Ask in the box of the page, with the words of the button. */
function confirmed (button, act) {
  const dialog = document.getElementById('confirm')
  dialog.querySelector('[data-sentence]').textContent = button.dataset.sure
  dialog.querySelector('[data-yes]').textContent = button.textContent
  dialog.returnValue = ''
  dialog.addEventListener('close', () => dialog.returnValue === 'yes' && act(), { once: true })
  dialog.showModal()
}

const preview = new Preview(find('shown'))
const saving = new Saving(find('saved'), find('conflict'), room, () => area.value)

const does = {
  mine: download,
  overwrite: (button) => confirmed(button, () => saving.overwrite()),
  theirs: (button) => confirmed(button, async () => {
    const answer = await fetch(room.text, { cache: 'no-store' })
    if (!answer.ok) return
    area.value = await answer.text()
    saving.begin(revisionOf(answer))
    number()
    preview.now()
  }),
}

host.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]')
  if (button) return does[button.dataset.do](button)
  const line = event.target.closest('[data-line]')
  if (!line) return
  event.preventDefault()
  goTo(Number(line.dataset.line))
})

host.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault()
  if (event.submitter?.value === 'save') saving.now()
  else preview.now()
})

area.addEventListener('input', () => {
  number()
  preview.soon()
  if (!area.readOnly) saving.changed()
})
area.addEventListener('scroll', () => { find('gutter').scrollTop = area.scrollTop })
of?.addEventListener('change', () => preview.now())

if (!area.readOnly) saving.begin(room.revision)
number()
preview.now()
