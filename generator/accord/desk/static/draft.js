// The letter grows while somebody types: what is typed is kept at every pause, and the answers, readings and the
// letter come back. Without this file the form is sent by its buttons, and nothing else is lost.
"use strict";
(() => {
  const form = document.getElementById("making");
  if (!form) return;
  const frame = document.getElementById("letter");
  const status = document.getElementById("kept");
  const baseField = form.elements.namedItem("base");
  const PAUSE = 60, LONGEST_WAIT = 8000, LONGEST_PRESS = 1000; // milliseconds
  let base = JSON.parse(baseField.value);
  let replaced = {};  // what another window had put where this one changed it
  let timer = 0, busy = false, again = false, wait = 500, moved = false;
  const place = () => "accord:" + form.getAttribute("action");

  const texts = () => {
    const all = {};
    for (const [name, value] of new FormData(form)) if (name.startsWith("a.")) all[name.slice(2)] = value.replaceAll("\r\n", "\n");
    return all;
  };
  const changes = () => Object.entries(texts()).filter(([name, text]) => text !== (base[name] ?? ""));

  const say = (text, lost) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("lost", lost);
  };
  const remember = () => {
    try {
      const open = changes();
      if (open.length) localStorage.setItem(place(), JSON.stringify(open));
      else localStorage.removeItem(place());
    } catch { /* a browser that keeps nothing */ }
  };

  const soon = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  // While something is pressed nothing moves from under the pointer: its click would be lost.
  let released = Promise.resolve(), release = () => {};
  addEventListener("pointerdown", () => {
    released = new Promise((done) => { release = done; });
    setTimeout(release, LONGEST_PRESS);  // a list that opens keeps the end of the press to itself
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release));

  async function send() {
    if (busy) { again = true; return; }
    const sent = texts();
    busy = true;
    try {
      const body = new URLSearchParams({ base: JSON.stringify(base), replaced: JSON.stringify(replaced) });
      for (const [name, text] of Object.entries(sent)) body.set("a." + name, text);
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "x-live": "1" }, signal: AbortSignal.timeout(20000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const received = await answer.json();
      await released;
      take(received, sent);
      wait = 500;
    } catch {
      say(form.dataset.lost, true);
      again = false;
      soon(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    } finally {
      busy = false;
    }
    if (again) { again = false; send(); }
  }

  function take(answer, sent) {
    if (answer.moved) {
      moved = true;
      try { localStorage.removeItem(place()); } catch { /* nothing was kept */ }
      location.assign(answer.moved);
      return;
    }
    replaced = answer.replaced;
    const now = texts();
    const held = new Set();  // what has been typed since, or is being typed: it stays, and so does what it is compared with
    for (const name of Object.keys(now)) if (now[name] !== sent[name]) held.add(name);
    const active = document.activeElement;
    const typing = active && active.name && active.name.startsWith("a.") ? active.name.slice(2) : "";
    for (const [name, text] of Object.entries(answer.base)) {
      if (held.has(name) || (name === typing && text !== sent[name])) {
        if (text === sent[name]) base[name] = text;
      } else base[name] = text;
    }
    if (typing) held.add(typing);
    baseField.value = JSON.stringify(base);
    const fresh = new DOMParser().parseFromString("<div id='form'>" + answer.form + "</div>", "text/html").getElementById("form");
    morph(document.getElementById("form"), fresh, held);
    if (location.pathname !== answer.path) history.replaceState(null, "", answer.path);
    show(answer.letter);
    remember();
    say(changes().length ? "" : form.dataset.kept, false);
  }

  // Puts the parts of `fresh` in place of those of the same id; a field that is held keeps its control.
  function morph(old, fresh, held) {
    if (old.outerHTML === fresh.outerHTML) return;
    const question = old.classList.contains("question");
    if (question && held.has(old.id.slice(2))) {
      const said = old.querySelector(".said"), next = fresh.querySelector(".said");
      if (said && next && said.innerHTML !== next.innerHTML) said.replaceWith(next.cloneNode(true));
      const control = old.querySelector("[name]"), other = fresh.querySelector("[name]");
      if (control && other) {
        if (other.hasAttribute("aria-invalid")) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
      const label = old.querySelector("label, legend"), words = fresh.querySelector("label, legend");
      if (label && words && control && control.type !== "radio" && label.textContent !== words.textContent) label.textContent = words.textContent;
      old.classList.toggle("blank", fresh.classList.contains("blank"));
      return;
    }
    const parts = [...fresh.children];
    if (question || !parts.length || parts.some((part) => !part.id)) {
      old.replaceWith(fresh.cloneNode(true));
      return;
    }
    old.hidden = fresh.hidden;
    const kept = new Set(parts.map((part) => part.id));
    for (const child of [...old.children]) if (!kept.has(child.id) && !child.contains(document.activeElement)) child.remove();
    let before = null;
    for (const part of parts) {
      let child = [...old.children].find((each) => each.id === part.id);
      if (child) morph(child, part, held);
      else {
        child = part.cloneNode(true);
        if (before) before.after(child); else old.prepend(child);
      }
      before = document.getElementById(part.id) ?? before;
    }
  }

  function show(html) {
    const page = frame.contentDocument;
    if (!html || !page || !page.querySelector("style")) { frame.src = form.getAttribute("action") + "/letter"; return; }
    // Its style is allowed in its own page alone: where it changes, that page is loaded again.
    const style = /<style>([\s\S]*?)<\/style>/;
    if (style.exec(html)?.[1] !== page.querySelector("style").textContent) {
      frame.src = form.getAttribute("action") + "/letter";
      return;
    }
    const fresh = new DOMParser().parseFromString(html.replace(style, ""), "text/html");
    if (page.body.innerHTML === fresh.body.innerHTML) return;
    const { scrollX, scrollY } = frame.contentWindow;
    page.documentElement.lang = fresh.documentElement.lang;
    page.body.replaceWith(page.adoptNode(fresh.body));
    frame.contentWindow.scrollTo(scrollX, scrollY);
  }

  // A blank of the letter leads to its field; by the keyboard, the list of blanks does.
  const lead = () => frame.contentDocument?.addEventListener("click", (event) => {
    const hint = event.target.closest(".blank")?.textContent.trim();
    const question = hint && [...document.querySelectorAll(".question[data-blank]")].find((each) => each.dataset.blank.split("|").includes(hint));
    question?.querySelector("input, select, textarea")?.focus();
  });
  frame.addEventListener("load", lead);
  lead();

  const changed = (event) => {
    if (!event.target.name || !event.target.name.startsWith("a.")) return;
    remember();
    soon(event.type === "change" ? 0 : PAUSE);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const control = form.elements.namedItem(button.dataset.take);
    control.value = button.dataset.text;
    control.focus();
    soon(0);
  });
  form.addEventListener("submit", () => { moved = true; });
  addEventListener("beforeunload", (event) => {
    if (!moved && changes().length) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") soon(0);
    else if (changes().length) send();
  });
  addEventListener("online", () => soon(0));

  // What could not be kept before the page was left is put back.
  try {
    const open = JSON.parse(localStorage.getItem(place()) || "[]");
    for (const [name, text] of open) {
      const control = form.elements.namedItem("a." + name);
      if (control) control.value = text;
    }
  } catch { /* nothing was kept */ }
  if (changes().length) soon(0);  // or was typed before this file was there
})();
