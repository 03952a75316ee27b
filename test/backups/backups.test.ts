import { expect, test } from 'bun:test'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBackups } from '../../src/backups'
import { openStore, verifyFile } from '../../src/store'
import { temporaryFolder } from '../program'
import { configOf, dawn } from '../world'

/** An S3-compatible storage in memory: path-style PUT, GET of a list, DELETE. */
const startBucket = () => {
  const objects = new Map<string, number>()
  const unsigned: string[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      const key = decodeURIComponent(pathname.slice('/backups/'.length))
      if (!request.headers.get('authorization')?.startsWith('AWS4-HMAC-SHA256'))
        unsigned.push(pathname)
      if (request.method === 'PUT') objects.set(key, (await request.arrayBuffer()).byteLength)
      if (request.method === 'DELETE') objects.delete(key)
      if (request.method !== 'GET') return new Response(null, { status: 200 })
      const prefix = searchParams.get('prefix') ?? ''
      const rows = [...objects.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => `<Contents><Key>${name}</Key></Contents>`)
      return new Response(
        `<?xml version="1.0"?><ListBucketResult><Name>backups</Name>${rows.join('')}</ListBucketResult>`,
        { headers: { 'Content-Type': 'application/xml' } },
      )
    },
  })
  return { objects, unsigned, url: server.url.href, stop: () => server.stop(true) }
}

test('scheduled backups are sound, and only the newest are kept', async () => {
  using folder = temporaryFolder()
  const store = openStore(join(folder.path, 'snug.db'))
  let now = dawn
  const config = configOf({ SNUG_DATA_DIR: folder.path, SNUG_BACKUP_KEEP: '2' })
  const backUp = createBackups({ store, clock: { now: () => now }, config })
  const kept = join(folder.path, 'backups')
  for (let day = 0; day < 4; day++) {
    const { path, bytes } = await backUp()
    expect(bytes).toBeGreaterThan(0)
    expect(verifyFile(path)).toEqual([])
    if (day === 0) writeFileSync(join(kept, 'snug-holiday.db'), 'mine')
    now += 86_400_000
  }
  expect(readdirSync(kept).sort()).toEqual([
    'snug-2026-03-12T12-00-00.db',
    'snug-2026-03-13T12-00-00.db',
    'snug-holiday.db',
  ])
  await store.close()
})

test('they are copied to a bucket, under its prefix, and kept as long there', async () => {
  using folder = temporaryFolder()
  const bucket = startBucket()
  bucket.objects.set('snug/notes.txt', 1)
  const store = openStore(join(folder.path, 'snug.db'))
  let now = dawn
  const config = configOf({
    SNUG_DATA_DIR: folder.path,
    SNUG_BACKUP_KEEP: '2',
    SNUG_BACKUP_S3: 's3://backups/snug/',
    SNUG_S3_ENDPOINT: bucket.url,
    SNUG_S3_ACCESS_KEY_ID: 'me',
    SNUG_S3_SECRET_ACCESS_KEY: 'hush',
  })
  const backUp = createBackups({ store, clock: { now: () => now }, config })
  let bytes = 0
  for (let day = 0; day < 3; day++) {
    bytes = (await backUp()).bytes
    now += 86_400_000
  }
  expect(Object.fromEntries(bucket.objects)).toEqual({
    'snug/notes.txt': 1,
    'snug/snug-2026-03-11T12-00-00.db': bytes,
    'snug/snug-2026-03-12T12-00-00.db': bytes,
  })
  expect(bucket.unsigned).toEqual([])
  bucket.stop()
  await expect(backUp()).rejects.toThrow('unexpected error')
  await store.close()
})

test('a schedule or bucket that is none is told before anything starts', () => {
  for (const wrong of ['tomorrow', '61 * * * *', '0 0 30 2 *'])
    expect(() => configOf({ SNUG_BACKUP_SCHEDULE: wrong })).toThrow('five cron fields')
  for (const wrong of ['backups', 'https://backups', 's3://'])
    expect(() => configOf({ SNUG_BACKUP_S3: wrong })).toThrow('s3://bucket/prefix')
  expect(configOf({ SNUG_BACKUP_SCHEDULE: '0 3 * * *' }).backupSchedule).toBe('0 3 * * *')
})
