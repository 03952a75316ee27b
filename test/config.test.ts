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

test('options that do nothing alone are a warning that names what is missing', () => {
  expect(read({ SNUG_GITHUB_CLIENT_ID: 'x' }).warnings).toEqual([
    'SNUG_GITHUB_CLIENT_ID without SNUG_GITHUB_CLIENT_SECRET: nothing comes of it',
  ])
  expect(read({ SNUG_OIDC_ISSUER: 'https://id.example' }).warnings).toEqual([
    'SNUG_OIDC_ISSUER without SNUG_OIDC_CLIENT_ID and SNUG_OIDC_CLIENT_SECRET: nothing comes of it',
  ])
  const whole = { SNUG_ADMIN_EMAIL: 'ada@example.com', SNUG_ADMIN_PASSWORD_FILE: '/run/secrets/x' }
  expect(read(whole).warnings).toEqual([])
})

test('every option has a _FILE twin', () => {
  expect(read({ SNUG_GEOIP_DB_FILE: '/run/secrets/x' }).config?.geoipDb).toBe('from /run/secrets/x')
})

test('a base URL is kept without its last slash', () => {
  expect(read({ SNUG_BASE_URL: 'https://go.example/x/' }).config?.baseUrl).toBe(
    'https://go.example/x',
  )
})

test('a base URL has its host in the one spelling, and a host that can be', () => {
  const { config } = read({ SNUG_BASE_URL: 'HTTPS://Go.Example.:443' })
  expect(config?.baseUrl).toBe('https://go.example')
  for (const never of ['http://.', 'http://a..b', `http://${'a'.repeat(64)}.example`])
    expect(read({ SNUG_BASE_URL: never }).problems).toHaveLength(1)
})
