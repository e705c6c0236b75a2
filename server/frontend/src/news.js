// <p data-news="/new?list=open&since=7" hidden>: asks every fifteen seconds whether something has
// come into the list, and says so above it; what is being read does not move until it is wanted.
// A page that nobody looks at asks nothing.
const EVERY = 15000
const line = document.querySelector('[data-news]')
let known = ''

async function ask () {
  const headers = { Accept: 'application/json', 'HX-Request': 'true' }
  if (known) headers['If-None-Match'] = known
  const answer = await fetch(line.dataset.news, { headers, cache: 'no-store' })
  if (answer.status === 401) return false
  if (answer.status !== 200) return true
  known = answer.headers.get('ETag') || ''
  const { count, sentence } = await answer.json()
  if (count && line.hidden) line.hidden = false
  if (count) line.querySelector('[data-sentence]').textContent = sentence
  return true
}

async function turn () {
  let more = true
  try {
    if (!document.hidden) more = await ask()
  } catch (error) {
    // the line is down: the next turn tries again
  }
  if (more) setTimeout(turn, EVERY)
}

if (line) setTimeout(turn, EVERY)
