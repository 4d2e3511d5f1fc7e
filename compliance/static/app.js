// Script only adds: everything works without it.
import { initAll } from './vendor/govuk-frontend.min.js'

initAll()
