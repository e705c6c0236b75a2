// 推演: a token is sent through the drawing. The library speaks English only and leaves no way to
// change its words, so they are changed where they appear.
import modeling from 'bpmn-js-token-simulation/lib/modeler'
import { t, unknown } from './words.js'

const WORDS = {
  'Trigger Event': '从这里走下去',
  'Set Sequence Flow': '换一条线走',
  'Add pause point': '在这里停下',
  'Remove pause point': '不在这里停下',
  'Play/Pause Simulation': '暂停或继续',
  'Reset Simulation': '重新推演',
  'Pause Simulation': '暂停',
  'Play Simulation': '继续',
  'Found unsupported elements': '有不能推演的元素',
  'Not supported': '不能推演',
  Finished: '走完了',
}
const PATTERNS = [
  [/^Focus process instance (\w+)$/, '只看这一个（{n}）'],
  [/^Set animation speed = (\w+)$/, '速度：{n}'],
]

const known = new Set() // what we have said already

function said (text) {
  if (WORDS[text]) return t(WORDS[text])
  for (const [form, words] of PATTERNS) {
    const found = text.match(form)
    if (found) return t(words, { n: found[1] })
  }
  if (/[A-Za-z]{3}/.test(text) && !known.has(text)) unknown.add(text)
  return text
}

function change (element) {
  const title = element.getAttribute('title')
  if (title) {
    const words = said(title)
    known.add(words)
    if (words !== title) element.setAttribute('title', words)
    element.setAttribute('aria-label', words)
  }
  if (element.classList.contains('bts-text')) {
    const words = said(element.textContent.trim())
    known.add(words)
    if (words !== element.textContent.trim()) element.textContent = words
  }
}

const PARTS = '.bts-context-pad, .bts-entry, .bts-scope, .bts-animation-speed-button, .bts-text'

/** Say what the simulation says in the language of the page, as soon as it says it. */
export function translateSimulation (container) {
  const all = (node) => [...node.matches(PARTS) ? [node] : [], ...node.querySelectorAll(PARTS)]
  all(container).forEach(change)
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) all(node).forEach(change)
    }
  }).observe(container, { childList: true, subtree: true })
}

// the log repeats in English what the drawing shows: an empty one takes its place
export default { __depends__: [modeling], log: ['value', { toggle () {} }] }
