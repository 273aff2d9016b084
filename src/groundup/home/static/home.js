// What the pages do beyond links and forms: show what a kernel has just recorded, and answer in place.
// Without this file every link and every form still works.
"use strict";
(() => {
  const main = () => document.getElementById("main");
  const status = document.getElementById("status");
  window.name = "groundup-home"; // by this name JupyterLab's link finds the page again
  let busy = false;
  let missed = 0;

  /** Put the content of another state of a page in place of this one; what was open and focused stays so. */
  function swap(html, focus) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const next = fresh.getElementById("main");
    if (!next) return false;
    const open = [...main().querySelectorAll("details[open][id]")].map((part) => part.id);
    const held = main().contains(document.activeElement) ? document.activeElement : null;
    const name = held && (held.id ? `#${CSS.escape(held.id)}` : held.href ? `a[href="${CSS.escape(held.getAttribute("href"))}"]` : "");
    main().innerHTML = next.innerHTML;
    main().dataset.stamp = next.dataset.stamp;
    document.title = fresh.title;
    document.querySelector(".top").innerHTML = fresh.querySelector(".top").innerHTML;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const to = focus ? main().querySelector("[data-focus]") || main() : name && main().querySelector(name);
    if (to) to.focus({ preventScroll: !focus });
    begun = performance.now();
    return true;
  }

  /** Ask whether the record has grown, and if so for the page as it is now. */
  async function look() {
    const stamp = main().dataset.stamp;
    if (busy || document.hidden || !stamp) return;
    busy = true;
    try {
      const said = await (await fetch(document.body.dataset.state, { cache: "no-store" })).json();
      missed = 0;
      status.textContent = said.trouble || "";
      if (said.stamp && said.stamp !== stamp) {
        const page = await fetch(location.href, { cache: "no-store" });
        if (page.ok && main().dataset.stamp === stamp) swap(await page.text());
      }
    } catch {
      missed += 1;
      if (missed > 2) status.textContent = "Ground Up has ended: `groundup start` in a terminal goes on where you were.";
    } finally {
      busy = false;
    }
  }

  /** Send a form and show what comes back, without leaving the page. */
  async function send(form, pressed) {
    const data = new FormData(form);
    if (pressed?.name) data.append(pressed.name, pressed.value);
    if (form.elements.seconds) data.set("seconds", ((performance.now() - begun) / 1000).toFixed(2));
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
      if (!swap(await answer.text(), true)) location.reload();
      else if (answer.redirected) history.replaceState(null, "", answer.url);
    } catch {
      status.textContent = "This could not be sent: Ground Up has ended. `groundup start` in a terminal goes on.";
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  }

  let begun = performance.now();
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-in-place]")) return;
    event.preventDefault();
    if (!event.target.hasAttribute("aria-busy")) send(event.target, event.submitter);
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
})();
