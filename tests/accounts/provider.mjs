// A real OpenID provider on this computer. POST /who with {name, claims, ttl} says who is at the browser.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const back = process.argv[2]
let who = { sub: 'nobody', claims: {}, ttl: 60 }

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'integrity', client_secret: 'the secret of the tests', redirect_uris: [back],
      response_types: ['code'], grant_types: ['authorization_code'],
    }],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...who.claims }) }),
    ttl: { AuthorizationCode: () => who.ttl, IdToken: 600, AccessToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    cookies: { keys: ['tests'] },
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    if (request.url === '/who') {
      let text = ''
      for await (const part of request) text += part
      who = JSON.parse(text)
      return response.end('kept')
    }
    if (!request.url.startsWith('/interaction/')) return answer(request, response)
    const { params, session } = await provider.interactionDetails(request, response)
    const accountId = session?.accountId ?? who.sub
    const grant = new provider.Grant({ accountId, clientId: params.client_id })
    grant.addOIDCScope(params.scope)
    const grantId = await grant.save()
    await provider.interactionFinished(request, response, { login: { accountId, amr: who.claims.amr }, consent: { grantId } })
  })
  console.log(issuer)
})
