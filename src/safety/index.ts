export { createLists } from './lists'
export { createSafeBrowsing } from './safe-browsing'
