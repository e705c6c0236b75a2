// <textarea data-draft="task-7-opinion">: text that was typed and not yet sent survives a reload,
// an expired session or a closed lid, in this tab only and for this person only. It is forgotten
// when the server says that the form was done (a success message), and when the person signs out.
const PREFIX = `draft:${document.body.dataset.user || ''}:`
const SENT = `${PREFIX}sent`
const keyOf = (area) => PREFIX + area.dataset.draft

function forget (keys) {
  for (const key of keys) sessionStorage.removeItem(key)
  sessionStorage.removeItem(SENT)
}

function restore (area) {
  const text = sessionStorage.getItem(keyOf(area))
  if (!text || text === area.value || area.value) return
  area.value = text
  const note = document.getElementById('draft-note')?.content.cloneNode(true)
  if (note) area.after(note)
}

document.addEventListener('input', ({ target }) => {
  if (target.matches('textarea[data-draft]')) sessionStorage.setItem(keyOf(target), target.value)
})

document.addEventListener('submit', ({ target: form, defaultPrevented }) => {
  if (defaultPrevented) return
  if ('signOut' in form.dataset) {
    return forget(Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')))
  }
  const keys = [...form.querySelectorAll('textarea[data-draft]')].map(keyOf)
  if (keys.length) sessionStorage.setItem(SENT, JSON.stringify(keys))
})

const done = document.querySelector('[data-flash=success]')
if (done) forget(JSON.parse(sessionStorage.getItem(SENT) || '[]'))
document.querySelectorAll('textarea[data-draft]').forEach(restore)
