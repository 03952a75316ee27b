import { describe, expect, test } from 'bun:test'
import { isExposed } from '../../src/admin/ui/parts/exposed'
import { ownPath } from '../../src/admin/ui/parts/own-path'
import { drawQr } from '../../src/admin/ui/screens/link/qr'

describe('after signing in', () => {
  test('people go on to paths of ours', () => {
    for (const path of ['/r', '/admin/links?q=a#b']) expect(ownPath(path)).toBe(path)
  })

  test('and never to anywhere else', () => {
    const foreign = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:1',
      '',
    ]
    for (const path of [...foreign, '/a\\..\\evil', null]) expect(ownPath(path)).toBe('/admin')
  })
})

describe('a page that shows a key', () => {
  const at = (address: string) => isExposed(new URL(address))

  test('is safe over HTTPS, and over HTTP at home', () => {
    const homes = ['localhost:3000', 'go', '192.168.1.4', '10.1.2.3', '172.20.0.1', 'box.local']
    for (const host of [...homes, 'nas.lan', '[::1]:3000', '[fd00::1]'])
      expect(at(`http://${host}/r`)).toBe(false)
    expect(at('https://go.example.com/r')).toBe(false)
  })

  test('warns over HTTP from anywhere else', () => {
    for (const host of [
      'go.example.com',
      '8.8.8.8',
      '172.32.0.1',
      '[2001:db8::1]',
      '10.example.com.',
    ])
      expect(at(`http://${host}/r`)).toBe(true)
  })
})

test('a QR code takes colours, and nothing that only claims to be one', () => {
  const code = drawQr('https://example.com/', { dark: '#123456', light: '"><script>', logo: null })
  expect(code).toContain('fill="#123456"')
  expect(code).not.toContain('script')
})
