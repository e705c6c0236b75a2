// Keys of the canvas; those of the page (search, help) are not asked there.

export function addKeys (editor, panel, palette, does) {
  const canvas = editor.host
  const plain = {
    ArrowDown: does.next,
    ArrowUp: does.before,
    j: does.next,
    k: does.before,
    Delete: does.remove,
    Backspace: does.remove,
    Escape: () => editor.choose(),
    n: () => palette.querySelector('button').focus(),
    p: () => panel.querySelector('input, select, textarea, button')?.focus(),
  }
  const held = { c: does.copy, x: does.cut, v: does.paste, d: does.again, z: does.undo, y: does.redo }
  const moved = { ArrowDown: does.down, ArrowUp: does.up }

  canvas.addEventListener('keydown', (event) => {
    const control = event.ctrlKey || event.metaKey
    const redo = control && event.shiftKey && event.key.toLowerCase() === 'z'
    const keys = event.altKey ? moved : control ? held : plain
    const act = redo ? does.redo : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (event.isComposing) return
    if (!control && !event.altKey) event.stopPropagation()
    if (!act) return
    event.preventDefault()
    act()
    editor.refocus()
  })
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (panel.contains(document.activeElement)) document.activeElement.dispatchEvent(new Event('change', { bubbles: true }))
    does.save()
  })
}
