const names = /^([^.:[\]]+|.+\.(local|lan|home|internal|localhost|home\.arpa))$/i
const addresses =
  /^((127|10)\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[(::1|f[cd].*|fe[89ab].*)\])$/i

/** Whether what is shown travels in the clear over a network that is not one's own. */
export const isExposed = ({ protocol, hostname }: { protocol: string; hostname: string }) =>
  protocol === 'http:' && !names.test(hostname) && !addresses.test(hostname)
