// Chromium's virtual authenticator: a device with a passkey store, whose owner says yes unless told otherwise.

/** Gives the page's browser one. */
export async function authenticator(page, options = {}) {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
    },
  });
  const send = (method, more) => client.send(`WebAuthn.${method}`, { authenticatorId, ...more });
  return {
    /** The passkeys that it has. */
    credentials: async () => (await send('getCredentials')).credentials,
    /** Its owner proves themselves from now on, or does not. */
    verifies: (isUserVerified) => send('setUserVerified', { isUserVerified }),
    /** As if it had been reset. */
    clear: () => send('clearCredentials'),
  };
}
