import { encode, renderSVG } from 'uqr'

/** How a code looks. */
export type QrLook = {
  /** colours as six hex digits */
  dark: string
  light: string
  /** light modules around */
  margin: number
}

/** Black on white; four light modules around are what readers ask for. */
const plain: QrLook = { dark: '000000', light: 'ffffff', margin: 4 }

/** Medium error correction survives a scratch. */
const ecc = 'M'

/** Sides of a PNG come as close to this as whole pixels per module allow. */
const pngSide = 512

/** A text as a QR code: an SVG document that scales to any size. */
export const qrSvg = (text: string, look: Partial<QrLook> = {}): string => {
  const { dark, light, margin } = { ...plain, ...look }
  return renderSVG(text, {
    ecc,
    border: margin,
    blackColor: `#${dark}`,
    whiteColor: `#${light}`,
  })
}

/** A text as a QR code: a PNG of about as many pixels as wanted, drawn off the serving thread. */
export async function qrPng(
  text: string,
  look: Partial<QrLook> = {},
  wanted = pngSide,
): Promise<Uint8Array<ArrayBuffer>> {
  const { dark, light, margin } = { ...plain, ...look }
  const modules = encode(text, { ecc, border: margin }).data
  const side = modules.length * Math.max(1, Math.round(wanted / modules.length))
  const image = new Bun.Image(toBitmap(modules, toBgr(dark), toBgr(light)))
  return new Uint8Array(await image.resize(side, side, { filter: 'nearest' }).png().bytes())
}

/** Bitmaps hold blue first. */
const toBgr = (hex: string): Buffer => Buffer.from(hex, 'hex').reverse()

const headerBytes = 54
const bitsPerPixel = 24

/** Modules as a bitmap file, the one uncompressed format that Bun's image pipeline reads: one pixel each. */
const toBitmap = (
  modules: readonly (readonly boolean[])[],
  dark: Uint8Array,
  light: Uint8Array,
): Uint8Array => {
  const side = modules.length
  const rowBytes = Math.ceil((side * 3) / 4) * 4
  const file = Buffer.alloc(headerBytes + rowBytes * side)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(headerBytes, 10)
  file.writeUInt32LE(headerBytes - 14, 14)
  file.writeInt32LE(side, 18)
  file.writeInt32LE(side, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(bitsPerPixel, 28)
  modules.toReversed().forEach((row, y) => {
    row.forEach((isDark, x) => {
      const at = headerBytes + y * rowBytes + x * 3
      file.set(isDark ? dark : light, at)
    })
  })
  return file
}
