import { expect, test } from 'bun:test'
import { readConfig } from '../src/config'

const read = (env: Record<string, string>) => readConfig(env, (path) => `from ${path}\n`)

test('without any variable every option has its default', () => {
  const { config, problems, warnings } = read({})
  expect({ problems, warnings }).toEqual({ problems: [], warnings: [] })
  expect(config).toMatchObject({
    port: 3000,
    baseUrl: null,
    public: true,
    trustedProxies: [],
    codeLength: 6,
  })
})

test('all problems are reported at once, by the name that was used', () => {
  const { config, problems } = read({
    PORT: '70000',
    SNUG_BASE_URL: 'go',
    SNUG_TRUSTED_PROXIES: 'lan',
  })
  expect(config).toBeNull()
  expect(problems).toHaveLength(3)
  expect(problems.join('\n')).toContain('PORT must be')
})

test('an unknown name is a warning that names the nearest known one', () => {
  expect(read({ SNUG_PROT: '1' }).warnings).toEqual([
    'SNUG_PROT is not an option; did you mean SNUG_PORT?',
  ])
})

test('every option has a _FILE twin', () => {
  expect(read({ SNUG_GEOIP_DB_FILE: '/run/secrets/x' }).config?.geoipDb).toBe('from /run/secrets/x')
})

test('a base URL is kept without its last slash', () => {
  expect(read({ SNUG_BASE_URL: 'https://go.example/x/' }).config?.baseUrl).toBe(
    'https://go.example/x',
  )
})
