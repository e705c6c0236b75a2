// An htmx request that failed must not fail in silence: the page stays as it is and says so.
// The sentences are in the page, in its language.
let fading

function say (name) {
  const toast = document.getElementById('toast')
  toast.querySelector('[data-text]').textContent = toast.dataset[name]
  toast.hidden = false
  clearTimeout(fading)
  fading = setTimeout(() => { toast.hidden = true }, 10000)
}

document.addEventListener('htmx:response:error', ({ detail }) => {
  if (detail.ctx.response.status >= 500) say('serverError')
})
document.addEventListener('htmx:error', ({ detail }) => {
  if (detail.ctx) say('networkError')
})
document.addEventListener('click', ({ target }) => {
  if (target.closest('#toast [data-hide]')) document.getElementById('toast').hidden = true
})
