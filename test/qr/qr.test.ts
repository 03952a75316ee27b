import { expect, test } from 'bun:test'
import { inflateSync } from 'node:zlib'
import decodeQR from 'qr/decode.js'
import { qrPng, qrSvg } from '../../src/qr'
import { drawnSvg, type Pixels } from './drawn'

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
    expect(decodeQR(drawnSvg(svg), { format: 'RGBA' })).toBe(text)
  }
})

/** Reads what the maker writes: four bytes a pixel. */
const toPixels = (png: Uint8Array): Pixels => {
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
