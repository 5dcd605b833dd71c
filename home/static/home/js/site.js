/* Small enhancements. Every page works without this file. */
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);

  // Theme: change the page at once; the server keeps the choice in a cookie and renders it next time.
  find('.theme')?.addEventListener('submit', (event) => {
    const form = event.currentTarget;
    const { value } = event.submitter ?? {};
    if (!value) return;
    event.preventDefault();
    root.dataset.theme = value;
    form.querySelector(`button:not([value="${value}"])`).focus();
    fetch(form.action, { method: 'POST', body: new URLSearchParams({ theme: value }), keepalive: true, redirect: 'manual' })
      .catch(() => {});
  });

  // Contents: mark the section being read; close the drawer once a section is chosen.
  const contents = find('.contents');
  if (contents) {
    const links = new Map([...contents.querySelectorAll('a[href^="#"]')].map((a) => [a.hash.slice(1), a]));
    const seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        links.forEach((a) => a.removeAttribute('aria-current'));
        links.get(target.id).setAttribute('aria-current', 'true');
      }
    }, { rootMargin: '-15% 0px -75% 0px' });
    links.forEach((_, id) => {
      const section = document.getElementById(id);
      if (section) seen.observe(section);
    });
    contents.addEventListener('click', (event) => {
      if (event.target.closest('a') && contents.matches(':popover-open')) contents.hidePopover();
    });
  }

  // A drawer left open closes when its part moves into the page.
  matchMedia('(min-width: 60rem)').addEventListener('change', () => {
    document.querySelectorAll('[popover]:popover-open').forEach((drawer) => drawer.hidePopover());
  });

  // Errors are read first.
  find('[data-error-summary]')?.focus();

  // The style sheet hides print buttons where there is no script.
  document.querySelectorAll('[data-print]').forEach((button) => {
    button.addEventListener('click', () => print());
  });

  // A short answer goes out from where it stands, and what follows is announced there.
  find('[data-in-place]')?.addEventListener('submit', async (event) => {
    const form = event.currentTarget;
    event.preventDefault();
    const body = new URLSearchParams({ useful: event.submitter.value });
    const answer = await fetch(form.action, { method: 'POST', body, headers: { 'X-In-Place': '1' } }).catch(() => ({}));
    if (answer.ok) form.querySelector('[role=status]').innerHTML = await answer.text();
    else location = form.action;
  });

  // Whoever came for one part of the page reports a mistake in that part.
  find('[data-report]')?.addEventListener('click', ({ target }) => {
    target.search = location.hash.replace('#', 'section=');
  });

  // New results are announced by their count; focus stays where it is.
  document.addEventListener('htmx:afterSettle', ({ target }) => {
    if (target.id !== 'results') return;
    const [title, status] = [find('#results-title'), find('#status')];
    if (title && status) status.textContent = title.textContent;
  });

  // Guides that were read open without a connection.
  addEventListener('load', () => navigator.serviceWorker?.register('/sw.js').catch(() => {}));
})();
