import { type DialectContext, eventStream, identifyAgain, serveDialect } from '../../api'
import { snug } from './dialect'
import { accountQuery } from './schema'
import * as view from './view-stats'

/** Clicks as they are stored, as server-sent events. */
export const eventRoutes = (context: DialectContext) =>
  serveDialect(snug, context).get(
    '/api/snug/v1/events',
    function getEvents({ caller, path, query, request }) {
      return eventStream(context, request, (send, end) =>
        context.core.live.listen(caller, query.account, {
          tell: (clicks) => {
            for (const click of clicks) send('click', view.liveClick(click))
          },
          end,
          identify: () => identifyAgain(snug, context, { request, path }),
        }),
      )
    },
    {
      query: accountQuery,
      detail: {
        summary:
          'Live clicks as server-sent events named `click`; ends after 10 minutes (ask again), and at once with the key or sign-in',
      },
    },
  )
