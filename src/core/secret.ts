import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Random } from './links/code'

/** Encrypts what may be shown again; `unseal` answers null for what another secret sealed. */
export type Sealer = { seal: (text: string) => string; unseal: (sealed: string) => string | null }

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Seals texts by AES-256-GCM under the instance's secret, which is in no backup. */
export const createSealer = (secret: string, random: Random): Sealer => {
  const key = new Bun.CryptoHasher('sha256', secret).update('snug sealed keys').digest()
  return {
    seal: (text) => {
      const nonce = random(nonceBytes)
      const lock = createCipheriv(cipher, key, nonce)
      const sealed = Buffer.concat([lock.update(text, 'utf8'), lock.final()])
      return Buffer.concat([nonce, lock.getAuthTag(), sealed]).toString('base64')
    },
    unseal: (text) => {
      const bytes = Buffer.from(text, 'base64')
      const sealed = bytes.subarray(nonceBytes + tagBytes)
      const unlock = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes))
      unlock.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      try {
        return Buffer.concat([unlock.update(sealed), unlock.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}
