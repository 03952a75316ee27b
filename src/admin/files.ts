import type { App } from './app-file'
import { bundleApp } from './bundle'

/** A brotli quality that costs next to nothing. */
const quick = 3

/**
 * The app when the program runs from its sources: bundled when first asked for, then kept. A release
 * puts a module in this one's place that holds the finished files (see `build/release.ts`).
 */
export const readApp = (): Promise<App> => bundleApp(quick)
