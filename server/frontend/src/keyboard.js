// Keys of the hall: / search, n next applicant, j k ↑ ↓ move in a list, Enter opens, Ctrl+Enter submits, ? help.
// Single keys can be switched off in the help (some people speak to their computer).
const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'
const OFF = 'keys-off'

const rowsOf = (list) => [...list.querySelectorAll('tbody tr, [data-row]')]
const linkOf = (row) => row?.querySelector('a[data-main], a[href]')

function move (step, arrow) {
  const here = document.activeElement.closest('[data-rows] tbody tr, [data-rows] [data-row]')
  if (arrow && !here && document.activeElement !== document.body) return false
  const list = here?.closest('[data-rows]') || document.querySelector('[data-rows]')
  const rows = list ? rowsOf(list) : []
  if (!rows.length) return false
  const next = here ? rows.indexOf(here) + step : 0
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))]
  linkOf(row)?.focus()
  row.scrollIntoView({ block: 'nearest' })
  return true
}

function search () {
  const field = document.querySelector('[data-search]')
  field?.focus()
  field?.select()
  return Boolean(field)
}

// <button data-key="n"> is pressed by that key
function press (key) {
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`)
  button?.click()
  return Boolean(button)
}

function help () {
  document.getElementById('keys')?.showModal()
  return true
}

const KEYS = {
  '/': search,
  '?': help,
  j: () => move(1, false),
  k: () => move(-1, false),
  ArrowDown: () => move(1, true),
  ArrowUp: () => move(-1, true),
}

function submit (form) {
  const button = form?.querySelector('[data-default]:not(:disabled)') ||
    form?.querySelector('button:not([type=button]):not([type=reset]):not(:disabled)')
  if (button) form.requestSubmit(button)
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented || event.altKey) return
  if (event.ctrlKey || event.metaKey) {
    if (event.key === 'Enter') submit(event.target.form)
    return
  }
  if (localStorage.getItem(OFF) || document.querySelector('dialog[open]')) return
  if (event.target.closest(`${TYPING}, [data-diagram]`)) return
  if (KEYS[event.key] ? KEYS[event.key]() : press(event.key)) event.preventDefault()
})

// the whole row is a large target for the mouse; selecting text in it opens nothing
document.addEventListener('click', (event) => {
  const row = event.target.closest('[data-rows] tbody tr')
  if (!row || event.target.closest('a, button, input, label, select, summary')) return
  if (!String(getSelection())) linkOf(row)?.click()
})

const choice = document.querySelector('#keys [name=keys]')
if (choice) {
  choice.checked = !localStorage.getItem(OFF)
  choice.addEventListener('change', () => {
    if (choice.checked) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, '1')
  })
}
