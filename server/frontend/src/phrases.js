// <button data-phrase="…">: puts an own phrase (常用意见) where the cursor of the opinion stands;
// Alt+1 to Alt+9 press the first nine. Without JavaScript the server does the same.
const buttons = () => [...document.querySelectorAll('[data-phrase]')]

function insert (button) {
  const area = button.form?.elements.opinion
  if (!area) return false
  const at = area.selectionStart
  const before = area.value.slice(0, at)
  const gap = before && !/\s$/.test(before) ? '\n' : ''
  area.setRangeText(gap + button.dataset.phrase, at, area.selectionEnd, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
  area.focus()
  return true
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-phrase]')
  if (button && insert(button)) event.preventDefault()
})

document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const place = /^Digit([1-9])$/.exec(event.code)?.[1]
  const button = place && buttons()[place - 1]
  if (button && insert(button)) event.preventDefault()
})
