/**
 * Every endpoint below `/api/auth`, the fields that it takes (of the body; of the query with GET), and what
 * it does with them. What is not here is 404, and a field that is not here is not passed on: the library
 * knows more of both than this server means to offer.
 */
export const endpoints = [
  [
    'POST',
    '/sign-in/email',
    ['email', 'password', 'rememberMe'],
    '{email, password, rememberMe?}; {twoFactorRedirect: true} asks for a second factor',
  ],
  [
    'POST',
    '/sign-in/social',
    ['provider', 'callbackURL', 'errorCallbackURL'],
    '{provider: oidc|github|google, callbackURL: "/admin", errorCallbackURL?}; {url} to go to',
  ],
  [
    'GET',
    '/callback/:id',
    ['code', 'state', 'iss', 'error', 'error_description'],
    'where providers send people back; goes to callbackURL, or to errorCallbackURL?error=',
  ],
  [
    'POST',
    '/sign-up/email',
    ['name', 'email', 'password'],
    '{name, email, password}; 403 unless SNUG_SIGNUP is open',
  ],
  ['POST', '/sign-out', [], 'ends the session'],
  ['GET', '/get-session', [], '{session, user} or null'],
  ['GET', '/list-sessions', [], '[{id, label, current, createdAt, seenAt, expiresAt}]'],
  ['POST', '/revoke-session', ['id'], '{id}'],
  [
    'POST',
    '/revoke-other-sessions',
    [],
    'ends every other session, the trust in every device and mailed resets',
  ],
  [
    'GET',
    '/list-trusted-devices',
    [],
    'where no second factor is asked for: [{id, label, current, createdAt, expiresAt}]',
  ],
  ['POST', '/forget-trusted-device', ['id'], '{id}; asks for the second factor again there'],
  [
    'POST',
    '/request-password-reset',
    ['email'],
    '{email}; 200 whether there is such an account or not',
  ],
  [
    'POST',
    '/reset-password',
    ['token', 'newPassword'],
    '{token, newPassword}; the mail leads to /auth?token=',
  ],
  [
    'POST',
    '/change-password',
    ['currentPassword', 'newPassword'],
    '{currentPassword, newPassword}; ends every other session and the trust in every device',
  ],
  ['POST', '/update-user', ['name'], '{name}'],
  ['GET', '/list-accounts', [], 'the providers of the account: [{providerId, accountId}]'],
  ['POST', '/link-social', ['provider', 'callbackURL'], '{provider, callbackURL}; {url} to go to'],
  ['POST', '/unlink-account', ['providerId'], '{providerId}'],
  [
    'POST',
    '/two-factor/enable',
    ['password'],
    '{password}; {totpURI, backupCodes}; in force once a code was verified',
  ],
  ['POST', '/two-factor/verify-totp', ['code', 'trustDevice'], '{code, trustDevice?}'],
  ['POST', '/two-factor/verify-backup-code', ['code', 'trustDevice'], '{code, trustDevice?}'],
  ['POST', '/two-factor/generate-backup-codes', ['password'], '{password}; {backupCodes}'],
  ['POST', '/two-factor/disable', ['password'], '{password}'],
  [
    'GET',
    '/passkey/generate-register-options',
    ['name'],
    '?name=; 403 SESSION_NOT_FRESH a day after signing in',
  ],
  ['POST', '/passkey/verify-registration', ['response', 'name'], '{response, name?}'],
  ['GET', '/passkey/generate-authenticate-options', [], ''],
  ['POST', '/passkey/verify-authentication', ['response'], '{response}'],
  ['GET', '/passkey/list-user-passkeys', [], '[{id, name, createdAt, …}]'],
  ['POST', '/passkey/update-passkey', ['id', 'name'], '{id, name}'],
  ['POST', '/passkey/delete-passkey', ['id'], '{id}'],
] as const satisfies readonly (readonly [
  method: string,
  path: string,
  fields: readonly string[],
  what: string,
])[]

/** Returns the path of an endpoint as the list has it; null when there is none such. */
export const endpointOf = (method: string, path: string): string | null =>
  find(method, path)?.[1] ?? null

/** Returns the fields that an endpoint takes. */
export const fieldsOf = (method: string, path: string): readonly string[] =>
  find(method, path)?.[2] ?? []

const find = (method: string, path: string) => {
  const pattern = /^\/callback\/[a-z]{1,32}$/.test(path) ? '/callback/:id' : path
  return endpoints.find(([known, at]) => known === method && at === pattern)
}
