// A posted form is posted once: a second click, or an impatient Ctrl+Enter, does nothing until
// the answer is there. A form that answers with a download stays usable with data-repeatable.
const posted = new Set()

function release () {
  for (const form of posted) {
    form.removeAttribute('aria-busy')
    for (const button of form.querySelectorAll('[data-held]')) {
      button.disabled = false
      delete button.dataset.held
    }
  }
  posted.clear()
}

function hold (form) {
  posted.add(form)
  form.setAttribute('aria-busy', 'true')
  // after this turn, so that the pressed button's own value is still sent
  setTimeout(() => {
    for (const button of form.querySelectorAll('button:not([type=button]):not(:disabled)')) {
      button.disabled = true
      button.dataset.held = ''
    }
  })
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post' || 'repeatable' in form.dataset) return
  if (form.target && form.target !== '_self') return
  if (posted.has(form)) event.preventDefault()
  else hold(form)
})

addEventListener('pageshow', release)
