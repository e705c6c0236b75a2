// <form data-goes-on>: long work in turns. Each answer brings the form for the next turn, which is
// sent by itself unless somebody stops it; without scripts the button is pressed for every turn.
const PAUSE = 1200
const form = document.querySelector('form[data-goes-on]')
if (form) {
  const stop = form.querySelector('[data-stop]')
  const turn = setTimeout(() => form.requestSubmit(), PAUSE)
  stop.hidden = false
  stop.addEventListener('click', () => {
    clearTimeout(turn)
    stop.hidden = true
    form.querySelector('button:not([type=button])').focus()
    form.querySelector('[data-state]').textContent = stop.dataset.stop
  })
}
