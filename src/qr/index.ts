import { encode, renderSVG } from 'uqr'

/** Medium error correction survives a scratch; four light modules around are what readers ask for. */
const look = { ecc: 'M', border: 4 } as const

/** Sides of a PNG come as close to this as whole pixels per module allow. */
const pngSide = 512

/** A text as a QR code: an SVG document that scales to any size. */
export const qrSvg = (text: string): string => renderSVG(text, look)

/** A text as a QR code: a PNG of about 512 pixels, drawn off the serving thread. */
export const qrPng = async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
  const modules = encode(text, look).data
  const side = modules.length * Math.max(1, Math.round(pngSide / modules.length))
  const image = new Bun.Image(toBitmap(modules)).resize(side, side, { filter: 'nearest' })
  return new Uint8Array(await image.png().bytes())
}

const headerBytes = 54
const bitsPerPixel = 24

/** Modules as a bitmap file, the one uncompressed format that Bun's image pipeline reads: one pixel each. */
const toBitmap = (modules: readonly (readonly boolean[])[]): Uint8Array => {
  const side = modules.length
  const rowBytes = Math.ceil((side * 3) / 4) * 4
  const file = Buffer.alloc(headerBytes + rowBytes * side, 0xff)
  file.fill(0, 0, headerBytes)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(headerBytes, 10)
  file.writeUInt32LE(headerBytes - 14, 14)
  file.writeInt32LE(side, 18)
  file.writeInt32LE(side, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(bitsPerPixel, 28)
  modules.toReversed().forEach((row, y) => {
    row.forEach((dark, x) => {
      const at = headerBytes + y * rowBytes + x * 3
      if (dark) file.fill(0, at, at + 3)
    })
  })
  return file
}
