// A file may decide several things: one of them is shown.
import { h } from '../designer/panel/controls.js'
import { t } from '../designer/words.js'

export function listViews (place, editor, shown) {
  editor.onViews(({ views, activeView }) => {
    const choose = h('select', { className: 'form-select form-select-sm', id: 'f-view' },
      views.map(({ id, name }) => h('option', { value: id }, name || id)))
    choose.value = activeView?.id || ''
    choose.addEventListener('change', () => editor.open(views.find(({ id }) => id === choose.value)))
    place.replaceChildren(...views.length > 1 ? [h('label', { for: 'f-view' }, t('决策')), ' ', choose] : [])
    if (activeView) shown(activeView.id)
  })
}
