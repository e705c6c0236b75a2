// The draft is saved by itself, two seconds after the last change, over the revision that was
// read. When another saved meanwhile nothing is lost: one chooses.
import { ask } from './asking.js'
import { t } from './words.js'

const PAUSE_MS = 2000
const AGAIN_MS = 10_000

export class Saving {
  constructor (host, conflict, room, write) {
    Object.assign(this, { host, conflict, room, write, revision: 0, changes: 0, saved: 0, held: false })
    addEventListener('beforeunload', (event) => {
      if (this.pending) event.preventDefault()
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && this.pending) this.now()
    })
  }

  get pending () {
    return this.changes !== this.saved
  }

  tell (state) {
    const words = { saved: '已保存', waiting: '未保存', saving: '正在保存…', conflict: '有冲突', failed: '没有保存，稍后再试' }
    this.host.dataset.state = state
    this.host.textContent = t(words[state])
  }

  /** The drawing is as it was read: at this revision. */
  begin (revision) {
    this.revision = revision
    this.saved = this.changes
    this.held = false
    this.conflict.hidden = true
    this.tell('saved')
  }

  changed () {
    this.changes += 1
    if (this.held) return
    this.tell('waiting')
    this.later(PAUSE_MS)
  }

  later (pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.now(), pause)
  }

  async now () {
    clearTimeout(this.timer)
    if (this.held || this.busy || !this.pending) return
    this.busy = true
    const changes = this.changes
    this.tell('saving')
    try {
      await this.send(await this.write(), changes)
    } catch {
      this.failed()
    }
    this.busy = false
    if (this.pending && !this.held) this.later(this.host.dataset.state === 'failed' ? AGAIN_MS : PAUSE_MS)
  }

  failed () {
    this.tell('failed')
  }

  async send (text, changes) {
    const answer = await ask(this.room, this.room.save, { text, revision: this.revision })
    if (answer.status === 409) return this.hold((await answer.json()).message)
    if (!answer.ok) return this.failed()
    this.revision = (await answer.json()).revision
    this.saved = changes
    this.tell(this.pending ? 'waiting' : 'saved')
  }

  hold (message) {
    this.held = true
    this.tell('conflict')
    this.conflict.querySelector('[data-message]').textContent = message
    this.conflict.hidden = false
    this.conflict.querySelector('button').focus()
  }

  /** Ours over theirs, which somebody has confirmed: over the revision that is there now. */
  async overwrite () {
    const answer = await fetch(this.room.text, { cache: 'no-store' })
    const revision = answer.ok ? revisionOf(answer) : 0
    this.held = false
    this.conflict.hidden = true
    this.revision = revision
    this.changes += 1
    await this.now()
  }
}

export const revisionOf = (answer) => Number((answer.headers.get('ETag') || '').replace(/\D/g, ''))
