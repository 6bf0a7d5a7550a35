import { once } from "node:events"
import { createServer } from "node:http"

import { Provider } from "oidc-provider"

/** Users of the provider by the name that they sign in with. */
const users = {
  ann: { name: "Ann Bee", preferred_username: "ann", email: "ann@example.com", email_verified: true },
  eve: { name: "Eve", preferred_username: "eve", email: "victim@example.com", email_verified: false },
  victim: { name: "The owner", preferred_username: "owner", email: "victim@example.com", email_verified: true },
}

/** Starts an OpenID provider on a free port that knows one client. */
export async function startProvider(redirectUris) {
  const server = createServer()
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: "app", client_secret: "app-secret", redirect_uris: redirectUris }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
    cookies: { keys: ["test"] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...users[id] }) }),
  })
  server.on("request", provider.callback())
  return {
    issuer,
    settings: {
      enabled: true, clientId: "app", clientSecret: "app-secret", displayName: "Test provider",
      authUrl: `${issuer}/auth`, tokenUrl: `${issuer}/token`, userApiUrl: `${issuer}/me`,
    },
    close: () => new Promise((done) => {
      server.close(done)
      server.closeAllConnections()
    }),
  }
}

/** A browser without pages: it keeps cookies, follows redirects and submits forms. */
export class Browser {
  #cookies = new Map()

  async #request(url, form) {
    const response = await fetch(url, {
      redirect: "manual",
      method: form ? "POST" : "GET",
      headers: { cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; ") },
      body: form && new URLSearchParams(form),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      if (value) this.#cookies.set(name, value)
      else this.#cookies.delete(name)
    }
    return response
  }

  /**
   * Signs a user in at the provider, starting at the address that the app gave
   * out, and follows until `stop` accepts an address. Returns that address.
   */
  async signIn(user, url, stop, { refuse = false } = {}) {
    let form
    for (let step = 0; step < 30; step++) {
      const response = await this.#request(url, form)
      const location = response.headers.get("location")
      const text = await response.text()
      form = undefined
      if (location) {
        url = new URL(location, url).href
      } else {
        const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1]
        if (!action) throw new Error(`no form at ${url}: ${response.status} ${text}`)
        if (refuse) {
          url = new URL(/href="([^"]*\/abort)"/.exec(text)[1], url).href
        } else {
          url = new URL(action, url).href
          form = text.includes('value="login"')
            ? { prompt: "login", login: user, password: "any" }
            : { prompt: "consent" }
        }
      }
      if (stop(url)) return url
    }
    throw new Error("the sign-in does not end")
  }
}
