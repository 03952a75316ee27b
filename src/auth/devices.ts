import type { Core, SessionRow } from '../core'
import { missing, signedOut } from './refusal'
import type { SignedIn } from './remote-user'

/** Where an account is signed in, and how it ends that; the library would hand out tokens here. */
export const devices = ({ sessions }: Core) => {
  const end = async (mine: SignedIn, id: unknown) => {
    const known = (await sessions.all(mine.account)).some((one) => one.id === id)
    if (known) await sessions.remove(mine.account, Number(id))
    return known ? Response.json({ status: true }) : missing()
  }

  return {
    /** Answers the endpoints about one's own sessions; null for every other one. */
    answer: async (
      path: string,
      mine: SignedIn | null,
      body: Record<string, unknown>,
    ): Promise<Response | null> => {
      if (!/^\/(list-sessions|revoke-session|revoke-other-sessions)$/.test(path)) return null
      if (mine === null) return signedOut()
      const own = Number(mine.session.id)
      if (path === '/revoke-session') return end(mine, body.id)
      if (path === '/list-sessions')
        return Response.json((await sessions.all(mine.account)).map((one) => shown(one, own)))
      await sessions.removeOthers(mine.account, own)
      return Response.json({ status: true })
    },
  }
}

const shown = ({ id, label, createdAt, updatedAt, expiresAt }: SessionRow, own: number) => ({
  ...{ id, label, current: id === own },
  ...{ createdAt, seenAt: updatedAt, expiresAt },
})
