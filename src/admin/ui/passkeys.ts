import { auth } from './auth'

/** Whether this browser and this connection can use passkeys. */
export const canUsePasskeys = () =>
  window.isSecureContext &&
  'PublicKeyCredential' in window &&
  'toJSON' in PublicKeyCredential.prototype

/** Signs in with a passkey of this device or a key at hand. */
export const signInWithPasskey = async () => {
  const options = await auth<PublicKeyCredentialRequestOptionsJSON>(
    '/passkey/generate-authenticate-options',
  )
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = await navigator.credentials.get({ publicKey })
  await auth('/passkey/verify-authentication', { response: jsonOf(credential) })
}

/** Makes a passkey for the account that is signed in. */
export const addPasskey = async (name: string) => {
  const options = await auth<PublicKeyCredentialCreationOptionsJSON>(
    `/passkey/generate-register-options?name=${encodeURIComponent(name)}`,
  )
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  await auth('/passkey/verify-registration', { response: jsonOf(credential), name })
}

const jsonOf = (credential: Credential | null) => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('No passkey was chosen.')
  return credential.toJSON()
}
