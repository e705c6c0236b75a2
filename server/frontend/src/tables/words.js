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

export function keepWords (container) {
  if (!inChinese) return
  const all = (node) => [node, ...node.querySelectorAll('*')].forEach(change)
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') change(target)
      for (const node of addedNodes) if (node instanceof Element) all(node)
    }
  }).observe(container, { childList: true, subtree: true, attributes: true, attributeFilter: SAID })
}
