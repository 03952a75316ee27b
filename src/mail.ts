/** A mail in plain text. */
type Mail = { to: string; subject: string; text: string }

/** Sends a mail; fails when the server does not take it. */
export type SendMail = (mail: Mail) => Promise<void>

/** Mail by the server of the options; null when there is none. The library is loaded at the first mail. */
export const createMail = (config: {
  smtpUrl: string | null
  mailFrom: string | null
}): SendMail | null => {
  const { smtpUrl } = config
  if (smtpUrl === null) return null
  const from = config.mailFrom ?? `snug@${URL.parse(smtpUrl)?.hostname || 'localhost'}`
  return async (mail) => {
    const { createTransport } = await import('nodemailer')
    await createTransport(smtpUrl).sendMail({ from, ...mail })
  }
}
