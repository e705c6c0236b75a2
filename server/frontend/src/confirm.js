// data-confirm="sentence" on a form or on one of its buttons asks before posting. The sentence
// says what will happen next; data-confirm-yes names the button that does it.
const agreed = new WeakSet()

function ask (form, submitter, asking) {
  const dialog = document.getElementById('confirm')
  dialog.querySelector('[data-sentence]').textContent = asking.dataset.confirm
  const yes = dialog.querySelector('[data-yes]')
  yes.textContent = asking.dataset.confirmYes || yes.dataset.yes
  dialog.returnValue = ''
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'yes') return submitter?.focus()
    agreed.add(form)
    form.requestSubmit(submitter)
    agreed.delete(form)
  }, { once: true })
  dialog.showModal()
}

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  const asking = [submitter, form].find((element) => element?.dataset.confirm)
  if (!asking || agreed.has(form)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  ask(form, submitter, asking)
}, true)
