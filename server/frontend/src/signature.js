// <div data-signature>: a place to sign by pen, finger or mouse. What is drawn becomes the file of
// the question behind it, as if it had been chosen; without scripts a picture is chosen there.
// Nothing has to be signed: who works with the keyboard goes on to the next field.
const INK = '#0b2545'
const PEN = 2.5

function context (canvas) {
  const { width, height } = canvas.getBoundingClientRect()
  const scale = globalThis.devicePixelRatio || 1
  const wanted = [Math.round(width * scale), Math.round(height * scale)]
  if (wanted[0] && (canvas.width !== wanted[0] || canvas.height !== wanted[1])) {
    [canvas.width, canvas.height] = wanted
  }
  const pen = canvas.getContext('2d')
  pen.setTransform(scale, 0, 0, scale, 0, 0)
  Object.assign(pen, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round', strokeStyle: INK })
  return pen
}

function keep (canvas, input, name) {
  canvas.toBlob((blob) => {
    const files = new DataTransfer()
    files.items.add(new File([blob], name, { type: 'image/png' }))
    input.files = files.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }, 'image/png')
}

function start (place) {
  const canvas = place.querySelector('canvas')
  const input = document.getElementById(place.dataset.signature)
  place.hidden = false
  let pen = null
  const at = ({ clientX, clientY }) => {
    const { left, top } = canvas.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    pen = pen ?? context(canvas)
    canvas.setPointerCapture(event.pointerId)
    canvas.dataset.drawing = ''
    pen.beginPath()
    pen.moveTo(...at(event))
    pen.lineTo(...at(event))
    pen.stroke()
  })
  canvas.addEventListener('pointermove', (event) => {
    if (!('drawing' in canvas.dataset)) return
    for (const one of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...at(one))
    pen.stroke()
  })
  for (const kind of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(kind, () => {
      if (!('drawing' in canvas.dataset)) return
      delete canvas.dataset.drawing
      keep(canvas, input, place.dataset.name)
    })
  }
  place.querySelector('button').addEventListener('click', () => {
    pen?.clearRect(0, 0, canvas.width, canvas.height)
    pen = null
    input.value = ''
  })
}

for (const place of document.querySelectorAll('[data-signature]')) start(place)
