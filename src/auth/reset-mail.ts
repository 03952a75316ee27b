/** Sends a mail in plain text. */
export type SendMail = (mail: { to: string; subject: string; text: string }) => Promise<void>

/**
 * Mails the way to a new password. Without a configured address only its path is named: a link on the
 * host that somebody asked by would let them choose where the token goes.
 */
export const resetMail =
  (send: SendMail, baseUrl: string | null) =>
  (to: string, token: string): Promise<void> => {
    const path = `/auth?token=${token}`
    const way =
      baseUrl === null
        ? `open this path on the address by which you know your snug server:\n\n  ${path}`
        : `open this link:\n\n  ${baseUrl}${path}`
    return send({
      to,
      subject: 'A new password for your snug account',
      text: `Somebody, hopefully you, asked for a new password. To choose one within an hour, ${way}\n\nIf it was not you, there is nothing to do: your password stays as it is.\n`,
    })
  }
