// What is copied on one form can be pasted on another, in another tab as well: tabs of this browser
// hand it to each other, and nothing is stored.
const CHANNEL = 'lianban-form-field'

export class Clipboard {
  constructor (say) {
    this.channel = new BroadcastChannel(CHANNEL)
    this.channel.onmessage = ({ data }) => {
      if (data.wanted && this.latest) this.channel.postMessage({ field: this.latest })
      if (!data.field) return
      this.latest = data.field
      say()
    }
    this.channel.postMessage({ wanted: true })
  }

  put (raw) {
    if (!raw) return
    this.latest = JSON.stringify(raw)
    this.channel.postMessage({ field: this.latest })
  }

  get () {
    return this.latest && JSON.parse(this.latest)
  }
}
