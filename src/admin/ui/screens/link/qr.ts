import { encode } from 'uqr'

type QrLook = { dark: string; light: string; logo: string | null }

/** The part of the side that a logo covers; the code corrects three tenths of its area at most. */
const logoPart = 0.22
const border = 4

/** A QR code as an SVG document. With a logo it corrects as many errors as it can. */
export const drawQr = (text: string, { dark, light, logo }: QrLook): string => {
  const { data, size } = encode(text, { ecc: logo === null ? 'M' : 'H', border })
  const path = data
    .flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="${colour(light)}"/><path d="${path}" fill="${colour(dark)}"/>${logo === null ? '' : logoAt(size, logo, colour(light))}</svg>`
}

/** Only what is surely a colour, because it lands in a document. */
const colour = (text: string) => (/^#[0-9a-f]{3,8}$/i.test(text) ? text : '#000')

const logoAt = (size: number, logo: string, light: string) => {
  const side = Math.round(size * logoPart)
  const start = (size - side) / 2
  const at = (gap: number) =>
    `x="${start - gap}" y="${start - gap}" width="${side + 2 * gap}" height="${side + 2 * gap}"`
  return `<rect ${at(0.5)} rx="1" fill="${light}"/><image ${at(0)} href="${logo}" preserveAspectRatio="xMidYMid meet"/>`
}

const mostBytes = 200_000

/** A picture file as an address that can stand inside an SVG. */
export const readLogo = async (file: File): Promise<string> => {
  if (file.size > mostBytes) throw new Error('The logo may have 200 kB at most.')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = /^image\/[a-z+]+$/.test(file.type) ? file.type : 'image/png'
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return `data:${type};base64,${btoa(text)}`
}

const pixels = 1024

/** An SVG document as a PNG of 1024 pixels. */
export const pngOf = async (svg: string): Promise<Blob> => {
  const image = new Image(pixels, pixels)
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = pixels
  canvas.height = pixels
  canvas.getContext('2d')?.drawImage(image, 0, 0, pixels, pixels)
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (png === null) throw new Error('This browser could not draw the picture.')
  return png
}
