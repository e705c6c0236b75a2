// <form data-keep="/tasks/7/draft">: what is written goes to the server a moment after the typing
// stops, and when the page is left, so that it is there again on any machine. The answer says
// when it was kept; it stands in [data-kept]. Nothing is sent once the form itself is posted.
const PAUSE_MS = 1200
const pending = new Map()

function drop (form) {
  clearTimeout(pending.get(form))
  pending.delete(form)
}

// files are not sent while one is still writing: they go with the form
function writtenIn (form) {
  const body = new FormData(form)
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
  return body
}

async function keep (form) {
  drop(form)
  const body = writtenIn(form)
  try {
    const answer = await fetch(form.dataset.keep, { method: 'POST', body, headers: { Accept: 'application/json' } })
    const { message } = answer.ok ? await answer.json() : {}
    const place = form.querySelector('[data-kept]')
    if (place && message) place.textContent = message
  } catch {
    // no line to the server: this browser still has the text, and the next pause tries again
  }
}

const formOf = (target) => target.closest?.('form[data-keep]')

for (const kind of ['input', 'change']) {
  document.addEventListener(kind, ({ target }) => {
    const form = formOf(target)
    if (!form) return
    clearTimeout(pending.get(form))
    pending.set(form, setTimeout(keep, PAUSE_MS, form))
  })
}

document.addEventListener('submit', ({ target, defaultPrevented }) => {
  if (!defaultPrevented && formOf(target)) drop(target)
})

addEventListener('pagehide', () => {
  for (const form of pending.keys()) navigator.sendBeacon(form.dataset.keep, writtenIn(form))
})
