// Questions to the server: a form goes there, JSON comes back.
export function ask (room, url, fields) {
  return fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Accept: 'application/json', 'X-CSRFToken': room.token },
  })
}
