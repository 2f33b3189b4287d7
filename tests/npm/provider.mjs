// A second OpenID provider for the tests, certified by the OpenID Foundation and written by others.
// node provider.mjs FOLDER-WITH-NODE_MODULES PORT CONFIGURATION
// It prints "ready" when it serves. Anybody signs in there with a name alone: that is its subject.
import * as http from 'node:http';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, port, configuration] = process.argv.slice(2);
const main = path.join(folder, 'node_modules/oidc-provider/lib/index.js');
const { default: Provider } = await import(pathToFileURL(main));
const { clients, people } = JSON.parse(configuration);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  features: {
    backchannelLogout: { enabled: true },
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  // What the standard says: claims of a scope come from userinfo where there is a code flow.
  conformIdTokenClaims: true,
  // It would not call an address of its own machine; here Steward is on it.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  async findAccount(_ctx, id) {
    return { accountId: id, claims: async () => ({ sub: id, ...people[id] }) };
  },
});
provider.on('backchannel.error', (_ctx, error) => console.error('backchannel', error.message));
http.createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log('ready'));
