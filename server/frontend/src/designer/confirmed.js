/** Ask in the box of the page; act when the answer is yes. */
export function confirmed (sentence, words, act) {
  const dialog = document.getElementById('confirm')
  dialog.querySelector('[data-sentence]').textContent = sentence
  dialog.querySelector('[data-yes]').textContent = words
  dialog.returnValue = ''
  dialog.addEventListener('close', () => dialog.returnValue === 'yes' && act(), { once: true })
  dialog.showModal()
}
