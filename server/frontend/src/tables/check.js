// Checked as one writes, by the rules of publication: what is wrong in this file first, then how
// many faults there are elsewhere in the draft.
import { Checking } from '../designer/checking.js'
import { h } from '../designer/panel/controls.js'
import { t } from '../designer/words.js'

export class Check extends Checking {
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
