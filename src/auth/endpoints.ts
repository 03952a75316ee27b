/** Every endpoint below `/api/auth`, and what it takes and answers; what is not here is 404. */
export const endpoints = [
  [
    'POST',
    '/sign-in/email',
    '{email, password, rememberMe?}; {twoFactorRedirect: true} asks for a second factor',
  ],
  [
    'POST',
    '/sign-in/social',
    '{provider: oidc|github|google, callbackURL: "/admin", errorCallbackURL?}; {url} to go to',
  ],
  [
    'GET',
    '/callback/:id',
    'where providers send people back; goes to callbackURL, or to errorCallbackURL?error=',
  ],
  ['POST', '/sign-up/email', '{name, email, password}; 403 unless SNUG_SIGNUP is open'],
  ['POST', '/sign-out', 'ends the session'],
  ['GET', '/get-session', '{session, user} or null'],
  ['GET', '/list-sessions', '[{id, label, current, createdAt, seenAt, expiresAt}]'],
  ['POST', '/revoke-session', '{id}'],
  [
    'POST',
    '/revoke-other-sessions',
    'ends every other session, the trust in every device and mailed resets',
  ],
  [
    'GET',
    '/list-trusted-devices',
    'where no second factor is asked for: [{id, label, current, createdAt, expiresAt}]',
  ],
  ['POST', '/forget-trusted-device', '{id}; asks for the second factor again there'],
  ['POST', '/request-password-reset', '{email}; 200 whether there is such an account or not'],
  ['POST', '/reset-password', '{token, newPassword}; the mail leads to /auth?token='],
  [
    'POST',
    '/change-password',
    '{currentPassword, newPassword}; ends every other session and the trust in every device',
  ],
  ['POST', '/update-user', '{name}'],
  ['GET', '/list-accounts', 'the providers of the account: [{providerId, accountId}]'],
  ['POST', '/link-social', '{provider, callbackURL}; {url} to go to'],
  ['POST', '/unlink-account', '{providerId}'],
  [
    'POST',
    '/two-factor/enable',
    '{password}; {totpURI, backupCodes}; in force once a code was verified',
  ],
  ['POST', '/two-factor/verify-totp', '{code, trustDevice?}'],
  ['POST', '/two-factor/verify-backup-code', '{code, trustDevice?}'],
  ['POST', '/two-factor/generate-backup-codes', '{password}; {backupCodes}'],
  ['POST', '/two-factor/disable', '{password}'],
  [
    'GET',
    '/passkey/generate-register-options',
    '?name=; 403 SESSION_NOT_FRESH a day after signing in',
  ],
  ['POST', '/passkey/verify-registration', '{response, name?}'],
  ['GET', '/passkey/generate-authenticate-options', ''],
  ['POST', '/passkey/verify-authentication', '{response}'],
  ['GET', '/passkey/list-user-passkeys', '[{id, name, createdAt, …}]'],
  ['POST', '/passkey/update-passkey', '{id, name}'],
  ['POST', '/passkey/delete-passkey', '{id}'],
] as const satisfies readonly (readonly [method: string, path: string, what: string])[]

/** The path of an endpoint as the list has it; null when there is none such. */
export const endpointOf = (method: string, path: string): string | null => {
  const pattern = /^\/callback\/[a-z]{1,32}$/.test(path) ? '/callback/:id' : path
  return endpoints.some(([known, at]) => known === method && at === pattern) ? pattern : null
}
