// At a window: what a reader of cards or codes types goes into the scan field wherever the focus
// is, Enter goes to the next field of a long form, and what was just made is printed at once.
const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'
const FIELDS = 'input:not([type=hidden]), select, textarea, button'

// a reader begins with a digit or a capital letter; no key of the hall does
document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  if (!/^[0-9A-Z]$/.test(event.key) || localStorage.getItem('keys-off')) return
  if (event.target.closest(TYPING) || document.querySelector('dialog[open]')) return
  document.querySelector('[data-scan]')?.focus() // and the key is typed there
})

// a reader ends with Enter: in a field of the form that must not send it
document.addEventListener('keydown', (event) => {
  const field = event.target
  if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return
  if (!field.matches('form[data-enter=next] input:not([data-scan])')) return
  event.preventDefault()
  const fields = [...field.form.querySelectorAll(FIELDS)].filter((one) => one.offsetParent)
  fields[fields.indexOf(field) + 1]?.focus()
})

if (document.querySelector('[data-print-now]')) {
  // not once more when the page is loaded again
  history.replaceState(null, '', location.pathname)
  if (document.readyState === 'complete') print()
  else addEventListener('load', () => print())
}
