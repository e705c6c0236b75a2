// Asking whether what is being made could be published, by the server's own rules, a moment after
// the last change.  Of several answers only the last one counts; who extends this tells them.
import { ask } from './asking.js'
import { t } from './words.js'

const PAUSE_MS = 600

export class Checking {
  /** @param text () => the text of the file as it stands, or a promise of it */
  constructor (host, room, text) {
    Object.assign(this, { host, room, text, asked: 0 })
    this.count = host.querySelector('[data-count]')
    this.list = host.querySelector('[data-faults]')
  }

  soon () {
    clearTimeout(this.timer)
    this.due = true
    this.host.dataset.checking = 'yes'
    this.timer = setTimeout(() => this.now(), PAUSE_MS)
  }

  async now () {
    const number = ++this.asked
    this.due = false
    this.host.dataset.checking = 'yes'
    try {
      const answer = await ask(this.room, this.room.check, { [this.room.file]: await this.text() })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const { faults } = await answer.json()
      if (number === this.asked) this.tell(faults)
    } catch (error) {
      if (number === this.asked) this.count.textContent = t('暂时不能检查，改动后再试。')
      console.info(error)
    }
    if (number === this.asked && !this.due) this.host.dataset.checking = 'no'
  }
}
