/** Whether a browser only warms up for a visit that may never come. */
export const isPrefetch = (headers: Headers) =>
  /prefetch|prerender|preview/i.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')

/**
 * Programs that open a link because somebody wrote it down: chats that draw preview cards, and
 * crawlers. Tools that people call themselves (curl, an HTTP library) are not among them, nor are
 * phones by Cubot.
 */
const named =
  /(?<!cu)bot\b|crawler|spider|slurp|preview|externalhit|facebookcatalog|whatsapp|slack-imgproxy|embedly|iframely|vkshare|mattermost|synapse|line-poker|google-safety|skypeuri|outbrain|bitrix link/i

/**
 * Whether a request merely looks: it must see nothing of a link with a ceiling or a password, and use
 * up none of it.
 */
export const isPreviewFetch = ({ method, headers }: Request) =>
  method === 'HEAD' || isPrefetch(headers) || named.test(headers.get('user-agent') ?? '')
