/**
 * The first import of the program: Elysia reads this variable when it is loaded, and a compiled
 * program without it would run in development mode, answering errors with source code.
 */
Bun.env.NODE_ENV ??= 'production'

/**
 * The sign-in library reads variables of its own, which would override our options: a `BASE_URL` meant
 * for another program would become the only origin that may sign in.
 */
for (const name of Object.keys(Bun.env))
  if (/^BASE_URL$|^AUTH_(URL|SECRET)$|BETTER_AUTH_|^(NUXT|NEXT)_PUBLIC_AUTH_/.test(name))
    delete Bun.env[name]
