import { t } from 'elysia'
import { type DialectContext, serveDialect } from '../../api'
import { findLinkFor } from '../../core'
import { type QrLook, qrPng, qrSvg } from '../../qr'
import { snug } from './dialect'
import { idParams } from './schema'

const colour = (description: string) =>
  t.Optional(t.String({ pattern: '^[0-9a-fA-F]{6}$', description }))

const look = {
  dark: colour('Colour of the modules, six hex digits; black when absent'),
  light: colour('Colour behind them; white when absent'),
  margin: t.Optional(
    t.Integer({ minimum: 0, maximum: 20, default: 4, description: 'Light modules around' }),
  ),
}

const lookOf = ({
  dark,
  light,
  margin,
}: { [Part in keyof QrLook]?: QrLook[Part] | undefined }) => ({
  ...(dark === undefined ? {} : { dark }),
  ...(light === undefined ? {} : { light }),
  ...(margin === undefined ? {} : { margin }),
})

const image = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
  new Response(body, { headers: { 'Content-Type': type, 'Cache-Control': 'no-store' } })

/** A link's short URL as a QR code. */
export const qrRoutes = (context: DialectContext) => {
  const { core } = context

  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/links/:id/qr.svg',
      async function getLinksByIdQrSvg({ caller, params, query }) {
        const { link } = await findLinkFor(core, caller, params.id, 'qr')
        return image(qrSvg(caller.shortUrl(link), lookOf(query)), 'image/svg+xml')
      },
      {
        params: idParams,
        query: t.Object(look),
        detail: { 'x-link': true, summary: 'A link’s QR code as SVG' },
      },
    )
    .get(
      '/api/snug/v1/links/:id/qr.png',
      async function getLinksByIdQrPng({ caller, params, query }) {
        const { link } = await findLinkFor(core, caller, params.id, 'qr')
        const png = await qrPng(caller.shortUrl(link), lookOf(query), query.size)
        return image(png, 'image/png')
      },
      {
        params: idParams,
        query: t.Object({
          ...look,
          size: t.Optional(
            t.Integer({
              minimum: 64,
              maximum: 2048,
              default: 512,
              description: 'About as many pixels',
            }),
          ),
        }),
        detail: { 'x-link': true, summary: 'A link’s QR code as PNG' },
      },
    )
}
