/* The page about offline copies: lists what the worker keeps (home/worker/worker.js) and takes it away. */
(() => {
  const SHELF = 'kept-';
  const REFUSED = 'keep-nothing';
  const find = (selector) => document.querySelector(selector);
  const home = find('[data-home]').dataset.home;
  const show = (name) => {
    document.querySelectorAll('[data-part]').forEach((part) => {
      if (part.dataset.part !== 'missing') part.hidden = part.dataset.part !== name;
    });
  };
  const say = (words, more = '') => {
    find('[data-said]').textContent = `${find(`template[data-words="${words}"]`).content.textContent} ${more}`.trim();
  };

  // Every kept page, the one read last first: its shelf, address, name and day.
  const kept = async () => {
    const found = [];
    for (const name of (await caches.keys()).filter((each) => each.startsWith(SHELF))) {
      const shelf = await caches.open(name);
      for (const request of await shelf.keys()) {
        const answer = await shelf.match(request, { ignoreVary: true });
        const address = new URL(request.url).pathname;
        if (!/^text\/html/.test(answer.headers.get('Content-Type')) || address.endsWith('/offline/')) continue;
        const { title } = new DOMParser().parseFromString(await answer.text(), 'text/html');
        found.unshift({ shelf, request, address, title: title.replace(/ \| [^|]*$/, ''), day: new Date(answer.headers.get('Date') ?? Date.now()) });
      }
    }
    return found;
  };

  const row = ({ shelf, request, address, title, day }) => {
    const item = find('template[data-row]').content.cloneNode(true);
    const link = item.querySelector('a');
    const time = item.querySelector('time');
    const button = item.querySelector('button');
    link.href = address;
    link.textContent = title;
    time.dateTime = day.toISOString();
    time.textContent = day.toLocaleDateString(document.documentElement.lang, { day: 'numeric', month: 'long', year: 'numeric' });
    button.querySelector('span').textContent = `: ${title}`;
    button.addEventListener('click', async () => {
      await shelf.delete(request, { ignoreVary: true });
      await draw();
      say('remove', title);
      rest();
    });
    return item;
  };

  // Focus stays near what was pressed when that has gone.
  const rest = () => (find('[data-part="list"]').hidden ? find('main') : find('#kept')).focus();

  const draw = async () => {
    const pages = await kept();
    find('[data-list]').replaceChildren(...pages.map(row));
    find('[data-count]').textContent = pages.length;
    show(await caches.has(REFUSED) ? 'refused' : pages.length ? 'list' : 'empty');
  };

  const clear = async () => {
    for (const { shelf, request } of await kept()) await shelf.delete(request, { ignoreVary: true });
  };
  const deeds = {
    clear,
    refuse: async () => { await caches.open(REFUSED); await clear(); },
    allow: () => caches.delete(REFUSED),
  };
  document.querySelectorAll('[data-do]').forEach((button) => {
    button.addEventListener('click', async () => {
      await deeds[button.dataset.do]();
      await draw();
      say(button.dataset.do);
      rest();
    });
  });

  if (location.pathname !== home) {
    find('[data-part="missing"]').hidden = false;
    find('[data-again]').href = location.href;
  }
  if (!('caches' in window) || !('serviceWorker' in navigator)) show('unable');
  else draw().catch(() => show('unable'));
})();
