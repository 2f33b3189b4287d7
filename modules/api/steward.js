// Small things that Streamlit leaves open: where the reader is when a lesson moves on, what becomes
// of a lost connection, how a long wait looks, typed text that has been answered, and a page that
// stays open when its reader is signed in no more.
(() => {
  const { lost, busy } = document.currentScript.dataset;
  const PATIENCE = 2000; // ms of a run before it is worth a word
  const STILL = 30000; // ms between two questions whether one is still signed in

  // When a lesson shows another place, begin at its top, with the keyboard and the screen reader
  // there too. Streamlit swaps the content under the reader and leaves the page scrolled.
  let shown = null;
  const arrive = () => {
    const mark = [...document.querySelectorAll("[data-sw-place]")].at(-1);
    const place = mark && mark.dataset.swPlace;
    if (!place || place === shown) return;
    const first = shown === null;
    shown = place;
    // A lesson that is shown beside its form moves nobody who writes there.
    if (first || mark.closest(".st-key-card-preview")) return;
    const main = document.querySelector('[data-testid="stMain"]');
    const target = document.querySelector('[class*="st-key-told"]')
      || mark.closest('[class*="st-key-card"]')?.querySelector("h2")
      || document.querySelector("h1");
    if (main) main.scrollTo(0, 0);
    if (target) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };

  // Who follows a problem goes on in the field that mends it, which may be drawn a moment later.
  // A field's element has its key as a class: the names say how keys go on, the nearest first.
  let aimed = 0;
  const FIELD = ":is(input,textarea,[role=combobox],button):not(:disabled)";
  const aim = (tries = 10) => {
    const mark = document.querySelector("[data-sw-aim]");
    const { n, names } = mark ? JSON.parse(mark.dataset.swAim) : { n: aimed };
    if (n <= aimed) return;
    const card = document.querySelector(".st-key-card-form");
    const keyed = [...(card?.querySelectorAll('[class*="st-key-"]') ?? [])];
    const own = (name) => keyed.filter((one) => `${one.className} `.replaceAll("~", "-")
      .match(new RegExp(`-${name}[-\\s]`))).at(0)?.querySelector(FIELD);
    // Farther ones only when all is drawn, which takes a moment more than the run: the nearest may
    // stand at the end of a long form.
    const rests = document.querySelector('.stApp[data-test-script-state="notRunning"]');
    const field = (tries ? names.slice(0, 1) : names).reduce((one, name) => one ?? own(name), null);
    if (!field && tries) return void setTimeout(aim, 150, tries - (rests ? 1 : 0));
    aimed = n;
    const first = field ?? card?.querySelector(`:is(.sw-typed-input,${FIELD})`);
    first?.closest("details")?.setAttribute("open", "");
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "center" });
  };

  // Who pressed “Check answer” goes on at the verdict: the button that had the keyboard is gone.
  let verdict = "";
  const judge = () => {
    const mark = [...document.querySelectorAll("[data-sw-told]")].at(-1);
    const told = mark ? mark.dataset.swTold : "";
    if (told === verdict) return;
    verdict = told;
    const heading = mark?.closest('[class*="st-key-card"]')
      ?.querySelector(':is([class*="st-key-good"],[class*="st-key-again"]) h3');
    if (!heading || (document.activeElement && document.activeElement !== document.body)) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };

  // One bar says what is being waited for: the network, the database, or a long run.
  const bar = document.createElement("div");
  bar.className = "sw-wait";
  bar.setAttribute("role", "status");
  let met = false; // there was a connection
  let began = 0; // when the run that goes on began
  let timer = 0;
  const watch = () => {
    const app = document.querySelector(".stApp");
    if (!app) return;
    if (bar.parentNode !== app) app.append(bar); // inside, where the colours are
    const { testConnectionState: line, testScriptState: script } = app.dataset;
    met = met || line === "CONNECTED";
    const running = script === "running" || script === "rerunRequested";
    began = running ? began || Date.now() : 0;
    clearTimeout(timer);
    const slow = began && shown !== null && Date.now() - began >= PATIENCE;
    if (began && !slow) timer = setTimeout(watch, PATIENCE - (Date.now() - began) + 10);
    const away = document.querySelector("[data-sw-wait]");
    const text = met && (line !== "CONNECTED" || !navigator.onLine) ? lost
      : away && running ? away.dataset.swWait
      : slow ? busy : "";
    if (bar.textContent !== text) bar.textContent = text;
    if (text === lost) dismiss();
  };

  // Streamlit's own word for it is a dialog in its terms, and lies over the field one types in:
  // it goes, and the keyboard returns to where it was.
  let at = null;
  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest('[data-testid="stDialog"]')) at = target;
  });
  const told = (dialog) => dialog?.textContent.startsWith("Connection error");
  // Keys that the dialog takes before it is gone belong to the field one was typing in.
  document.addEventListener("keydown", (event) => {
    const field = left || at;
    const { target, key } = event;
    if (key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || target === field) return;
    if (!field?.matches?.(".sw-typed-input") || !field.isConnected || target.matches?.("input, textarea")) return;
    if (!left && !told(document.querySelector('[data-testid="stDialog"]'))) return;
    event.preventDefault();
    event.stopPropagation();
    field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, true);
  const dismiss = () => {
    const dialog = document.querySelector('[data-testid="stDialog"]');
    if (!dialog) {
      if (left && document.activeElement !== left && left.isConnected) left.focus({ preventScroll: true });
      left = null;
      return;
    }
    const close = dialog.querySelector('button[aria-label="Close"]');
    if (!close || !told(dialog)) return;
    left = left || at;
    close.click();
    setTimeout(dismiss, 30);
  };
  let left = null;

  // What was typed stays in the tab until it is answered, or until somebody signs out.
  const forget = (which) => {
    try {
      for (const name of Object.keys(sessionStorage)) {
        const [, key] = name.match(/^steward\.typed\.\w*\.(.*)/) ?? [];
        if (key !== undefined && which(key)) sessionStorage.removeItem(name);
      }
    } catch { /* a browser that keeps nothing has nothing to forget */ }
  };
  let known = "";
  const settle = () => {
    const told = document.querySelector("[data-sw-held]")?.dataset.swHeld ?? "";
    if (told === known) return;
    known = told;
    const stems = told ? JSON.parse(told).recorded : [];
    if (stems.length) forget((key) => stems.some((stem) => key.startsWith(`${stem}/`)));
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('a[href*="/auth/sign-out"]')) forget(() => true);
  }, true);

  // A page that nobody touches asks whether its reader is still signed in: when she was signed out
  // elsewhere or deactivated, it makes way for the sign-in page. No answer means nothing.
  const still = async () => {
    try {
      const { status } = await fetch("/auth/still", { cache: "no-store" });
      if (status === 401) location.reload();
    } catch { /* the bar tells of a lost connection */ }
  };
  setInterval(still, STILL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) still(); });

  const look = () => { arrive(); aim(); judge(); watch(); settle(); };
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; look(); }, 16); // frames stop in a tab in the background
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: [
      "data-sw-place", "data-sw-told", "data-sw-held", "data-sw-wait", "data-sw-aim",
      "data-test-connection-state", "data-test-script-state",
    ],
  });
  window.addEventListener("online", watch);
  window.addEventListener("offline", watch);
})();
