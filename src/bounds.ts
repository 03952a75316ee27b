/** Most characters or items of what people write, for the server's judgement and the app's fields alike. */
export const bounds = {
  destination: 2048,
  code: 50,
  title: 200,
  tags: 10,
  tag: 50,
  folder: 50,
  notes: 500,
  /** of a link */
  passwordLeast: 4,
  passwordMost: 256,
  /** of a campaign or a key */
  name: 100,
  email: 254,
  displayName: 100,
  accountPasswordLeast: 8,
  accountPasswordMost: 256,
} as const
