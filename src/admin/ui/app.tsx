import { Center, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Frame } from './frame'
import { Failed } from './parts/answer'
import { sessionQuery } from './queries'
import { screens } from './screens'
import { SetUp } from './screens/set-up'
import { SignIn } from './screens/sign-in'

/** Which screen an address shows; without a session, only those for strangers. */
export const App = () => (
  <Switch>
    <Route path="/setup">
      <SetUp />
    </Route>
    <Route path="/auth/*?">
      <SignIn />
    </Route>
    <Route>
      <SignedIn />
    </Route>
  </Switch>
)

const SignedIn = () => {
  const { data: session, error, refetch } = useQuery(sessionQuery)
  const [here] = useLocation()
  if (session === undefined)
    return (
      <Center mih="100vh" p="md">
        {error === null ? (
          <Loader aria-label="Loading" />
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )}
      </Center>
    )
  if (!session.signedIn || session.account === null)
    return (
      <Redirect to={`/auth?next=${encodeURIComponent(here + window.location.search)}`} replace />
    )
  const shown = screens.filter(({ admin }) => !admin || session.account?.role === 'admin')
  return (
    <Frame>
      <Suspense fallback={<Loader aria-label="Loading" />}>
        <Switch>
          {shown.map(({ path, Screen }) => (
            <Route key={path} path={path} component={Screen} />
          ))}
          <Route>
            <Redirect to="/admin" replace />
          </Route>
        </Switch>
      </Suspense>
    </Frame>
  )
}
