// <details id="per-day" data-stay>: what was opened stays open when the page refreshes itself.
const opened = new Set()

document.addEventListener('toggle', ({ target }) => {
  if (!target.matches('details[data-stay]')) return
  if (target.open) opened.add(target.id)
  else opened.delete(target.id)
}, true)
document.addEventListener('htmx:after:swap', () => {
  for (const one of document.querySelectorAll('details[data-stay]')) one.open = opened.has(one.id)
})
