// Passkeys: asks the browser for a key and posts its answer. Forms stay hidden where there is none to ask.
(() => {
  if (!window.PublicKeyCredential) return;
  const all = (selector) => document.querySelectorAll(selector);

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const known = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

  // The server sends the options with the page, or, before anybody has said who they are, on request.
  const asked = async (form) => {
    const inPage = document.getElementById('passkey-options');
    if (inPage) return JSON.parse(inPage.textContent);
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  const create = ({ creation_options: { publicKey } }) => navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    },
  });

  const get = ({ request_options: { publicKey } }) => navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });

  const written = (credential) => {
    const { response } = credential;
    const answer = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      answer.attestationObject = text(response.attestationObject);
      answer.transports = response.getTransports?.() ?? [];
    } else {
      answer.authenticatorData = text(response.authenticatorData);
      answer.signature = text(response.signature);
      answer.userHandle = response.userHandle ? text(response.userHandle) : null;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: answer,
    });
  };

  const trouble = (shown) => all('[data-passkey-trouble]').forEach((note) => { note.hidden = !shown; });

  all('form[data-passkey]').forEach((form) => {
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      trouble(false);
      try {
        const ask = form.dataset.passkey === 'create' ? create : get;
        form.elements.credential.value = written(await ask(await asked(form)));
        form.submit();
      } catch {
        trouble(true);
      }
    });
  });
  all('[data-passkey-without]').forEach((note) => note.remove());
})();
