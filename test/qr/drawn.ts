/** A picture as a reader of QR codes wants it: four bytes a pixel. */
export type Pixels = { width: number; height: number; data: Uint8Array }

/** Paints the squares of an SVG. */
export const drawnSvg = (svg: string): Pixels => {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const dark = new Set<string>()
  for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)) dark.add(`${x},${y}`)
  return paint(side, (x, y) => dark.has(`${x - (x % 10)},${y - (y % 10)}`))
}

const paint = (side: number, isDark: (x: number, y: number) => boolean): Pixels => {
  const data = new Uint8Array(side * side * 4).fill(255)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (isDark(x, y)) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  return { width: side, height: side, data }
}
