import { setDefaultTimeout } from 'bun:test'

// tests wait for conditions; a machine that is busy with other things is given time to meet them
setDefaultTimeout(20_000)
