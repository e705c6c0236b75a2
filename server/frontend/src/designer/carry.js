// What leaves the designer: the file itself, and pictures of it. Nothing is sent anywhere.
import { saveXML } from './reading.js'

export function download (name, blob) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const SCALE = 2

/** The picture as SVG text in the letters of this machine. */
async function pictureOf (modeler) {
  const { svg } = await modeler.saveSVG()
  return svg
}

function sizeOf (svg) {
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml')
  return [Number(root.getAttribute('width')), Number(root.getAttribute('height'))]
}

async function png (svg) {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  const [width, height] = sizeOf(svg)
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const brush = canvas.getContext('2d')
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** PDF is made by the browser: the picture alone on a page, printed. */
function print (svg) {
  const sheet = document.createElement('div')
  sheet.className = 'diagram-sheet'
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const [width, height] = sizeOf(svg)
  root.setAttribute('viewBox', root.getAttribute('viewBox') || `0 0 ${width} ${height}`)
  root.removeAttribute('width')
  root.removeAttribute('height')
  sheet.append(document.importNode(root, true))
  document.body.append(sheet)
  document.documentElement.classList.add('prints-diagram')
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('prints-diagram')
    sheet.remove()
  }, { once: true })
  globalThis.print()
}

export async function carryOut (modeler, kind, file) {
  const name = file.replace(/\.bpmn$/, '')
  if (kind === 'bpmn') return download(file, new Blob([await saveXML(modeler)], { type: 'application/xml' }))
  const svg = await pictureOf(modeler)
  if (kind === 'svg') return download(`${name}.svg`, new Blob([svg], { type: 'image/svg+xml' }))
  if (kind === 'png') return download(`${name}.png`, await png(svg))
  print(svg)
}
