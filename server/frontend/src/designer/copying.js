// What is copied in one drawing can be pasted in another, in another tab as well: tabs of this
// browser hand it to each other, and nothing is stored.
const CHANNEL = 'lianban-clipboard'

/** Text back into elements of this drawing. */
function revive (modeler, text) {
  const moddle = modeler.get('moddle')
  return JSON.parse(text, (key, value) => {
    if (!value || typeof value !== 'object' || typeof value.$type !== 'string') return value
    const { $type: type, ...rest } = value
    return moddle.registry.typeMap[type] ? moddle.create(type, rest) : undefined
  })
}

export function shareCopies (modeler, say) {
  const channel = new BroadcastChannel(CHANNEL)
  let latest
  modeler.get('eventBus').on('copyPaste.elementsCopied', 500, ({ tree, hints }) => {
    if (hints?.clip === false) return
    latest = JSON.stringify(tree)
    channel.postMessage({ tree: latest })
  })
  channel.onmessage = ({ data }) => {
    if (data.wanted && latest) channel.postMessage({ tree: latest })
    if (!data.tree) return
    latest = data.tree
    modeler.get('clipboard').set(revive(modeler, data.tree))
    say()
  }
  channel.postMessage({ wanted: true })
}
