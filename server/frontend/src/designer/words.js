// The words of the designer. Ours are written in Chinese and have an English entry; those of the
// drawing library are written in English and have a Chinese one. What has none is recorded, and a
// test asserts that nothing is.
import chinese from './chinese.js'
import english from './english.js'

const inChinese = document.documentElement.lang.startsWith('zh')

export const unknown = new Set()

const fill = (text, values = {}) => text.replace(/{(\w+)}/g, (whole, key) => values[key] ?? whole)

/** Another designer has words of its own. */
export const learn = (more) => Object.assign(english, more)

/** Our own words. */
export function t (text, values) {
  if (!(text in english)) unknown.add(text)
  return fill(inChinese ? text : english[text] ?? text, values)
}

/** The library's words. */
export function translate (text, values) {
  if (!(text in chinese)) unknown.add(text)
  return fill(inChinese ? chinese[text] ?? text : text, values)
}
