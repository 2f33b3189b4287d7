// A field whose text is not lost: kept in the tab until the server says that it is saved, sent
// once when the typing rests, and sent again only after a lost connection that swallowed it.
// Kept under the sign-in it was typed in: what another one left behind is dropped.
const STORE = "steward.typed.";
const REST = 400; // ms without a key before the text is sent
const SLOW = 1000; // ms until a text that is not saved yet says where it is
const fields = new Map();
const begun = new Map(); // by name, the key of the field that this page drew last

const stored = (key) => {
  try { return sessionStorage.getItem(STORE + key); } catch { return null; }
};
const store = (key, text) => {
  try {
    if (text === null) sessionStorage.removeItem(STORE + key);
    else sessionStorage.setItem(STORE + key, text);
  } catch { /* no room or not allowed: the server's copy has to do */ }
};
const connected = () => !!document.querySelector('.stApp[data-test-connection-state="CONNECTED"]');
const told = () => {
  try { return JSON.parse(document.querySelector("[data-sw-held]").dataset.swHeld); } catch { return {}; }
};
const dropForeign = (of) => {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(STORE) && !name.startsWith(`${STORE}${of}.`)) sessionStorage.removeItem(name);
    }
  } catch { /* a browser that keeps nothing has nothing to drop */ }
};
const element = (name, className) => Object.assign(document.createElement(name), { className });

class Field {
  constructor(root, data) {
    this.key = data.key;
    this.of = data.of;
    this.name = `${data.of}.${data.name}`;
    dropForeign(data.of);
    // Begun anew with what the server says: what the field before it had was answered.
    if ((begun.get(this.name) ?? data.key) !== data.key) store(this.name, null);
    begun.set(this.name, data.key);
    const id = `sw-typed-${data.key.replace(/\W/g, "-")}`;
    this.label = element("label", "sw-typed-label");
    this.help = element("p", "sw-typed-help");
    this.input = element(data.lines > 1 ? "textarea" : "input", "sw-typed-input");
    this.state = element("p", "sw-typed-state");
    this.label.htmlFor = this.input.id = id;
    this.help.id = `${id}-help`;
    this.state.setAttribute("role", "status");
    this.state.setAttribute("aria-live", "polite");
    if (data.lines > 1) this.input.rows = data.lines;
    else this.input.type = "text";
    this.input.autocomplete = "off";
    const box = element("div", "sw-typed");
    box.append(this.label, this.help, this.input, this.state);
    root.append(box);
    this.box = box;

    const mine = stored(this.name);
    this.n = data.n;
    this.sent = data.text;
    this.input.value = mine === null ? data.text : mine;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("blur", () => { this.send(); this.left(); });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (data.lines === 1 || event.ctrlKey || event.metaKey)) this.send();
    });
    if (mine !== null && mine !== data.text) this.typed();
  }

  update(data, set) {
    this.data = data;
    this.set = set;
    this.label.textContent = data.label;
    this.help.textContent = data.help;
    this.help.hidden = !data.help;
    if (data.help) this.input.setAttribute("aria-describedby", this.help.id);
    this.input.maxLength = data.max;
    const mine = this.input.value;
    // The server's word counts where it has heard ours and nobody is typing.
    if (mine === this.sent && data.n >= this.n && data.text !== mine && document.activeElement !== this.input) {
      this.input.value = this.sent = data.text;
      this.n = data.n;
    }
    this.look();
  }

  typed() {
    store(this.name, this.input.value);
    this.say("");
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.timer = setTimeout(() => this.send(), REST);
    this.slow = setTimeout(() => this.say(this.data.kept), SLOW);
  }

  send() {
    clearTimeout(this.timer);
    if (this.input.value === this.sent) return;
    this.n += 1;
    this.sent = this.input.value;
    this.put();
  }

  // Where the cursor stood, in characters: only for fields that something is put into.
  left() {
    if (!this.data.caret || !connected()) return;
    const at = [...this.input.value.slice(0, this.input.selectionStart)].length;
    this.set("caret", { at, when: Date.now() });
  }

  put() {
    // Without a connection Streamlit would drop it; `look` comes back to it.
    this.waits = !connected();
    if (!this.waits) this.set("typed", { text: this.sent, n: this.n });
  }

  look(again = false) {
    const { held = {}, here = {} } = told();
    const heard = Math.max(held[this.key] ?? -1, here[this.key] ?? -1);
    if ((this.waits || (again && heard < this.n)) && connected() && this.n > 0) this.put();
    if (this.input.value !== this.sent) return;
    if (held[this.key] >= this.n && stored(this.name) !== null) {
      store(this.name, null);
      clearTimeout(this.slow);
      this.say(this.data.saved);
    } else if (here[this.key] >= this.n && stored(this.name) !== null) {
      this.say(this.data.kept);
    }
  }

  say(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  leave(root) {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.box.remove();
    fields.delete(root);
  }
}

// Who hides or closes the tab has no time left to rest. What is sent while a page is hidden for
// good may not arrive; before that it does.
for (const [what, event] of [[document, "visibilitychange"], [window, "beforeunload"], [window, "pagehide"]]) {
  what.addEventListener(event, () => {
    if (event !== "visibilitychange" || document.hidden) for (const field of fields.values()) field.send();
  });
}

// Who goes back in the browser leaves the field as well: heard before the page goes.
window.addEventListener("popstate", () => {
  for (const field of fields.values()) field.send();
}, true);

let were = connected();
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    const now = connected();
    for (const field of fields.values()) field.look(now && !were);
    were = now;
  }, 0);
}).observe(document.documentElement, {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["data-sw-held", "data-test-connection-state"],
});

export default function ({ data, parentElement, setStateValue }) {
  let field = fields.get(parentElement);
  if (!field || field.key !== data.key || field.of !== data.of) {
    field?.leave(parentElement);
    fields.set(parentElement, (field = new Field(parentElement, data)));
  }
  field.update(data, setStateValue);
  return () => field.leave(parentElement);
}
