// 试算: what is being written is tried with the values in the form, again after every change. The
// server evaluates; the rules that hit are marked in the table and named in words.
import { ask } from '../designer/asking.js'

const PAUSE_MS = 400

export class Trial {
  constructor (host, room, write) {
    Object.assign(this, { host, room, write, asked: 0, tries: false })
    this.form = host.querySelector('[data-try]')
    this.place = host.querySelector('[data-trial]')
    this.sheets = host.querySelector('[data-sheets]')
    this.marks = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.marks]
    this.form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.tries = true
      this.now()
    })
    this.form.addEventListener('change', () => this.soon())
    this.form.addEventListener('input', () => this.tries && this.soon())
  }

  /** The editor shows another decision: that one is tried. */
  of (decision) {
    this.shown = decision
    const choice = this.form.elements.decision
    if (choice && [...choice.options || []].some(({ value }) => value === decision)) choice.value = decision
    this.mark()
    this.soon()
  }

  soon () {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.now(), PAUSE_MS)
  }

  async now () {
    clearTimeout(this.timer)
    const number = ++this.asked
    const fields = Object.fromEntries(new FormData(this.form))
    delete fields.csrf_token
    try {
      const text = await this.write()
      const answer = await ask(this.room, this.room.try, { ...fields, text, ...(this.tries && { try: 'yes' }) })
      if (!answer.ok || number !== this.asked) return
      const said = await answer.json()
      if (number === this.asked) this.tell(said)
    } catch (error) {
      console.info(error)
    }
  }

  tell ({ trial, sheets, decision, rules }) {
    const typed = Object.fromEntries([...new FormData(this.form)].filter(([name]) => name !== 'csrf_token'))
    const { activeElement: focused } = document
    const at = this.place.contains(focused) ? focused.name : ''
    const [from, to] = [focused?.selectionStart, focused?.selectionEnd]
    this.place.innerHTML = trial
    this.sheets.innerHTML = sheets
    for (const [name, value] of Object.entries(typed)) {
      const field = this.form.elements[name]
      if (field && field.value !== value && name !== 'decision') field.value = value
    }
    const again = at ? this.form.elements[at] : undefined
    again?.focus()
    if (again?.matches('input:not([type]), textarea')) again.setSelectionRange(from, to)
    Object.assign(this, { hit: { decision, rules } })
    this.mark()
    this.form.dataset.tried = this.asked
  }

  /** Mark the rows of the rules that hit, where the table shows that decision. */
  mark () {
    const { decision, rules = [] } = this.hit || {}
    const rows = this.shown === decision ? rules : []
    this.marks.replaceSync(rows.map((number) => (
      `.ruler .tjs-table tbody tr:nth-child(${number}) td { background: #fff3c4; }` +
      `.ruler .tjs-table tbody tr:nth-child(${number}) td.rule-index { font-weight: 700; box-shadow: inset 4px 0 0 #8a5a00; }`
    )).join('\n'))
  }
}
