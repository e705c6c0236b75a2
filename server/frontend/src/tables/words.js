// The words of the table library in Chinese: by its own hook, and where it has none by the page
// being watched. What has no entry is recorded, and a test asserts that nothing is.
import { unknown } from '../designer/words.js'
import chinese from './chinese.js'

const inChinese = document.documentElement.lang.startsWith('zh')
const fill = (text, values = {}) => text.replace(/{\s*(\w+)\s*}/g, (whole, key) => values[key] ?? whole)

export function translate (text, values) {
  if (!(text in chinese)) unknown.add(text)
  return fill(inChinese ? chinese[text] ?? text : text, values)
}

const SAID = ['title', 'placeholder', 'aria-label', 'data-placeholder']

/** Words that come past the hook, in attributes and as the only text of an element. */
function change (element) {
  for (const name of SAID) {
    const said = element.getAttribute(name)
    if (chinese[said]) element.setAttribute(name, chinese[said])
  }
  const only = element.childNodes.length === 1 && element.firstChild.nodeType === Node.TEXT_NODE
  const said = only && !element.isContentEditable && chinese[element.textContent.trim()]
  if (said) element.firstChild.data = said
}

// What the hall has written itself is Chinese: a screen reader changes its voice.
const HAN = /[\u3400-\u9fff]/

function mark (element) {
  const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && HAN.test(node.data))
  if (own) element.lang = 'zh-CN'
  else if (element.lang) element.removeAttribute('lang')
}

export function keepWords (container) {
  const see = inChinese ? change : mark
  const all = (node) => [node, ...node.querySelectorAll('*')].forEach(see)
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      see(target instanceof Element ? target : target.parentElement || container)
      for (const node of addedNodes) if (node instanceof Element) all(node)
    }
  }).observe(container, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: SAID })
}
