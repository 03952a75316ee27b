import { queryOptions } from '@tanstack/react-query'
import { api, ask, type Data } from './api'
import { queryClient } from './queries'

type Links = Data<typeof api.links.get>

/** A link as our API shows it. */
export type Link = Links['data'][number]

/** What a list of links can be narrowed by. */
export type LinksAsked = NonNullable<NonNullable<Parameters<typeof api.links.get>[0]>['query']>

/** A page of links. */
export const linksQuery = (asked: LinksAsked) =>
  queryOptions({
    queryKey: ['links', asked],
    queryFn: () => ask(api.links.get({ query: asked })),
  })

/** One link. */
export const linkQuery = (id: number) =>
  queryOptions({ queryKey: ['link', id], queryFn: () => ask(api.links({ id }).get()) })

/** Forgets what was read of links, after one has changed. */
export const linksChanged = () =>
  Promise.all(
    ['links', 'link', 'stats', 'campaigns', 'code'].map((name) =>
      queryClient.invalidateQueries({ queryKey: [name] }),
    ),
  )
