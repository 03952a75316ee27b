import { Button, Group, Modal, Text } from '@mantine/core'
import { createContext, type ReactNode, useContext, useState } from 'react'

type Asked = {
  title: string
  /** what is lost, in a sentence */
  loses: ReactNode
  /** the word on the button that does it */
  action: string
}
type Question = Asked & { answer: (yes: boolean) => void }

const Confirming = createContext<(asked: Asked) => Promise<boolean>>(async () => false)

/** A function that asks before something is lost, and answers whether to go on. */
export const useConfirm = () => useContext(Confirming)

/** Makes `useConfirm` work below. */
export const ConfirmProvider = ({ children }: { children: ReactNode }) => {
  const [question, setQuestion] = useState<Question | null>(null)
  const [ask] = useState(
    () => (asked: Asked) =>
      new Promise<boolean>((resolve) => setQuestion({ ...asked, answer: resolve })),
  )
  const answer = (yes: boolean) => {
    question?.answer(yes)
    setQuestion(null)
  }
  return (
    <Confirming.Provider value={ask}>
      {children}
      <Modal opened={question !== null} onClose={() => answer(false)} title={question?.title}>
        <Text component="div">{question?.loses}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => answer(false)}>
            Cancel
          </Button>
          <Button color="red" onClick={() => answer(true)}>
            {question?.action}
          </Button>
        </Group>
      </Modal>
    </Confirming.Provider>
  )
}
