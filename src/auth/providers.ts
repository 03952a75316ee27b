/** The options of sign-in providers. */
export type ProviderOptions = {
  oidcIssuer: string | null
  oidcClientId: string | null
  oidcClientSecret: string | null
  oidcName: string
  githubClientId: string | null
  githubClientSecret: string | null
  googleClientId: string | null
  googleClientSecret: string | null
}

type Client = { clientId: string; clientSecret: string }

/** The providers that the options name whole; a half named one does not exist. */
export const readProviders = (options: ProviderOptions) => {
  const oidc = clientOf(options.oidcClientId, options.oidcClientSecret)
  const { oidcIssuer: issuer } = options
  return {
    oidc: oidc !== null && issuer !== null ? { ...oidc, issuer } : null,
    github: clientOf(options.githubClientId, options.githubClientSecret),
    google: clientOf(options.googleClientId, options.googleClientSecret),
  }
}

/** Ways to sign in beside a password, as buttons name them. */
export const providersOf = (options: ProviderOptions): { id: string; name: string }[] => {
  const { oidc, github, google } = readProviders(options)
  return [
    ...(oidc === null ? [] : [{ id: 'oidc', name: options.oidcName }]),
    ...(github === null ? [] : [{ id: 'github', name: 'GitHub' }]),
    ...(google === null ? [] : [{ id: 'google', name: 'Google' }]),
  ]
}

const clientOf = (clientId: string | null, clientSecret: string | null): Client | null =>
  clientId !== null && clientSecret !== null ? { clientId, clientSecret } : null
