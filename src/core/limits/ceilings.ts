/** How many of some things one account can have at once. */
export const ceilings = {
  keys: { max: 100, means: 'API keys; the personal one of `/r` and customer keys do not count' },
  webhooks: { max: 10, means: 'webhooks' },
  streams: { max: 10, means: 'streams of live clicks that are open' },
} as const satisfies Record<string, { max: number; means: string }>
