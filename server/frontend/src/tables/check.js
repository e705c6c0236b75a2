// Checked as one writes, by the rules of publication: what is wrong in this file first, then how
// many faults there are elsewhere in the draft. Of several answers only the last one counts.
import { ask } from '../designer/asking.js'
import { h } from '../designer/panel/controls.js'
import { t } from '../designer/words.js'

const PAUSE_MS = 600

export class Check {
  constructor (host, room, write) {
    Object.assign(this, { host, room, write, asked: 0 })
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
    try {
      const answer = await ask(this.room, this.room.check, { [this.room.file]: await this.write() })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const { faults } = await answer.json()
      if (number === this.asked) this.tell(faults)
    } catch (error) {
      if (number === this.asked) this.count.textContent = t('暂时不能检查，改动后再试。')
      console.info(error)
    }
    if (number === this.asked && !this.due) this.host.dataset.checking = 'no'
  }

  tell (faults) {
    const own = faults.filter(({ file }) => file === this.room.file)
    const others = faults.length - own.length
    this.count.textContent = [
      own.length ? t('有 {n} 个问题，提交前要改好。', { n: own.length }) : t('没有问题。'),
      others ? t('草稿的其他文件还有 {n} 个问题。', { n: others }) : '',
    ].join(' ')
    this.host.dataset.found = own.length
    this.list.replaceChildren(...own.map(({ sentence }) => h('li', {}, sentence)))
  }
}
