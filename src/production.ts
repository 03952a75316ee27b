/**
 * The first import of the program: Elysia reads this variable when it is loaded, and a compiled
 * program without it would run in development mode, answering errors with source code.
 */
Bun.env.NODE_ENV ??= 'production'
