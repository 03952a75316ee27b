import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export type Authenticator = ReturnType<typeof createAuthenticator>

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const hex = (text: string) => Buffer.from(text, 'hex')

/** What the flags of an answer say. */
const present = 0x01 | 0x04 // somebody was there, and proved who
const withKey = 0x40

/** A passkey device in software: one ES256 key, attestation `none`. */
export const createAuthenticator = (rpId: string, origin: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let uses = 0

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  const authenticatorData = (flags: number) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++uses)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
  }

  const answer = (clientDataJSON: Buffer, response: Record<string, Buffer>) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response: Object.fromEntries(
      Object.entries({ clientDataJSON, ...response }).map(([name, bytes]) => [
        name,
        bytes.toString('base64url'),
      ]),
    ),
  })

  return {
    /** The answer to a registration's challenge. */
    register: (challenge: string) => {
      // CBOR: the key as COSE {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y}
      const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
      const key = Buffer.concat([hex('a5010203262001215820'), left, hex('225820'), right])
      const length = Buffer.from([0, id.length])
      const data = Buffer.concat([
        authenticatorData(present | withKey),
        Buffer.alloc(16),
        length,
        id,
        key,
      ])
      // CBOR: {fmt: "none", attStmt: {}, authData: data}
      const head = hex('a363666d74646e6f6e656761747453746d74a0686175746844617461')
      const attestationObject = Buffer.concat([head, Buffer.from([0x58, data.length]), data])
      return answer(clientData('webauthn.create', challenge), { attestationObject })
    },

    /** The answer to a sign-in's challenge. */
    prove: (challenge: string) => {
      const client = clientData('webauthn.get', challenge)
      const data = authenticatorData(present)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return answer(client, { authenticatorData: data, signature })
    },
  }
}
