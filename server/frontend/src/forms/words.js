// The words of the form designer, on top of those it shares with the designer of diagrams.
import { learn } from '../designer/words.js'
import english from './english.js'

learn(english)

export { t, unknown } from '../designer/words.js'
