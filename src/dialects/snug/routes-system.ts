import { t } from 'elysia'
import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import * as schema from './schema-system'
import * as view from './view-system'

/** How the program is doing, and a copy of its database, for administrators. */
export const systemRoutes = (context: DialectContext) =>
  serveDialect(snug, context)
    .get(
      '/api/snug/v1/system',
      async function getSystem({ caller, request }) {
        return view.system(
          await context.system.figures(caller),
          caller,
          context.peerOf(request),
          request.headers,
        )
      },
      {
        response: { 200: schema.system },
        detail: { summary: 'Version, sizes, queues, and what the server sees of proxies' },
      },
    )
    .post(
      '/api/snug/v1/backup',
      async function postBackup({ body, caller, request, set }) {
        await context.core.confirmIdentity(caller, body?.password)
        context.disableTimeout(request)
        const copy = await context.system.backUp(caller)
        const day = new Date(context.core.clock.now()).toISOString().slice(0, 10)
        set.headers['Content-Type'] = 'application/vnd.sqlite3'
        set.headers['Content-Disposition'] = `attachment; filename="snug-${day}.db"`
        return new Response(copy)
      },
      {
        body: schema.backupBody,
        response: {
          200: t.Any({ description: 'The file: `snug verify` and `snug restore` take it' }),
        },
        detail: {
          summary: 'A consistent copy of the database, without the file `secret`',
          description:
            'For an administrator who has signed in and types their password again; an account without one needs a sign-in of the last ten minutes.',
          'x-faults': ['password_wrong', 'sign_in_stale', 'passwords_busy'],
        },
      },
    )
