// Chinese input methods: the letters typed before a word is chosen are no search text.
// htmx hears `input` only after the composition has ended.
const live = (event) => event.target.closest?.('[hx-get], [hx-post]')

document.addEventListener('input', (event) => {
  if (event.isComposing && live(event)) event.stopImmediatePropagation()
}, true)

document.addEventListener('compositionend', (event) => {
  if (live(event)) event.target.dispatchEvent(new Event('input', { bubbles: true }))
}, true)
