import { refusal, root } from '../../api'
import { download } from '../../parts/download'

/** Saves a copy of the database on the viewer's device; accounts without a password leave it empty. */
export const saveBackup = async (password: string) => {
  const answer = await fetch(`${root}/api/snug/v1/backup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(password === '' ? {} : { password }),
  })
  if (!answer.ok) throw refusal(answer.status, await answer.json().catch(() => null))
  const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')
  download(named?.[1] ?? 'snug.db', await answer.blob())
}
