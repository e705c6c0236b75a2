// A panel is built anew after every change; the focus stays where it was, and what somebody is
// typing there is not thrown away.

function focusAgain (host, focused) {
  const again = host.querySelector(`[data-field="${CSS.escape(focused.dataset.field)}"]`)
  again?.focus()
  if (focused.matches('input:not([type]), textarea')) {
    again?.setSelectionRange(focused.selectionStart, focused.selectionEnd)
  }
}

/** Somebody is typing there. */
function isWritten (host) {
  const { activeElement: control } = document
  return host.contains(control) && control.matches('input:not([type]), input[type=number], textarea') &&
    !control.dataset.field.startsWith('sample-') && control.value !== control.defaultValue
}

function rebuild (host, build) {
  const focused = host.contains(document.activeElement) ? document.activeElement : undefined
  build()
  if (focused?.dataset.field) focusAgain(host, focused)
}

/** What asks for the panel to be built anew. */
export function anew (host, build) {
  let timer
  let late = false // there is something new to show
  let pressed = false // a button that goes away under the pointer would not be clicked
  const again = () => {
    clearTimeout(timer)
    late = true
    timer = setTimeout(() => {
      if (pressed || isWritten(host)) return
      late = false
      rebuild(host, build)
    })
  }
  host.addEventListener('pointerdown', () => { pressed = true })
  for (const name of ['pointerup', 'pointercancel']) {
    addEventListener(name, () => {
      pressed = false
      if (late) again()
    })
  }
  host.addEventListener('focusout', () => late && again())
  return again
}
