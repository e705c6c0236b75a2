// <button data-open="id"> opens a <dialog>; a button with data-close closes the one it is in;
// a button with data-print prints the page.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-open]')
  if (opener) document.getElementById(opener.dataset.open)?.showModal()
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close()
  if (event.target.closest('[data-print]')) print()
  if (event.target.matches('dialog')) event.target.close() // a click beside the box
})
