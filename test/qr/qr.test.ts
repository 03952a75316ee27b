import { expect, test } from 'bun:test'
import { inflateSync } from 'node:zlib'
import decodeQR from 'qr/decode.js'
import { qrPng, qrSvg } from '../../src/qr'

const texts = ['http://go/x', `https://go.example.com/${'aB3-_'.repeat(10)}`]

test('a PNG of about 512 pixels reads back as the text', async () => {
  for (const text of texts) {
    const image = toPixels(await qrPng(text))
    expect(image.width).toBe(image.height)
    expect(Math.abs(image.width - 512)).toBeLessThan(40)
    expect(decodeQR(image, { format: 'RGBA' })).toBe(text)
  }
})

test('an SVG holds the same modules, on white, and nothing that runs', () => {
  for (const text of texts) {
    const svg = qrSvg(text)
    expect(svg).toStartWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    expect(svg).not.toMatch(/script|href|on\w+=/)
    expect(decodeQR(drawn(svg), { format: 'RGBA' })).toBe(text)
  }
})

type Image = { width: number; height: number; data: Uint8Array }

/** Reads what the maker writes: four bytes a pixel. */
const toPixels = (png: Uint8Array): Image => {
  const bytes = Buffer.from(png)
  const side = bytes.readUInt32BE(16)
  const packed: Buffer[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  const rows = inflateSync(Buffer.concat(packed))
  const data = new Uint8Array(side * side * 4)
  for (let y = 0; y < side; y++) unfilter(rows, data, y, side * 4)
  return { width: side, height: side, data }
}

/** Undoes a row's filter (PNG, section 9): each byte was stored less what its neighbours foretold. */
const unfilter = (rows: Uint8Array, data: Uint8Array, y: number, length: number) => {
  const filter = rows[y * (length + 1)] ?? 0
  for (let x = 0; x < length; x++) {
    const left = x < 4 ? 0 : (data[y * length + x - 4] ?? 0)
    const up = y === 0 ? 0 : (data[(y - 1) * length + x] ?? 0)
    const corner = x < 4 || y === 0 ? 0 : (data[(y - 1) * length + x - 4] ?? 0)
    const foretold = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    data[y * length + x] = (rows[y * (length + 1) + 1 + x] ?? 0) + foretold
  }
}

const paeth = (left: number, up: number, corner: number) => {
  const guess = left + up - corner
  const [nearest = 0] = [left, up, corner].toSorted(
    (a, b) => Math.abs(guess - a) - Math.abs(guess - b),
  )
  return nearest
}

/** Paints the squares of an SVG. */
const drawn = (svg: string): Image => {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const dark = new Set<string>()
  for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)) dark.add(`${x},${y}`)
  return paint(side, (x, y) => dark.has(`${x - (x % 10)},${y - (y % 10)}`))
}

const paint = (side: number, isDark: (x: number, y: number) => boolean): Image => {
  const data = new Uint8Array(side * side * 4).fill(255)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (isDark(x, y)) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  return { width: side, height: side, data }
}
