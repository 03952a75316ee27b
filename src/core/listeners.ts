/** Those who are told of something: `add` takes one more, `tell` tells all of them, in their order. */
export const createListeners = <T>() => {
  const listeners: ((news: T) => void)[] = []
  return {
    add: (listener: (news: T) => void): void => {
      listeners.push(listener)
    },
    tell: (news: T): void => {
      for (const listener of listeners) listener(news)
    },
  }
}
