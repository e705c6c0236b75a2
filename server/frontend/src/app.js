// What every page needs. Nothing here is required to do the work: without JavaScript all
// forms post and all links open.
import './app.css'
import 'bootstrap/js/dist/collapse'
import 'bootstrap/js/dist/dropdown'
import 'htmx.org'
import './composition.js'
import './confirm.js'
import './dialogs.js'
import './drafts.js'
import './keyboard.js'
import './notices.js'
import './once.js'
import './phrases.js'
