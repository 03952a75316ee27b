export { guestCookie, guestSecretOf } from './guest-cookie'
