/* The entry form. It works without this file; with it, rows are added in place and a lost connection loses nothing. */
(() => {
  const find = (selector) => document.querySelector(selector);

  // Another row, cloned from the page's own template; without room for one the server is asked, and says so.
  const grow = (name) => {
    const [list, template] = [find(`[data-rows="${name}"]`), find(`template[data-row="${name}"]`)];
    const [total, most] = ['TOTAL', 'MAX_NUM'].map((part) => find(`[name="${name}-${part}_FORMS"]`));
    if (!list || Number(total.value) >= Number(most.value)) return false;
    const made = document.createElement('template');
    made.innerHTML = template.innerHTML.replaceAll('__prefix__', total.value);
    list.append(made.content);
    total.value = Number(total.value) + 1;
    list.lastElementChild.querySelector('input, select, textarea').focus();
    return true;
  };

  const say = (form, kind) => {
    const place = form.querySelector('[data-not-saved]');
    place.replaceChildren(form.querySelector(`template[data-${kind}]`).content.cloneNode(true));
    place.firstElementChild.focus();
  };

  // The page that came back in place of the form; files that were chosen stay chosen.
  const show = (html, form) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const fresh = page.querySelector('main');
    const files = [...form.querySelectorAll('input[type="file"]')].filter((input) => input.files.length);
    if (!fresh?.querySelector('form[data-saves-in-place]')) return false;
    document.title = page.title;
    find('main').replaceChildren(...fresh.childNodes);
    files.forEach((input) => {
      const same = document.getElementsByName(input.name)[0];
      if (same && same.files) same.files = input.files;
    });
    document.querySelectorAll('[data-without-script]').forEach((hint) => hint.remove());
    find('[data-error-summary]')?.focus();
    return true;
  };

  // Signing in elsewhere gives a new token; the form takes it over.
  const renew = async (form) => {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const token = page.querySelector('[name="csrfmiddlewaretoken"]');
    if (token) form.querySelector('[name="csrfmiddlewaretoken"]').value = token.value;
    return Boolean(token);
  };

  const send = async (form, pressed, isAgain = false) => {
    const body = new FormData(form);
    if (pressed?.name) body.set(pressed.name, pressed.value);
    const answer = await fetch(location.href, { method: 'POST', body, headers: { 'X-Saves-In-Place': '1' } });
    if (answer.status === 204) return location.assign(answer.headers.get('X-Next'));
    if (answer.status === 403 && !isAgain && await renew(form)) return send(form, pressed, true);
    if (answer.redirected || answer.status === 403) return say(form, 'signed-out');
    if (!show(await answer.text(), form)) say(form, 'failed');
    return undefined;
  };

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('[data-saves-in-place]')) return;
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed?.name === 'more' && grow(pressed.value)) return;
    if (form.dataset.busy) return;
    form.dataset.busy = 'yes';
    form.querySelector('[data-not-saved]').replaceChildren();
    const words = pressed?.textContent;
    if (pressed) {
      pressed.setAttribute('aria-disabled', 'true');
      pressed.textContent = form.dataset.saving;
    }
    try {
      await send(form, pressed);
    } catch {
      say(form, 'lost');
    } finally {
      delete form.dataset.busy;
      if (pressed) {
        pressed.removeAttribute('aria-disabled');
        pressed.textContent = words;
      }
    }
  });
})();
