import { StrictMode, useState, type FormEvent } from "react";
import { createRoot } from "react-dom/client";
import { createDesk, type Desk } from "deskstate";
import { gws } from "deskstate/gws";
import { DeskProvider } from "deskstate/react";
import { Workplace } from "./workplace.tsx";

// The query may name a server and an agent: ?server=https://gws.example.com/api/v2&user=ana. Default: the simulator.
const query = new URLSearchParams(location.search);
const url = query.get("server") ?? `${location.origin}/api/v2`;
const [user, password] = [query.get("user") ?? "agent1", query.has("server") ? "" : "secret-agent1"];

function App() {
  const [session, setSession] = useState<{ user: string; desk: Desk }>();
  if (session === undefined) return <SignIn onSignIn={setSession} />;
  // Signing out unmounts this provider. Then no component retains the desk, and it ends its session.
  return (
    <DeskProvider desk={session.desk} autoStart={{ channels: ["email", "chat"] }}>
      <Workplace user={session.user} onSignOut={() => setSession(undefined)} />
    </DeskProvider>
  );
}

function SignIn({ onSignIn }: { onSignIn: (session: { user: string; desk: Desk }) => void }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const credentials = Object.fromEntries(new FormData(event.currentTarget)) as {
      user: string;
      password: string;
    };
    onSignIn({ user: credentials.user, desk: createDesk({ link: gws({ url, credentials }) }) });
  }
  return (
    <form className="card sign-in" method="post" onSubmit={submit}>
      <h1>Sign in to {new URL(url).host}</h1>
      <label>
        User <input name="user" defaultValue={user} autoComplete="username" required />
      </label>
      <label>
        Password <input name="password" type="password" defaultValue={password} required />
      </label>
      <button className="primary">Sign in</button>
    </form>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
